// A day whose clients each have one request, which waits for a thread alone and for as long as it must: replications
// side by side in the lanes of day_loops.h. The answer is that of the events of day.cpp, to the last bit.
#pragma once

#include <functional>
#include <vector>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/day_count.h"

namespace sizing {

bool fits_lanes(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience);

/// Walks `count` replications, at most the lanes of the loop, from `first` on. `go_on(requests)` is told of all
/// requests, and says whether to go on; nothing is given where it says no.
std::vector<DayCount> walk_lanes(const Clients& clients, const ArrivalCurve& curve, const Facility& facility,
                                 const DayRun& run, std::size_t first, std::size_t count,
                                 const std::function<bool(std::uint64_t)>& go_on);

}  // namespace sizing
