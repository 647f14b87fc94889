#include "libsizing/queueing/day_count.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/time_bins.h"

namespace sizing {
namespace {

constexpr int step_bins_per_doubling = 8, lowest_step_doubling = -10;

}  // namespace

std::size_t step_of(double at, double step) {
  const double position = at / step;
  return position < static_cast<double>(most_steps) ? static_cast<std::size_t>(std::max(position, 0.0))
                                                    : most_steps - 1;
}

void Coverage::add(double from, double to) {
  if (!(to > from)) return;
  total_ += to - from;
  add_end(from, 1);
  add_end(to, -1);
}

void Coverage::add_end(double at, double sign) {
  const std::size_t k = step_of(at, step_);
  if (within_.size() <= k + 1) within_.resize(k + 2), after_.resize(k + 2);
  within_[k] += sign * std::max(0.0, (static_cast<double>(k) + 1) * step_ - at);
  after_[k + 1] += sign;
}

std::vector<double> Coverage::means(std::size_t steps) const {
  std::vector<double> means(steps);
  double covering = 0;
  for (std::size_t k = 0; k < std::min(steps, within_.size()); ++k) {
    covering += after_[k];
    means[k] = std::max(0.0, covering + within_[k] / step_);
  }
  return means;
}

std::size_t step_bin(double wait) {
  constexpr std::uint64_t below = static_cast<std::uint64_t>(1023 + lowest_step_doubling) * step_bins_per_doubling;
  const double inside = std::clamp(wait, 0x1p-10, 0x1.fp21);
  return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(inside) >> (52 - 3)) - below);
}
static_assert(step_bins_per_doubling == 1 << 3 && step_bins == 32 * step_bins_per_doubling);

double step_quantile(const std::uint64_t* bins, double share) {
  double total = 0, below = 0;
  for (std::size_t bin = 0; bin < step_bins; ++bin) total += static_cast<double>(bins[bin]);
  for (std::size_t bin = 0; bin < step_bins; ++bin) {
    below += static_cast<double>(bins[bin]);
    if (below == 0 || below < share * total) continue;
    if (bin == 0) return 0;
    const std::size_t next = bin + 1;
    return std::ldexp(1 + static_cast<double>(next % step_bins_per_doubling) / step_bins_per_doubling,
                      static_cast<int>(next / step_bins_per_doubling) + lowest_step_doubling);
  }
  return 0;
}

DayCount::DayCount(double step_length)
    : step(step_length),
      bins(time_bins),
      response_bins(time_bins),
      threads(step_length),
      cores(step_length),
      pool(step_length),
      queue(step_length) {}

StepCount& DayCount::step_count(double at) {
  const std::size_t k = step_of(at, step);
  if (steps.size() <= k) steps.resize(k + 1), bins_of_steps.resize((k + 1) * step_bins);
  return steps[k];
}

void DayCount::came(double at) {
  if (arrivals++ == 0) first_arrival = at;
  ++step_count(at).arrivals;
}

void DayCount::took(const Served& r) {
  // Each stage's own difference, so that nothing that did not wait has a rest of rounding.
  const double wait = (r.thread - r.at) + (r.connection - r.thread) + (r.core - r.connection);
  ++requests;
  waiting += wait;
  largest = std::max(largest, wait);
  ++bins[time_bin(wait)];
  if (wait > 0) {
    if (waited == 0) first_wait = r.at;
    last_wait = std::max(last_wait, r.at + wait);
    ++waited;
  }
  last_answer = std::max(last_answer, r.end);
  queue.add(r.at, r.thread);
  threads.add(r.thread, r.end);
  pool.add(r.connection, r.end);
  cores.add(r.core, r.core_end);
  StepCount& here = step_count(r.at);
  ++here.requests;
  here.waiting += wait;
  here.largest = std::max(here.largest, wait);
  ++bins_of_steps[step_of(r.at, step) * step_bins + step_bin(wait)];
}

void DayCount::answered_after(double response_time) {
  ++answered;
  response += response_time;
  largest_response = std::max(largest_response, response_time);
  ++response_bins[time_bin(response_time)];
}

}  // namespace sizing
