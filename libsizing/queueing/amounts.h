// What the numbers of a queue may be: the one place that refuses those that no queue has.
#pragma once

#include <cstdint>
#include <string_view>

namespace sizing {

/// More of anything (servers, clients) is refused: beyond it a count no longer is what anyone means.
inline constexpr std::int64_t largest_count = 1'000'000'000'000;

/// Each returns `value`, or throws InputError with `key`: negative, not a number, infinite.
double not_negative(double value, std::string_view key);
/// The same, and 0 is refused too.
double positive(double value, std::string_view key);
/// From 0 to 1, both included.
double share_of_1(double value, std::string_view key);
/// From `least` to largest_count.
std::int64_t count(std::int64_t value, std::string_view key, std::int64_t least = 0);

/// Throws InputError with `key` where a number of a simulation is not from `least` to `most`.
void check_limits(std::string_view key, std::uint64_t found, std::uint64_t least, std::uint64_t most);

}  // namespace sizing
