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

DayCount::DayCount(double step)
    : bins(time_bins),
      response_bins(time_bins),
      steps(1),
      taken(step),
      started(step),
      connected(step),
      ended(step),
      on_core(step),
      off_core(step),
      now_{step} {}

void DayCount::count_wait(double wait, double at, StepCount& step) {
  if (waited++ == 0) first_wait = at;
  last_wait = std::max(last_wait, at + wait);
  waiting += wait;
  largest = std::max(largest, wait);
  ++bins[time_bin(wait)];
  ++step.waited;
  step.waiting += wait;
  step.largest = std::max(step.largest, wait);
  if (bins_of_steps.size() < steps.size() * step_bins) bins_of_steps.resize(steps.size() * step_bins);
  ++bins_of_steps[now_.number * step_bins + step_bin(wait)];
}

void DayCount::add_step(const StepCount& waits, const std::uint32_t* counted, std::size_t stride, double at) {
  steps[now_.number] = waits;
  if (waits.waited > 0) {
    bins_of_steps.resize(steps.size() * step_bins);
    for (std::size_t bin = 0; bin < step_bins; ++bin)
      bins_of_steps[now_.number * step_bins + bin] = counted[bin * stride];
  }
  here(at);
}

void DayCount::answered_after(double time) {
  ++answered;
  response += time;
  largest_response = std::max(largest_response, time);
  ++response_bins[time_bin(time)];
}

void DayCount::finish() {
  bins[0] += static_cast<std::uint32_t>(requests - waited);
  bins_of_steps.resize(steps.size() * step_bins);
  for (std::size_t k = 0; k < steps.size(); ++k)
    bins_of_steps[k * step_bins] += static_cast<std::uint32_t>(steps[k].requests - steps[k].waited);
}

}  // namespace sizing
