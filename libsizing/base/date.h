// Calendar days.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sizing {

/// "2026-06-10"; nothing for anything else, days that do not exist included.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

/// Today in UTC as "2026-06-10"; SOURCE_DATE_EPOCH (seconds since 1970) in the environment makes outputs reproducible.
std::string today();

}  // namespace sizing
