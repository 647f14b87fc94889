// A day at a service, simulated: clients that come at times of their own, each with a chain of requests, to threads
// that take the requests first come, first served.
//
// A request needs a thread for as long as it lasts, one of a pool of connections beside it, and a core for a part of
// its time; the rest it spends elsewhere (a database, a disk). It takes them in that order, and each of the three is
// first come, first served, so that what happens to a request is known when it arrives: every stage is a recursion over
// requests (fcfs.h), and the only events are requests that come. A client sends its next request a pause after the
// answer to the one before.
//
// Who waits too long does as clients do. A request that finds `backlog` others waiting cannot connect: the client gives
// up after `connect` and tries again. One that is not answered within `answer` is sent again, while the server finishes
// the first in vain. After `tries` the client goes away.
//
// Independent replications give every figure with its 95 % confidence interval. The answer depends on the question and
// the seed alone, not on the machine, its instruction set or the threads. Memory grows with the steps of the day and
// with those who are there at once, not with those who come. Where clients are of one kind, with equal pauses and
// connections for every thread, replications run side by side in the lanes of a vector (day_lanes.h) as long as nobody
// loses patience, and a stop ends all of those together. Times are in one unit, counted from the day's zero.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <vector>

#include "libsizing/base/instruction_set.h"
#include "libsizing/queueing/arrivals.h"
#include "libsizing/queueing/distribution.h"
#include "libsizing/queueing/estimate.h"
#include "libsizing/queueing/replications.h"

namespace sizing {

/// Clients of one kind. Each comes once.
struct Clients {
  Arrivals arrivals;                                    // how many, and when
  std::uint32_t requests = 1;                           // of each, one after the other
  Distribution time{};                                  // of a request, holding its thread
  double core_share = 0;                                // the first part of that time is on a core
  Distribution pause{Distribution::Kind::constant, 0};  // from an answer to the next request
};

struct Facility {
  std::size_t threads = 1;
  std::size_t cores = 0, pool = 0;  // 0: as many as are needed
};

/// All for ever, unless said otherwise.
struct Patience {
  std::size_t backlog = std::numeric_limits<std::size_t>::max();  // requests that may wait for a thread; 0: none may
  double connect = std::numeric_limits<double>::infinity();       // until a client sees that it cannot connect
  double answer = std::numeric_limits<double>::infinity();        // from a request to the end of its answer
  double retry_low = 0, retry_high = 0;                           // until it tries again: uniform between the two
  std::uint32_t tries = 1;                                        // of one request, the first included
};

struct DayRun {
  std::size_t replications = 16;
  std::uint64_t seed = 1;
  std::size_t threads = 0;  // 0: as many as the machine has cores
  InstructionSet instructions = best_instruction_set();
  double step = 60;                            // of what is counted over the day
  const std::atomic<bool>* stop = nullptr;     // set it to end early, with the replications that are complete
  std::atomic<std::uint64_t>* done = nullptr;  // requests that came, at last expected_requests or thereabouts; it falls
                                               // where lanes lose patience, since they begin again by events
};

/// What happened in one step of the day: means over the replications.
struct DayStep {
  double from = 0;
  double arrivals = 0;                // clients that came for the first time
  double requests = 0;                // that came, and could connect
  double busy = 0;                    // threads, on average over the step
  double waiting = 0;                 // requests without a thread, on average over the step
  double mean_wait = 0;               // of the requests that came in it, as all that follows
  double p50_wait = 0, p95_wait = 0;  // of all replications together, exact to a 12th of themselves
  double largest_wait = 0;            // in any replication
};

/// Of one kind of server; 0 where there are as many as are needed.
struct Utilisation {
  Estimate mean;       // servers busy, from the first arrival to the last answer, over all servers
  double busiest = 0;  // the same in the step where it is largest, on average over the replications
};

/// A request that is answered too late waits until its client gives up, and has no response.
struct Day {
  Estimate requests, sessions;                      // answered requests; clients whose last request was answered
  Estimate waited;                                  // the share of requests that waited for anything
  Estimate mean_wait, p50, p90, p95, p99, largest;  // of waiting for a thread, a connection or a core
  Estimate mean_response, p50_response, p90_response, p95_response, p99_response, largest_response;  // of the answered
  Utilisation threads, cores, pool;
  std::size_t with_waits = 0;            // replications in which somebody waited: the times that follow are of them
  Estimate most_waiting_at;              // when the queue is longest, of those with one
  Estimate first_wait, last_wait;        // the time from which on somebody waits, and that of the last who does
  Estimate storm;                        // how long from the first to the last who waits
  Estimate most_waiting;                 // the longest queue
  Estimate last_answer;                  // when the last request was answered
  double busiest = 0;                    // threads busy, in the busiest step
  Estimate refused, timed_out, gave_up;  // tries that could not connect; that were answered too late; clients lost
  std::vector<DayStep> steps;
  std::size_t replications = 0;  // that were complete
};

inline constexpr std::size_t most_threads_of_a_service = 1'000'000;
inline constexpr std::size_t most_steps = 100'000;  // to the last arrival; what is later is counted in the last
inline constexpr double most_requests = 4e9;        // of a replication, without those sent again

/// How many requests there are in all replications, without those sent again: what DayRun::done grows to.
double expected_requests(const std::vector<Clients>& clients, const DayRun& run);

/// Throws InputError for numbers beyond these limits or out of range, and where it is stopped before a replication is
/// complete.
Day simulate_day(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience = {},
                 const DayRun& run = {});

}  // namespace sizing
