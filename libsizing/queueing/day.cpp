#include "libsizing/queueing/day.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <queue>
#include <tuple>

#include <fmt/format.h>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/day_count.h"
#include "libsizing/queueing/day_draws.h"
#include "libsizing/queueing/heap_of_fours.h"
#include "libsizing/queueing/time_bins.h"

namespace sizing {
namespace {

// When each of equal servers is free; none at all is a stage that nobody waits for.
class Stage {
 public:
  explicit Stage(std::size_t servers) : free_(servers) {}
  double start(double at) const { return free_.empty() ? at : std::max(at, free_[0]); }
  void take_until(double end) {
    if (!free_.empty()) replace_least(free_.data(), free_.size(), 1, end);
  }

 private:
  std::vector<double> free_;
};

// A request that comes, or comes again.
struct Request {
  double at = 0;
  std::uint32_t clients = 0, left = 0, tries = 0;  // left: requests of its client, this one included
};

struct Later {
  bool operator()(const Request& a, const Request& b) const {
    return std::tie(a.at, a.clients, a.left) > std::tie(b.at, b.clients, b.left);
  }
};

struct Drawn {
  SortedArrivals arrivals;
  Times core_time, other_time, pause;
  double next = 0;  // when the next client comes
};

class Replication {
 public:
  Replication(const std::vector<Clients>& clients, const std::vector<ArrivalCurve>& curves, const Facility& facility,
              const Patience& patience, const DayRun& run, std::size_t number)
      : clients_(clients),
        patience_(patience),
        run_(run),
        threads_(facility.threads),
        cores_(facility.cores),
        pool_(facility.pool),
        retries_(stream_for(run.seed, number, 0, Purpose::retry)),
        count_(run.step) {
    for (std::size_t c = 0; c < clients.size(); ++c) {
      const auto stream = [&](Purpose purpose) { return stream_for(run.seed, number, c, purpose); };
      drawn_.push_back({SortedArrivals(curves[c], stream(Purpose::arrivals)),
                        Times(clients[c].core_time, stream(Purpose::core_time)),
                        Times(clients[c].other_time, stream(Purpose::other_time)),
                        Times(clients[c].pause, stream(Purpose::pause))});
      come(drawn_.back());
    }
  }

  // Nothing where it was stopped.
  std::optional<DayCount> run() {
    std::uint64_t served = 0;
    for (; next(); ++served) {
      if (served % progress_step == 0 && !go_on(served > 0 ? progress_step : 0)) return {};
      serve(now_);
    }
    go_on(served > 0 ? (served - 1) % progress_step + 1 : 0);
    return std::move(count_);
  }

 private:
  static constexpr std::uint64_t progress_step = 4096;

  bool go_on(std::uint64_t served) const {
    if (run_.done != nullptr) run_.done->fetch_add(served, std::memory_order_relaxed);
    return run_.stop == nullptr || !run_.stop->load(std::memory_order_relaxed);
  }

  static void come(Drawn& drawn) {
    drawn.next = drawn.arrivals.any() ? drawn.arrivals.next() : std::numeric_limits<double>::infinity();
  }

  // The next request to come, as now_: a new client's first, or one that was expected.
  bool next() {
    std::size_t first = 0;
    for (std::size_t c = 1; c < drawn_.size(); ++c)
      if (drawn_[c].next < drawn_[first].next) first = c;
    if (!expected_.empty() && (drawn_.empty() || expected_.top().at <= drawn_[first].next)) {
      now_ = expected_.top();
      expected_.pop();
      return true;
    }
    if (drawn_.empty() || std::isinf(drawn_[first].next)) return false;
    now_ = {drawn_[first].next, static_cast<std::uint32_t>(first), clients_[first].requests, 0};
    come(drawn_[first]);
    count_.came(now_.at);
    return true;
  }

