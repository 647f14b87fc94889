// What one replication of a day counts: sums, bins of waiting times, and what happened in each step of the day.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "libsizing/queueing/time_bins.h"

namespace sizing {

struct Day;
struct Facility;

inline constexpr double never = std::numeric_limits<double>::infinity();

/// The step that a time falls into, the last one for all that are beyond.
std::size_t step_of(double at, double step);

/// Where the steps of the day are that times in order fall into.
struct StepNow {
  double step;
  std::size_t number = 0;
  double end = step, next = step;  // next: infinite in the last step

  /// Whether the step is another one than before.
  bool move_to(double at) {
    if (at < next) return false;
    number = step_of(at, step);
    move();
    return true;
  }

 private:
  void move();
};

/// Times that come in order, by the step they fall into: how many, and how long before the end of their steps in all.
class Flow {
 public:
  explicit Flow(double step) : now_{step}, by_step_(1) {}
  void add(double at) {
    if (now_.move_to(at)) by_step_.resize(now_.number + 1);
    Passed& here = by_step_[now_.number];
    here.count += 1;
    if (at < now_.end) here.before_end += now_.end - at;
  }
  /// So many in the step that it is in; then on to that of `at`.
  const StepNow& add_step(double count, double before_end, double at) {
    by_step_[now_.number].count += count;
    by_step_[now_.number].before_end += before_end;
    if (now_.move_to(at)) by_step_.resize(now_.number + 1);
    return now_;
  }
  /// How many have come and have not gone, on average over each step.
  friend std::vector<double> between(const Flow& came, const Flow& gone, std::size_t steps);

 private:
  struct Passed {
    double count = 0, before_end = 0;
  };
  StepNow now_;
  std::vector<Passed> by_step_;
};

/// The wait that this share of those in the step_bins stays below: the upper edge of its bin; 0 for the first bin.
double step_quantile(const std::uint64_t* bins, double share);

struct StepCount {
  std::uint64_t arrivals = 0, requests = 0, waited = 0;
  double waiting = 0, largest = 0;
};

/// Of the times of a replication, these shares stay below.
struct Percentiles {
  double p50 = 0, p90 = 0, p95 = 0, p99 = 0;
};
/// Exact to a bin, of which `bins` has time_bins, and not above the largest.
Percentiles percentiles(const std::uint32_t* bins, std::uint64_t total, double largest);

/// When a request came, got what it needs, and left; a core until `core_end`.
struct Served {
  double at, thread, connection, core, core_end, end;
};

struct DayCount {
  /// Nobody waits for more than `longest_wait`.
  explicit DayCount(double step, double longest_wait = never);
  /// Before the first request, where each is counted on its own.
  void make_bins();

  std::uint64_t arrivals = 0, requests = 0, answered = 0, sessions = 0, waited = 0, refused = 0, timed_out = 0,
                gave_up = 0;
  double waiting = 0, largest = 0, response = 0, largest_response = 0;
  double thread_time = 0, pool_time = 0, core_time = 0;
  double first_arrival = 0, first_wait = 0, last_wait = 0, last_answer = 0;
  std::size_t most_waiting = 0;
  double most_waiting_at = 0;
  Percentiles waits, responses;
  std::vector<StepCount> steps;
  std::vector<std::uint32_t> bins_of_steps;  // step_bins each, of the steps up to the last in which somebody waited
  Flow taken, started, connected, ended, on_core, off_core;

  void came(double at) {  // a client, for the first time
    if (arrivals++ == 0) first_arrival = at;
    ++here(at).arrivals;
  }
  void took(const Served& request);
  void answered_after(double time);
  /// One more waits for a thread, from now on so many.
  void waits_in_line(std::size_t waiting_now, double at) {
    if (waiting_now > most_waiting) most_waiting = waiting_now, most_waiting_at = at;
  }
  /// All of the step that it is in, whose number is given; then on to the step of `at`.
  std::size_t add_step(const StepCount& all, double at);
  /// Of bins that are kept elsewhere.
  void take_percentiles(const std::uint32_t* wait_bins, const std::uint32_t* response_bins);
  /// Those who did not wait are counted in the bins at last.
  void finish();

 private:
  StepCount& here(double at) {
    if (now_.move_to(at)) steps.resize(now_.number + 1);
    return steps[now_.number];
  }
  void count_wait(double wait, double at, StepCount& step);
  StepNow now_;
  double longest_wait_;
  std::vector<std::uint32_t> wait_bins_, response_bins_;  // of time_bins, until it is finished
};

/// The figures of a day whose steps are `step` long; there is at least one replication.
Day day_of(const std::vector<DayCount>& replications, const Facility& facility, double step);

inline void DayCount::took(const Served& r) {
  // Each stage's own difference, so that nothing that did not wait has a rest of rounding.
  const double all = (r.thread - r.at) + (r.connection - r.thread) + (r.core - r.connection),
               wait = std::min(all, longest_wait_);
  ++requests;
  StepCount& step = here(r.at);
  ++step.requests;
  if (wait > 0) count_wait(wait, r.at, step);
  last_answer = std::max(last_answer, r.end);
  thread_time += r.end - r.thread;
  pool_time += r.end - r.connection;
  core_time += r.core_end - r.core;
  taken.add(r.at);
  started.add(r.thread);
}

}  // namespace sizing
