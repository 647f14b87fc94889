#include "libsizing/queueing/time_bins.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sizing {
namespace {

static_assert(bins_per_doubling == 1 << 6);

double lower_edge(std::size_t bin) {
  const int octave = static_cast<int>(bin / bins_per_doubling) + lowest_doubling;
  return std::ldexp(1 + static_cast<double>(bin % bins_per_doubling) / bins_per_doubling, octave);
}

// Where `below` were counted before these bins, and the share is reached within them.
double within(const auto* bins, std::size_t bin, double below, double wanted) {
  for (; bin < time_bins; ++bin) {
    const auto here = static_cast<double>(bins[bin]);
    if (here > 0 && below + here >= wanted) {
      if (bin == 0) return 0;
      return lower_edge(bin) + (lower_edge(bin + 1) - lower_edge(bin)) * (wanted - below) / here;
    }
    below += here;
  }
  return 0;
}

}  // namespace

// By the bits of the exponent and the upper ones of the fraction.
std::size_t time_bin(double time) {
  constexpr std::uint64_t below = static_cast<std::uint64_t>(1023 + lowest_doubling) * bins_per_doubling;
  const double inside = std::clamp(time, 0x1p-20, 0x1.ffp43);
  return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(inside) >> (52 - 6)) - below);
}

double time_quantile(std::span<const std::uint64_t> bins, std::uint64_t total, double share) {
  return within(bins.data(), 0, 0, share * static_cast<double>(total));
}

// Whole doublings are passed at once: counts are whole numbers, exact in any order.
void time_quantiles(const std::uint32_t* bins, std::uint64_t total, std::span<const double> shares, double* times) {
  std::uint64_t before = 0;
  std::size_t share = 0;
  for (std::size_t bin = 0; bin < time_bins; bin += bins_per_doubling) {
    std::uint64_t here = 0;
    for (std::size_t b = bin; b < bin + bins_per_doubling; ++b) here += bins[b];
    const auto reached = [&](double wanted) { return here > 0 && static_cast<double>(before + here) >= wanted; };
    for (double wanted; share < shares.size() && reached(wanted = shares[share] * static_cast<double>(total)); ++share)
      times[share] = within(bins, bin, static_cast<double>(before), wanted);
    before += here;
  }
  for (; share < shares.size(); ++share) times[share] = 0;
}

}  // namespace sizing
