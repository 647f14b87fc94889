#include "libsizing/queueing/day.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/day_count.h"
#include "libsizing/queueing/day_draws.h"
#include "libsizing/queueing/day_lanes.h"
#include "libsizing/queueing/lines.h"

namespace sizing {
namespace {

// Equal servers, none of them for a stage that nobody waits for. A time is kept for each that was ever needed at once,
// so that many idle servers cost nothing.
class Stage {
 public:
  explicit Stage(std::size_t servers) : servers_(servers) {}
  bool limited() const { return servers_ > 0; }
  double start(double at) const {
    return limited() && last_ends_.size() == servers_ ? std::max(at, last_ends_.first().at) : at;
  }
  /// From a start on that start() gave. Gives when the server's last service ended; -never where it had none.
  double take(double start, double end) {
    const double before = last_ends_.first().at;
    if (before > start && last_ends_.size() < servers_) return last_ends_.push({end}), -never;
    last_ends_.replace_first({end});
    return before;
  }
  /// Calls `each` with what is left of them, in order.
  void finish(const auto& each) {
    for (; !last_ends_.empty(); last_ends_.pop()) each(last_ends_.first().at);
  }

 private:
  struct LastEnd {
    double at = 0;
  };
  std::size_t servers_;
  Earliest<LastEnd> last_ends_;
};

// A request that comes again, or is to be answered; left: of its client, this one included, 0 where nobody listens.
struct Request {
  double at = 0;
  std::uint32_t clients = 0, left = 0, tries = 0;
};

// A request in service, until `at`; left: those that follow it.
struct InService {
  double at = 0;
  std::uint32_t clients = 0, left = 0;
};

// Clients of one kind. Those between two requests are in a line where their pauses are equal, since answers are in
// order.
struct Drawn {
  std::uint32_t requests;
  SortedArrivals arrivals;
  double core_share;
  Times time, pause;
  Line<InService> equal_pauses{};
  Earliest<InService> pauses{};

  Drawn(const Clients& clients, const ArrivalCurve& curve, const StreamOf& stream)
      : requests(clients.requests),
        arrivals(curve, stream),
        core_share(clients.core_share),
        time(clients.time, stream, Purpose::time),
        pause(clients.pause, stream, Purpose::pause) {}

  void wait_to_ask(InService next) {
    next.at += pause.next();
    pause.constant() ? equal_pauses.push(next) : pauses.push(next);
  }
  double first_pause() const { return equal_pauses.empty() ? pauses.first().at : equal_pauses.first().at; }
  double least_pause() const { return requests < 2 ? never : pause.constant() ? pause.mean() : 0; }
  std::uint32_t end_pause() {
    const std::uint32_t left = pause.constant() ? equal_pauses.first().left : pauses.first().left;
    pause.constant() ? equal_pauses.pop() : pauses.pop();
    return left;
  }
};

// With as many connections as threads who has a thread has a connection.
std::size_t pool_that_limits(const Facility& facility) { return facility.pool < facility.threads ? facility.pool : 0; }

bool go_on(const DayRun& run, std::uint64_t served) {
  if (run.done != nullptr) run.done->fetch_add(served, std::memory_order_relaxed);
  return run.stop == nullptr || !run.stop->load(std::memory_order_relaxed);
}

Distribution evenly_between(double low, double high) {
  const double edges[] = {low, high}, weight = 1;
  return measured_distribution(edges, {&weight, 1});
}

// Threads need no times of their own: a request takes the thread whose last service ends first, and its own end is
// known at once (fcfs.h). A service that is followed by another waits in a line for its end where that is still to
// come; so those in line are as many as wait for a thread, in the order in which they get one.
class Replication {
 public:
  Replication(const std::vector<Clients>& clients, const std::vector<ArrivalCurve>& curves, const Facility& facility,
              const Patience& patience, const DayRun& run, std::size_t number)
      : patience_(patience),
        run_(run),
        threads_(facility.threads),
        cores_(facility.cores),
        pool_(pool_that_limits(facility)),
        pool_is_there_(facility.pool > 0),
        retry_(evenly_between(patience.retry_low, patience.retry_high)),
        retries_(retry_, {day_loop(run.instructions), run.seed, number, 0}, Purpose::retry),
        count_(run.step, patience.answer) {
    count_.make_bins();
    drawn_.reserve(clients.size());
    for (std::size_t c = 0; c < clients.size(); ++c)
      drawn_.emplace_back(clients[c], curves[c], StreamOf{day_loop(run.instructions), run.seed, number, c});
    for (const Drawn& drawn : drawn_) least_pause_ = std::min(least_pause_, drawn.least_pause());
  }

  // Nothing where it was stopped.
  std::optional<DayCount> run() {
    std::uint64_t served = 0;
    for (Request request; next(request); ++served) {
      if (served % progress_step == 0 && !go_on(run_, served > 0 ? progress_step : 0)) return {};
      serve(request);
    }
    go_on(run_, served > 0 ? (served - 1) % progress_step + 1 : 0);
    cores_.finish([&](double end) { count_.off_core.add(end); });
    if (pool_is_there_ && !pool_.limited()) count_.connected = count_.started;
    count_.finish();
    return std::move(count_);
  }

 private:
  static constexpr std::uint64_t progress_step = 4096;

  // The next request to come: a new client's first, one after a pause, or one that is tried again.
  bool next(Request& request) {
    double at = retrying_.first().at;
    for (const Drawn& drawn : drawn_) at = std::min({at, drawn.first_pause(), drawn.arrivals.first()});
    for (;;) {
      if (!promised_.empty() && promised_.first().at <= at) {
        at = std::min(at, leave(promised_.first()));
        promised_.pop();
      } else if (!busy_.empty() && busy_.first().at + least_pause_ <= at) {
        count_.ended.add(busy_.first().at);
        at = std::min(at, leave(busy_.first()));
        busy_.pop();
      } else {
        break;
      }
    }
    return at < never && take(request, at);
  }

