// Clients that come back, simulated: each thinks, needs one of the servers, first come first served, and thinks again.
// What finite_source.h answers exactly for exponential service, for any service and any thinking.
//
// A request's end is known when it comes (fcfs.h), and so is when its client comes again: of all clients the times at
// which they come next are kept, a heap, so that memory grows with the population and not with the requests. All begin
// by thinking; the first requests are not counted, as in simulate.h.
#pragma once

#include <cstddef>

#include "libsizing/queueing/distribution.h"
#include "libsizing/queueing/estimate.h"
#include "libsizing/queueing/simulate.h"

namespace sizing {

/// Times in one unit.
struct ReturningClients {
  std::size_t population = 1;
  Distribution think_time;
  std::size_t servers = 1;
  Distribution service;
};

struct SimulatedReturning {
  Estimate throughput;  // requests per unit of time
  Estimate mean_wait, probability_of_waiting, mean_response, largest_wait;
  Estimate utilisation;          // share of the servers that is busy
  Estimate at_servers;           // mean number there, waiting or served
  std::size_t replications = 0;  // that were complete
};

inline constexpr std::size_t most_population = 10'000'000;

/// Replications::customers are requests of all clients together. Throws InputError where a number is beyond its limits,
/// where neither thinking nor service takes time, and where it is stopped before a replication is complete.
SimulatedReturning simulate_returning(const ReturningClients& clients, const Replications& replications = {});

}  // namespace sizing
