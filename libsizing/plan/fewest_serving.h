// The fewest workers and cores that keep a service level (service_level.h).
//
// More workers and cores make nobody wait longer, so the fewest are found by bisection, all with the same random
// numbers: first workers, each with as many cores as it can keep busy, then cores.
#pragma once

#include <string>
#include <vector>

#include "libsizing/plan/service_level.h"
#include "libsizing/plan/serving.h"

namespace sizing {

struct TriedService {
  double workers = 0, cores = 0;
  Estimate figure;
  bool kept = false;
};

struct FewestServing {
  ServiceLevel level;
  std::string server;
  double workers = 0, cores = 0;
  std::vector<TriedService> tried;  // in the order of trying
  std::size_t replications = 0;
  std::uint64_t seed = 0;
  std::string text;           // one sentence: with what it is kept, and what one worker or core less gives
  Kind kind = Kind::derived;  // the weakest of what the routines and the service rest on
};

inline constexpr double most_workers_tried = 4096;

/// Throws InputError where even so many workers do not keep it, and as serving_of and simulate_day do.
FewestServing fewest_within(const Site& site, const ServiceLevel& level, const DayRun& run);

/// The site with so many workers and cores at least, where it does not state more: its plan says that they are from a
/// service level (remark service_level), and whether they decide.
Site site_within(Site site, const FewestServing& fewest);

}  // namespace sizing
