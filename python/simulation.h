// The run of a simulation from what Python gives.
#pragma once

#include <cstdint>
#include <optional>

#include "libsizing/queueing/day.h"

namespace sizing::python {

/// `replications`: None for the usual ones; `jobs`: threads of this machine, None for one each core; `step` in seconds.
DayRun run_of(const std::optional<std::size_t>& replications, std::uint64_t seed,
              const std::optional<std::size_t>& jobs, double step);

}  // namespace sizing::python
