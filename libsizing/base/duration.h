// Durations as people write them.
#pragma once

#include <string>
#include <string_view>

namespace sizing {

/// Seconds of "30s", "0.05 s", "10 ms", "5m", "15 min", "1h", "2d", "2 min 30 s": numbers with their units, the larger
/// unit first and each once, finite and not negative. Units are d, h, min or m, s, ms, and µs or us. Whatever
/// duration_text writes is read, but for "under 1 µs". Throws InputError (without place) for anything else, a bare
/// number too.
double parse_duration(std::string_view text);

/// Seconds since midnight of a time of day, "07:45" or "23:59:59". Throws InputError (without place).
double parse_time_of_day(std::string_view text);

/// "07:45"; with seconds where there are some: "07:45:30"; of another day than the first "00:40 +1 d". Parts of a
/// second are rounded.
std::string time_of_day(double seconds);

/// For people: "9.95 ms", "45 s", "5 min", "1 h 30 min".
std::string duration_text(double seconds);

}  // namespace sizing
