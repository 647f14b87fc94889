// A guard before the TOML parser.
#pragma once

#include <string>
#include <string_view>

namespace sizing {

/// Throws InputError with `file` and line where a dotted key has more than 64 parts.
void check_key_depth(std::string_view toml, const std::string& file);

}  // namespace sizing
