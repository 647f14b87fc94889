// What one replication of a day counts: sums, bins of waiting times, and what happened in each step of the day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sizing {

/// How many intervals cover each step of the day, on average over the step: two additions an end of an interval, what
/// it covers of its own step, and that one more covers all steps after.
class Coverage {
 public:
  explicit Coverage(double step) : step_(step) {}
  void add(double from, double to);
  std::vector<double> means(std::size_t steps) const;
  double total() const { return total_; }  // of all intervals

 private:
  void add_end(double at, double sign);
  double step_, total_ = 0;
  std::vector<double> within_, after_;
};

/// Bins of waits in one step of the day: an eighth of a doubling, from 2^-10 to 2^22 units; coarser than time_bins.h.
inline constexpr std::size_t step_bins = 256;
std::size_t step_bin(double wait);
/// The wait that this share of those in the bins stays below: the upper edge of its bin; 0 for the first bin.
double step_quantile(const std::uint64_t* bins, double share);

struct StepCount {
  std::uint64_t arrivals = 0, requests = 0;
  double waiting = 0, largest = 0;
};

/// When a request came, got what it needs, and left; a core until `core_end`.
struct Served {
  double at, thread, connection, core, core_end, end;
};

struct DayCount {
  explicit DayCount(double step_length);

  double step;
  std::uint64_t arrivals = 0, requests = 0, answered = 0, sessions = 0, waited = 0, refused = 0, timed_out = 0,
                gave_up = 0;
  double waiting = 0, largest = 0, response = 0, largest_response = 0;
  double first_arrival = 0, first_wait = 0, last_wait = 0, last_answer = 0;
  std::size_t most_waiting = 0;
  double most_waiting_at = 0;
  std::vector<std::uint32_t> bins, response_bins;  // of time_bins
  std::vector<StepCount> steps;
  std::vector<std::uint32_t> bins_of_steps;  // step_bins each
  Coverage threads, cores, pool, queue;

  void came(double at);  // a client, for the first time
  void took(const Served& request);
  void answered_after(double response_time);

 private:
  StepCount& step_count(double at);
};

/// The step that a time falls into, the last one for all that are beyond.
std::size_t step_of(double at, double step);

}  // namespace sizing
