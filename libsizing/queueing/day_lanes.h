// A day with one kind of clients, whose pauses are equal: replications side by side in the lanes of day_loops.h. The
// answer is that of the events of day.cpp, to the last bit. Lanes know nothing of what clients do who lose patience,
// nor of an order of services of a chain that end at the same time: those are left to the events.
#pragma once

#include <functional>
#include <vector>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/day_count.h"

namespace sizing {

bool fits_lanes(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience,
                std::size_t lanes);

struct Walk {
  enum class Ended { complete, stopped, left_to_events } ended = Ended::complete;
  std::uint64_t told = 0;          // requests
  std::vector<DayCount> counts{};  // where it is complete; the first has the bins of the steps of all
};

/// Walks `count` replications, at most the lanes of the loop, from `first` on. `go_on(requests)` is told of all
/// requests, and says whether to go on.
Walk walk_lanes(const Clients& clients, const ArrivalCurve& curve, const Facility& facility, const Patience& patience,
                const DayRun& run, std::size_t first, std::size_t count,
                const std::function<bool(std::uint64_t)>& go_on);

}  // namespace sizing
