// Durations as people write them.
#pragma once

#include <string>
#include <string_view>

namespace sizing {

/// Seconds of "30s", "0.5s", "5m", "1h", "2d": a number and its unit, finite and not negative. Throws InputError
/// (without place) for anything else, a bare number too.
double parse_duration(std::string_view text);

/// For people: "45 s", "5 min", "1 h 30 min".
std::string duration_text(double seconds);

}  // namespace sizing
