// What a line carries: bytes in a second.
#pragma once

#include <string_view>

namespace sizing {

/// Bytes per second of "1 Gbit/s", "16 Mbit/s", "100 MB/s": a positive number and its unit; bits are decimal. Throws
/// InputError (without place) for anything else.
double parse_rate(std::string_view text);

}  // namespace sizing
