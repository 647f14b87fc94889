#include "libsizing/queueing/day_count.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/time_bins.h"

namespace sizing {
namespace {

std::size_t step_bin(double wait) {
  constexpr std::uint64_t below = static_cast<std::uint64_t>(1023 + lowest_step_doubling) * step_bins_per_doubling;
  const double inside = std::clamp(wait, 0x1p-10, 0x1.fp21);
  return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(inside) >> (52 - 3)) - below);
}
static_assert(step_bins_per_doubling == 1 << 3 && step_bins == 32 * step_bins_per_doubling);

}  // namespace

std::size_t step_of(double at, double step) {
  const double position = at / step;
  return position < static_cast<double>(most_steps) ? static_cast<std::size_t>(std::max(position, 0.0))
                                                    : most_steps - 1;
}

void StepNow::move() {
  end = (static_cast<double>(number) + 1) * step;
  next = number + 1 < most_steps ? end : never;
}

std::vector<double> between(const Flow& came, const Flow& gone, std::size_t steps) {
  const auto passed = [](const Flow& flow, std::size_t k) {
    return k < flow.by_step_.size() ? flow.by_step_[k] : Flow::Passed{};
  };
  std::vector<double> means(steps);
  double before = 0;
  for (std::size_t k = 0; k < steps; ++k) {
    const Flow::Passed in = passed(came, k), out = passed(gone, k);
    means[k] = std::max(0.0, before + (in.before_end - out.before_end) / came.now_.step);
    before += in.count - out.count;
  }
  return means;
}

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

Percentiles percentiles(const std::uint32_t* bins, std::uint64_t total, double largest) {
  constexpr double shares[] = {0.5, 0.9, 0.95, 0.99};
  double times[4];
  time_quantiles(bins, total, shares, times);
  for (double& time : times) time = std::min(time, largest);
  return {times[0], times[1], times[2], times[3]};
}

DayCount::DayCount(double step, double longest_wait)
    : steps(1),
      taken(step),
      started(step),
      connected(step),
      ended(step),
      on_core(step),
      off_core(step),
      now_{step},
      longest_wait_(longest_wait) {}

void DayCount::make_bins() {
  wait_bins_.resize(time_bins);
  response_bins_.resize(time_bins);
}

void DayCount::count_wait(double wait, double at, StepCount& step) {
  if (waited++ == 0) first_wait = at;
  last_wait = std::max(last_wait, at + wait);
  waiting += wait;
  largest = std::max(largest, wait);
  ++wait_bins_[time_bin(wait)];
  ++step.waited;
  step.waiting += wait;
  step.largest = std::max(step.largest, wait);
  if (bins_of_steps.size() < steps.size() * step_bins) bins_of_steps.resize(steps.size() * step_bins);
  ++bins_of_steps[now_.number * step_bins + step_bin(wait)];
}

std::size_t DayCount::add_step(const StepCount& all, double at) {
  const std::size_t step = now_.number;
  steps[step] = all;
  here(at);
  return step;
}

void DayCount::answered_after(double time) {
  ++answered;
  response += time;
  largest_response = std::max(largest_response, time);
  ++response_bins_[time_bin(time)];
}

void DayCount::take_percentiles(const std::uint32_t* wait_bins, const std::uint32_t* response_bins) {
  waits = percentiles(wait_bins, requests, largest);
  responses = percentiles(response_bins, answered, largest_response);
}

void DayCount::finish() {
  wait_bins_[0] += static_cast<std::uint32_t>(requests - waited);
  take_percentiles(wait_bins_.data(), response_bins_.data());
  wait_bins_ = {}, response_bins_ = {};
  bins_of_steps.resize(steps.size() * step_bins);
  for (std::size_t k = 0; k < steps.size(); ++k)
    bins_of_steps[k * step_bins] += static_cast<std::uint32_t>(steps[k].requests - steps[k].waited);
}

}  // namespace sizing
