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

}  // namespace

// By the bits of the exponent and the upper ones of the fraction.
std::size_t time_bin(double time) {
  constexpr std::uint64_t below = static_cast<std::uint64_t>(1023 + lowest_doubling) * bins_per_doubling;
  const double inside = std::clamp(time, 0x1p-20, 0x1.ffp43);
  return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(inside) >> (52 - 6)) - below);
}

double time_quantile(const std::uint32_t* bins, std::size_t stride, std::uint64_t total, double share) {
  const double wanted = share * static_cast<double>(total);
  double below = 0;
  for (std::size_t bin = 0; bin < time_bins; ++bin) {
    const double here = bins[bin * stride];
    if (here > 0 && below + here >= wanted) {
      if (bin == 0) return 0;
      return lower_edge(bin) + (lower_edge(bin + 1) - lower_edge(bin)) * (wanted - below) / here;
    }
    below += here;
  }
  return 0;
}

}  // namespace sizing
