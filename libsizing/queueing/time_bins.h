// Times counted in bins whose width grows with them, a 64th of a doubling each, so that percentiles of any number of
// times need little memory. From 2^-20 to 2^44 of a unit; the first bin holds all that are shorter, the last all that
// are longer. A percentile is exact to its bin, 1.6 % of itself, and read off in proportion within the bin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sizing {

inline constexpr int bins_per_doubling = 64, lowest_doubling = -20, doublings = 64;
inline constexpr std::size_t time_bins = static_cast<std::size_t>(bins_per_doubling) * doublings;

/// Bins of waits in one step of the day: an eighth of a doubling, from 2^-10 to 2^22 units: coarser.
inline constexpr std::size_t step_bins = 256;
inline constexpr int step_bins_per_doubling = 8, lowest_step_doubling = -10;

/// The bin of a time of 0 or more.
std::size_t time_bin(double time);

/// The time that this share of `total` counted times stays below. 0 where it falls into the first bin, or where nothing
/// was counted.
double time_quantile(std::span<const std::uint64_t> bins, std::uint64_t total, double share);

/// The same of shares that grow: quicker.
void time_quantiles(const std::uint32_t* bins, std::uint64_t total, std::span<const double> shares, double* times);

}  // namespace sizing
