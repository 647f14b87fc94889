// What the loops of fcfs_loops.cpp and day_loops.cpp share: free times of servers in every lane, and bins of times.
#pragma once

#include "libsizing/queueing/lanes.h"
#include "libsizing/queueing/time_bins.h"

namespace sizing {
namespace {

// From here on a heap in each lane is quicker than the sorted free times of all lanes together; both hold the same
// times.
constexpr std::size_t servers_of_a_heap = 96 * lanes;

// Sorted times: the first goes, `time` comes.
SIZING_LANES void replace_first(Doubles* sorted, std::size_t count, Doubles time) {
  for (std::size_t k = 1; k < count; ++k) {
    const Doubles other = sorted[k];
    sorted[k - 1] = smaller(other, time);
    time = larger(other, time);
  }
  sorted[count - 1] = time;
}

// As time_bin does.
SIZING_LANES Integers bin_of(Doubles time) {
  constexpr std::int64_t below = static_cast<std::int64_t>(1023 + lowest_doubling) * bins_per_doubling;
  const Doubles inside = smaller(larger(time, in_all(0x1p-20)), in_all(0x1.ffp43));
  return (signed_of(bits_of(inside)) >> (52 - 6)) - below;
}
static_assert(bins_per_doubling == 1 << 6 && lowest_doubling == -20 && doublings == 64);

}  // namespace
}  // namespace sizing
