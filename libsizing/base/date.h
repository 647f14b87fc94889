// Calendar days.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace sizing {

/// "2026-06-10"; nothing for anything else, days that do not exist included.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

}  // namespace sizing
