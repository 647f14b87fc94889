// First come, first served at several servers: the loop of the simulator, for as many replications at once as there are
// lanes. What is asked of it, and what is made of its counts, is in simulate.h.
//
// A recursion over customers, not an event list. The servers' free times stay sorted; a customer starts at the later of
// his arrival and the earliest free time, and his departure takes the place of that one (J. Kiefer, J. Wolfowitz, On
// the theory of queues with many servers, Trans. AMS 78, 1955; with one server D. V. Lindley, The theory of queues with
// a single server, 1952). Customers are drawn, walked through and counted in blocks that fit the first cache, so memory
// does not grow with their number.
#pragma once

#include <cstddef>
#include <cstdint>

#include "libsizing/base/instruction_set.h"
#include "libsizing/queueing/distribution.h"
#include "libsizing/queueing/time_bins.h"

namespace sizing {

/// What drawing needs of a distribution, worked out once: the numbers of its kind.
struct Drawing {
  Distribution::Kind kind = Distribution::Kind::constant;
  double mean = 0;
  std::size_t phases = 0;                    // Erlang
  TwoExponentials branches{};                // hyperexponential
  LogNormal logarithm{};                     // lognormal
  const double *low{}, *width{}, *before{};  // measured: of the distribution, which outlives this
  std::size_t bins = 0;
};
Drawing drawing_of(const Distribution& distribution);

inline constexpr std::size_t block_length = 64;  // customers of each lane

/// The replications that run side by side. Each array holds one number for each lane, or rows of such, one after the
/// other; all begin at a cache line. A loop is started by zeros in everything but the streams.
struct FcfsLanes {
  Drawing between_arrivals, service;
  std::size_t servers = 1;
  std::uint64_t* streams;             // arrivals, services: four words each
  double* free;                       // a row for each server: when it is free, counted from the block's start; the
                                      // rows are sorted or, where there are many, each lane is a heap of fours
  double *between, *serving, *waits;  // of the block's customers, a row each
  double *waiting, *waited, *largest, *served, *elapsed;  // sums over those counted; waited is their number
  std::uint32_t* bins;                                    // of waits in mean services: a row for each of time_bins
};

struct FcfsLoop {
  std::size_t lanes;
  /// The streams of `lanes` replications, from this one on.
  void (*start)(FcfsLanes& lanes, std::uint64_t seed, std::uint64_t first_replication);
  /// The next `customers` (at most block_length), of whom those before `counted_from` are not counted.
  void (*advance)(FcfsLanes& lanes, std::size_t customers, std::size_t counted_from);
};
const FcfsLoop& fcfs_loop(InstructionSet set);

}  // namespace sizing