  bool take(Request& request, double at) {
    for (std::uint32_t c = 0; c < drawn_.size(); ++c) {
      Drawn& drawn = drawn_[c];
      if (drawn.first_pause() == at) {
        request = {at, c, drawn.end_pause(), 0};
        return true;
      }
      if (drawn.arrivals.first() == at) {
        request = {at, c, drawn.requests, 0};
        drawn.arrivals.pop();
        count_.came(at);
        return true;
      }
    }
    request = retrying_.first();
    retrying_.pop();
    return true;
  }

  // The client of a service that ended waits until its next request; gives when the first of those comes.
  double leave(const InService& service) {
    if (service.left == 0) return never;
    drawn_[service.clients].wait_to_ask(service);
    return drawn_[service.clients].first_pause();
  }

  bool idle_at(double at) const { return busy_.size() < threads_ || busy_.first().at <= at; }

  void serve(const Request& request) {
    if (promised_.size() >= patience_.backlog && !idle_at(request.at)) {
      ++count_.refused;
      return again(request, request.at + patience_.connect);
    }
    Drawn& drawn = drawn_[request.clients];
    const double time = drawn.time.next(), core_time = drawn.core_share * time;
    const double thread = idle_at(request.at) ? request.at : busy_.first().at, connection = pool_.start(thread),
                 core = core_time > 0 ? cores_.start(connection) : connection, core_end = core + core_time,
                 end = core + time;
    if (pool_.limited()) pool_.take(connection, end), count_.connected.add(connection);
    if (cores_.limited() && core_time > 0) take_core(core, core_end);
    count_.took({request.at, thread, connection, core, core_end, end});
    const bool late = end - request.at > patience_.answer;
    start({end, request.clients, late ? 0 : request.left - 1}, request.at);
    if (late) {
      ++count_.timed_out;
      return again(request, request.at + patience_.answer);
    }
    count_.answered_after(end - request.at);
    if (request.left == 1) ++count_.sessions;
  }

  // On the thread that is or was free first.
  void start(const InService& service, double at) {
    const InService before = busy_.first();
    if (before.at > at && busy_.size() < threads_) return busy_.push(service);
    count_.ended.add(before.at);
    busy_.replace_first(service);
    if (before.at <= at) {
      leave(before);
    } else {
      promised_.push(before);
      count_.waits_in_line(promised_.size(), at);
    }
  }

  void take_core(double from, double to) {
    if (const double off = cores_.take(from, to); off > -never) count_.off_core.add(off);
    count_.on_core.add(from);
  }

  void again(const Request& request, double at) {
    if (request.tries + 1 >= patience_.tries || std::isinf(at)) {
      ++count_.gave_up;
      return;
    }
    retrying_.push({at + retries_.next(), request.clients, request.left, request.tries + 1});
  }

  const Patience& patience_;
  const DayRun& run_;
  std::size_t threads_;
  Stage cores_, pool_;
  bool pool_is_there_;
  Distribution retry_;
  Times retries_;
  std::vector<Drawn> drawn_;
  double least_pause_ = never;  // so long after the end of a service nobody comes because of it
  Earliest<InService> busy_;
  Line<InService> promised_;
  Earliest<Request> retrying_;
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
  for (const auto& [key, time] : {std::pair{"connect", patience.connect}, std::pair{"answer", patience.answer}})
    if (!(time >= 0)) refuse(key, "not allowed", fmt::to_string(time), "a time, 0 or more");
  for (const Clients& each : clients) {
    const double start = each.arrivals.start, last = start + each.arrivals.window;
    if (!(last / run.step < static_cast<double>(most_steps)))
      refuse("step", "too short for so long a day", fmt::to_string(run.step),
             fmt::format("more than {}: at most {} steps to the last arrival", last / static_cast<double>(most_steps),
                         most_steps));
  }
  const double requests = expected_requests(clients, {.replications = 1});
  if (!(requests <= most_requests))
    refuse("requests", "out of range", fmt::format("{:.0f}", requests), fmt::format("at most {:.0f}", most_requests));
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
  // Lanes pay where at least half of them are used; the bits are the same.
  const std::size_t lanes = day_loop(run.instructions).lanes;
  const bool fit = 2 * run.replications >= lanes && fits_lanes(clients, facility, patience, lanes);
  const std::size_t at_once = fit ? lanes : 1;
  std::atomic<bool> by_events = !fit;
  for_replications(run.replications, at_once, run.threads, [&](std::size_t first, std::size_t count) {
    if (!by_events && 2 * count >= at_once) {
      Walk walk = walk_lanes(clients[0], curves[0], facility, patience, run, first, count,
                             [&](std::uint64_t requests) { return go_on(run, requests); });
      std::move(walk.counts.begin(), walk.counts.end(), all.begin() + static_cast<std::ptrdiff_t>(first));
      if (walk.ended != Walk::Ended::left_to_events) return;
      by_events = true;  // the next ones would end so too
      if (run.done != nullptr) run.done->fetch_sub(walk.told, std::memory_order_relaxed);
    }
    for (std::size_t i = first; i < first + count; ++i)
      all[i] = Replication(clients, curves, facility, patience, run, i).run();
  });
  std::vector<DayCount> counts;
  counts.reserve(all.size());
  for (std::optional<DayCount>& count : all)
    if (count) counts.push_back(std::move(*count));
  if (counts.empty()) throw InputError({}, "stopped before the first replication was complete");
  return day_of(counts, facility, run.step);
}

}  // namespace sizing
