// What the replications of a day counted, as figures with their confidence intervals.
#include <algorithm>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/day_count.h"

namespace sizing {
namespace {

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

// The steps of all replications, added up.
std::vector<DayStep> steps_of(const std::vector<DayCount>& counts, double step) {
  std::size_t length = 0;
  for (const DayCount& count : counts)
    length = std::max({length, count.steps.size(), step_of(count.last_answer, step) + 1});
  std::vector<DayStep> steps(length);
  std::vector<std::uint64_t> bins(length * step_bins);
  std::vector<double> came(length);
  const double n = static_cast<double>(counts.size());
  for (const DayCount& count : counts) {
    const std::vector<double> busy = between(count.started, count.ended, length),
                              queue = between(count.taken, count.started, length);
    for (std::size_t k = 0; k < length; ++k) steps[k].busy += busy[k] / n, steps[k].waiting += queue[k] / n;
    for (std::size_t k = 0; k < count.steps.size(); ++k) {
      came[k] += static_cast<double>(count.steps[k].requests);
      steps[k].arrivals += static_cast<double>(count.steps[k].arrivals) / n;
      steps[k].mean_wait += count.steps[k].waiting;
      steps[k].largest_wait = std::max(steps[k].largest_wait, count.steps[k].largest);
    }
    for (std::size_t b = 0; b < count.bins_of_steps.size(); ++b) bins[b] += count.bins_of_steps[b];
  }
  for (std::size_t k = 0; k < length; ++k) {
    steps[k].from = static_cast<double>(k) * step;
    steps[k].mean_wait = share(steps[k].mean_wait, came[k]);
    steps[k].requests = came[k] / n;
    steps[k].p50_wait = std::min(step_quantile(&bins[k * step_bins], 0.5), steps[k].largest_wait);
    steps[k].p95_wait = std::min(step_quantile(&bins[k * step_bins], 0.95), steps[k].largest_wait);
  }
  return steps;
}

Utilisation utilisation_of(const std::vector<DayCount>& counts, std::size_t servers, std::size_t steps,
                           double DayCount::*time, Flow DayCount::*from, Flow DayCount::*to) {
  if (servers == 0) return {};
  const auto all = static_cast<double>(servers);
  Utilisation used{
      estimate(counts, [&](const DayCount& c) { return share(c.*time, all * (c.last_answer - c.first_arrival)); }), 0};
  std::vector<double> busy(steps);
  for (const DayCount& count : counts) {
    const std::vector<double> means = between(count.*from, count.*to, steps);
    for (std::size_t k = 0; k < steps; ++k) busy[k] += means[k] / static_cast<double>(counts.size()) / all;
  }
  for (const double each : busy) used.busiest = std::max(used.busiest, each);
  return used;
}

// Of those that `had` something; 0 where none had.
Estimate estimate_of(const std::vector<DayCount>& counts, const auto& had, const auto& figure) {
  std::vector<double> values;
  for (const DayCount& count : counts)
    if (had(count)) values.push_back(figure(count));
  return values.empty() ? Estimate{} : estimate(values);
}

}  // namespace

Day day_of(const std::vector<DayCount>& counts, const Facility& facility, double step) {
  const auto of = [&](const auto& figure) { return estimate(counts, figure); };
  const auto quantile = [&](Percentiles DayCount::*times, double Percentiles::*part) {
    return of([=](const DayCount& c) { return c.*times.*part; });
  };
  const auto number = [](std::uint64_t count) { return static_cast<double>(count); };
  Day day;
  day.replications = counts.size();
  day.requests = of([&](const DayCount& c) { return number(c.answered); });
  day.sessions = of([&](const DayCount& c) { return number(c.sessions); });
  day.waited = of([&](const DayCount& c) { return share(number(c.waited), number(c.requests)); });
  day.mean_wait = of([&](const DayCount& c) { return share(c.waiting, number(c.requests)); });
  day.p50 = quantile(&DayCount::waits, &Percentiles::p50), day.p90 = quantile(&DayCount::waits, &Percentiles::p90);
  day.p95 = quantile(&DayCount::waits, &Percentiles::p95), day.p99 = quantile(&DayCount::waits, &Percentiles::p99);
  day.largest = of([](const DayCount& c) { return c.largest; });
  day.mean_response = of([&](const DayCount& c) { return share(c.response, number(c.answered)); });
  day.p50_response = quantile(&DayCount::responses, &Percentiles::p50);
  day.p90_response = quantile(&DayCount::responses, &Percentiles::p90);
  day.p95_response = quantile(&DayCount::responses, &Percentiles::p95);
  day.p99_response = quantile(&DayCount::responses, &Percentiles::p99);
  day.largest_response = of([](const DayCount& c) { return c.largest_response; });
  day.most_waiting = of([](const DayCount& c) { return static_cast<double>(c.most_waiting); });
  const auto queued = [](const DayCount& c) { return c.most_waiting > 0; };
  const auto waited = [](const DayCount& c) { return c.waited > 0; };
  day.with_waits = static_cast<std::size_t>(std::count_if(counts.begin(), counts.end(), waited));
  day.most_waiting_at = estimate_of(counts, queued, [](const DayCount& c) { return c.most_waiting_at; });
  day.first_wait = estimate_of(counts, waited, [](const DayCount& c) { return c.first_wait; });
  day.last_wait = estimate_of(counts, waited, [](const DayCount& c) { return c.last_wait; });
  day.storm = estimate_of(counts, waited, [](const DayCount& c) { return c.last_wait - c.first_wait; });
  day.last_answer = of([](const DayCount& c) { return c.last_answer; });
  day.refused = of([&](const DayCount& c) { return number(c.refused); });
  day.timed_out = of([&](const DayCount& c) { return number(c.timed_out); });
  day.gave_up = of([&](const DayCount& c) { return number(c.gave_up); });
  day.steps = steps_of(counts, step);
  day.threads = utilisation_of(counts, facility.threads, day.steps.size(), &DayCount::thread_time, &DayCount::started,
                               &DayCount::ended);
  day.cores = utilisation_of(counts, facility.cores, day.steps.size(), &DayCount::core_time, &DayCount::on_core,
                             &DayCount::off_core);
  day.pool = utilisation_of(counts, facility.pool, day.steps.size(), &DayCount::pool_time, &DayCount::connected,
                            &DayCount::ended);
  for (const DayStep& each : day.steps) day.busiest = std::max(day.busiest, each.busy);
  return day;
}

}  // namespace sizing