  void serve(const Request& request) {
    while (!starts_.empty() && starts_.front() <= request.at) starts_.pop_front();
    if (starts_.size() >= patience_.backlog) {
      ++count_.refused;
      return again(request, request.at + patience_.connect);
    }
    Drawn& drawn = drawn_[request.clients];
    const double core_time = drawn.core_time.next(), other_time = drawn.other_time.next();
    const double thread = threads_.start(request.at), connection = pool_.start(thread),
                 core = core_time > 0 ? cores_.start(connection) : connection, core_end = core + core_time,
                 end = core_end + other_time;
    threads_.take_until(end);
    pool_.take_until(end);
    if (core_time > 0) cores_.take_until(core_end);
    count_.took({request.at, thread, connection, core, core_end, end});
    if (thread > request.at) wait_for_thread(request.at, thread);
    if (end - request.at > patience_.answer) {
      ++count_.timed_out;
      return again(request, request.at + patience_.answer);
    }
    answer(request, end);
  }

  void wait_for_thread(double at, double start) {
    starts_.push_back(start);
    if (starts_.size() <= count_.most_waiting) return;
    count_.most_waiting = starts_.size();
    count_.most_waiting_at = at;
  }

  void answer(const Request& request, double end) {
    count_.answered_after(end - request.at);
    if (request.left > 1)
      expected_.push({end + drawn_[request.clients].pause.next(), request.clients, request.left - 1, 0});
    else
      ++count_.sessions;
  }

  void again(const Request& request, double at) {
    if (request.tries + 1 >= patience_.tries || std::isinf(at)) {
      ++count_.gave_up;
      return;
    }
    const double later = patience_.retry_low + (patience_.retry_high - patience_.retry_low) * uniform(retries_)[0];
    expected_.push({at + later, request.clients, request.left, request.tries + 1});
  }

