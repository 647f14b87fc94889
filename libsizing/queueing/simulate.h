// How long customers wait at a first-come-first-served station in steady state, by simulation: independent
// replications, each a lane of the loop in fcfs.h, spread over the machine's cores.
//
// Every figure is the mean over the replications of what each counted, with the half-width of its 95 % confidence
// interval (Student's t; A. M. Law, Simulation Modeling and Analysis, 2015, section 9.4.2). A replication starts with
// an empty station and does not count the first customers, its warm-up.
//
// The answer depends on the question and the seed alone: not on the machine, its instruction set or the threads. The
// same seed gives two stations the same customers.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "libsizing/base/instruction_set.h"
#include "libsizing/queueing/distribution.h"
#include "libsizing/queueing/estimate.h"
#include "libsizing/queueing/replications.h"

namespace sizing {

/// Times in one unit, whichever the caller likes; those of the answer are in the same.
struct Station {
  std::size_t servers = 1;
  Distribution between_arrivals;  // mean 1 / arrival rate
  Distribution service;
};

/// Mean service over mean time between arrivals, a server: below 1 where the station keeps up.
double utilisation(const Station& station);

struct Replications {
  std::uint64_t customers = 100'000;       // counted in each replication
  std::optional<std::uint64_t> warm_up{};  // customers before those
  std::size_t count = 32;
  std::uint64_t seed = 1;
  std::size_t threads = 0;  // 0: as many as the machine has cores
  InstructionSet instructions = best_instruction_set();
  const std::atomic<bool>* stop = nullptr;     // set it to end early, with what is complete, or else what is counted
  std::atomic<std::uint64_t>* done = nullptr;  // grows by the customers walked through, for a progress line
};

/// Customers of each replication that are not counted: a tenth of those that are, where it is not given.
inline std::uint64_t warm_up_of(const Replications& run) { return run.warm_up.value_or(run.customers / 10); }

/// The same of a station, which begins empty: where it is not given, and more than a tenth, as many as it takes to
/// forget that, but at most ten times those that are counted. It forgets within four times its relaxation time, of
/// (ca² + cs²) / 2 · rho / (1 - sqrt(rho))² customers (J. W. Cohen, The Single Server Queue, 1982, section III.7.3, for
/// M/M/1; scaled by the variability as in heavy traffic), and no sooner than its servers are filled, 8 for each.
std::uint64_t warm_up_of(const Station& station, const Replications& run);

struct Simulated {
  Estimate mean_wait, probability_of_waiting;
  Estimate p50, p90, p95, p99;  // of the waits of all customers of all replications
  Estimate largest;             // the mean of the replications' longest
  Estimate mean_response, utilisation;
  std::uint64_t customers = 0;   // counted in each replication: fewer than asked for where it was stopped before
  std::size_t replications = 0;  // one was complete; and fewer where it was stopped
};

inline constexpr std::size_t most_station_servers = 1'000'000;
inline constexpr std::uint64_t most_customers = 4'000'000'000;  // of a replication, with its warm-up

/// Throws InputError where the load is not below the capacity (waiting then grows without end), where a number is
/// beyond those limits, or where there is nothing to count.
Simulated simulate(const Station& station, const Replications& replications = {});

/// The customers of one replication in the order of their arrivals, each when he came, started and left.
struct Trace {
  std::vector<double> arrival, start, end;
};
Trace trace(const Station& station, std::uint64_t customers, std::uint64_t seed = 1, std::uint64_t replication = 0,
            InstructionSet instructions = best_instruction_set());

}  // namespace sizing