  const std::vector<Clients>& clients_;
  const Patience& patience_;
  const DayRun& run_;
  Stage threads_, cores_, pool_;
  Stream retries_;
  std::vector<Drawn> drawn_;
  std::priority_queue<Request, std::vector<Request>, Later> expected_;
  std::deque<double> starts_;  // of those who wait for a thread, in the order in which they will get it
  Request now_;
  DayCount count_;
};

void refuse(std::string_view key, std::string_view problem, std::string_view found, std::string_view allowed) {
  throw InputError({"", 0, 0, std::string(key)}, problem, found, allowed);
}

void check(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience, const DayRun& run) {
  check_limits("threads", facility.threads, 1, most_threads_of_a_service);
  check_limits("cores", facility.cores, 0, most_threads_of_a_service);
  check_limits("pool", facility.pool, 0, most_threads_of_a_service);
  check_limits("replications", run.replications, 1, most_replications);
  check_limits("tries", patience.tries, 1, 1000);
  if (!(run.step > 0)) refuse("step", "not allowed", fmt::to_string(run.step), "more than 0");
  if (!(patience.retry_low >= 0 && patience.retry_high >= patience.retry_low && std::isfinite(patience.retry_high)))
    refuse("retry", "not allowed", fmt::format("{} to {}", patience.retry_low, patience.retry_high),
           "0 or more, the second not below the first");
  const double requests = expected_requests(clients, {.replications = 1});
  if (!(requests <= most_requests))
    refuse("requests", "out of range", fmt::format("{:.0f}", requests), fmt::format("at most {:.0f}", most_requests));
}

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
    const std::vector<double> busy = count.threads.means(length), queue = count.queue.means(length);
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
                           Coverage DayCount::*covered) {
  if (servers == 0) return {};
  const auto all = static_cast<double>(servers);
  Utilisation used{
      estimate(counts,
               [&](const DayCount& c) { return share((c.*covered).total(), all * (c.last_answer - c.first_arrival)); }),
      0};
  std::vector<double> busy(steps);
  for (const DayCount& count : counts) {
    const std::vector<double> means = (count.*covered).means(steps);
    for (std::size_t k = 0; k < steps; ++k) busy[k] += means[k] / static_cast<double>(counts.size()) / all;
  }
  for (const double each : busy) used.busiest = std::max(used.busiest, each);
  return used;
}

Day day_of(const std::vector<DayCount>& counts, const Facility& facility, double step) {
  const auto of = [&](const auto& figure) { return estimate(counts, figure); };
  const auto quantile = [&](double part) {
    return of(
        [part](const DayCount& c) { return std::min(time_quantile(c.bins.data(), 1, c.requests, part), c.largest); });
  };
  const auto response_quantile = [&](double part) {
    return of([part](const DayCount& c) {
      return std::min(time_quantile(c.response_bins.data(), 1, c.answered, part), c.largest_response);
    });
  };
  const auto number = [](std::uint64_t count) { return static_cast<double>(count); };
  Day day;
  day.replications = counts.size();
  day.requests = of([&](const DayCount& c) { return number(c.answered); });
  day.sessions = of([&](const DayCount& c) { return number(c.sessions); });
  day.waited = of([&](const DayCount& c) { return share(number(c.waited), number(c.requests)); });
  day.mean_wait = of([&](const DayCount& c) { return share(c.waiting, number(c.requests)); });
  day.p50 = quantile(0.5), day.p90 = quantile(0.9), day.p95 = quantile(0.95), day.p99 = quantile(0.99);
  day.largest = of([](const DayCount& c) { return c.largest; });
  day.mean_response = of([&](const DayCount& c) { return share(c.response, number(c.answered)); });
  day.p50_response = response_quantile(0.5), day.p90_response = response_quantile(0.9);
  day.p95_response = response_quantile(0.95), day.p99_response = response_quantile(0.99);
  day.largest_response = of([](const DayCount& c) { return c.largest_response; });
  day.most_waiting = of([](const DayCount& c) { return static_cast<double>(c.most_waiting); });
  day.most_waiting_at = of([](const DayCount& c) { return c.most_waiting_at; });
  day.first_wait = of([](const DayCount& c) { return c.first_wait; });
  day.last_wait = of([](const DayCount& c) { return c.last_wait; });
  day.storm = of([](const DayCount& c) { return c.last_wait - c.first_wait; });
  day.last_answer = of([](const DayCount& c) { return c.last_answer; });
  day.refused = of([&](const DayCount& c) { return number(c.refused); });
  day.timed_out = of([&](const DayCount& c) { return number(c.timed_out); });
  day.gave_up = of([&](const DayCount& c) { return number(c.gave_up); });
  day.steps = steps_of(counts, step);
  day.threads = utilisation_of(counts, facility.threads, day.steps.size(), &DayCount::threads);
  day.cores = utilisation_of(counts, facility.cores, day.steps.size(), &DayCount::cores);
  day.pool = utilisation_of(counts, facility.pool, day.steps.size(), &DayCount::pool);
  for (const DayStep& each : day.steps) day.busiest = std::max(day.busiest, each.busy);
  return day;
}

}  // namespace

double expected_requests(const std::vector<Clients>& clients, const DayRun& run) {
  double requests = 0;
  for (const Clients& each : clients) requests += std::floor(each.arrivals.clients) * each.requests;
  return requests * static_cast<double>(run.replications);
}

Day simulate_day(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience,
                 const DayRun& run) {
  check(clients, facility, patience, run);
  std::vector<ArrivalCurve> curves;
  for (const Clients& each : clients) curves.push_back(arrival_curve(each.arrivals));
  std::vector<std::optional<DayCount>> all(run.replications);
  for_replications(run.replications, 1, run.threads, [&](std::size_t first, std::size_t) {
    all[first] = Replication(clients, curves, facility, patience, run, first).run();
  });
  std::vector<DayCount> counts;
  for (std::optional<DayCount>& count : all)
    if (count) counts.push_back(std::move(*count));
  if (counts.empty()) throw InputError({}, "stopped before the first replication was complete");
  return day_of(counts, facility, run.step);
}

}  // namespace sizing
