#include "libsizing/queueing/returning.h"

#include <algorithm>
#include <optional>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/day_draws.h"
#include "libsizing/queueing/heap_of_fours.h"

namespace sizing {
namespace {

struct Counted {
  double requests = 0, waited = 0, waiting = 0, largest = 0, served = 0, elapsed = 0;
  double response() const { return (waiting + served) / requests; }
  double throughput() const { return requests / elapsed; }
};

class Returning {
 public:
  Returning(const ReturningClients& clients, const Replications& run, std::size_t number)
      : Returning(clients, StreamOf{day_loop(run.instructions), run.seed, number, 0}) {}

  void serve(Counted& count) {
    const double at = coming_[0], start = std::max(at, free_[0]), service = service_.next();
    replace_least(free_.data(), free_.size(), 1, start + service);
    replace_least(coming_.data(), coming_.size(), 1, start + service + think_.next());
    count.requests += 1;
    count.waited += start > at ? 1 : 0;
    count.waiting += start - at;
    count.largest = std::max(count.largest, start - at);
    count.served += service;
  }
  double now() const { return coming_[0]; }

 private:
  Returning(const ReturningClients& clients, const StreamOf& stream)
      : think_(clients.think_time, stream, Purpose::pause),
        service_(clients.service, stream, Purpose::time),
        coming_(clients.population),
        free_(std::min(clients.servers, clients.population)) {
    for (double& at : coming_) at = think_.next();
    std::sort(coming_.begin(), coming_.end());
  }

  Times think_, service_;
  std::vector<double> coming_, free_;  // when each client comes next, when each server is free: heaps
};

// In steps, between which it may be stopped.
bool serve(Returning& clients, Counted& count, std::uint64_t requests, const Replications& run) {
  constexpr std::uint64_t at_once = 4096;
  for (std::uint64_t left = requests; left > 0;) {
    if (run.stop != nullptr && run.stop->load(std::memory_order_relaxed)) return false;
    const std::uint64_t now = std::min(left, at_once);
    for (std::uint64_t i = 0; i < now; ++i) clients.serve(count);
    if (run.done != nullptr) run.done->fetch_add(now, std::memory_order_relaxed);
    left -= now;
  }
  return true;
}

std::optional<Counted> replication(const ReturningClients& of, const Replications& run, std::size_t number) {
  Returning clients(of, run, number);
  Counted warm_up, counted;
  if (!serve(clients, warm_up, warm_up_of(run), run)) return {};
  const double from = clients.now();
  if (!serve(clients, counted, run.customers, run)) return {};
  counted.elapsed = clients.now() - from;
  return counted;
}

void check(const ReturningClients& clients, const Replications& run) {
  check_limits("population", clients.population, 1, most_population);
  check_limits("servers", clients.servers, 1, most_station_servers);
  check_limits("customers", run.customers, 1, most_customers);
  check_limits("warm_up", warm_up_of(run), 0, most_customers - run.customers);
  check_limits("replications", run.count, 1, most_replications);
  if (!(clients.think_time.mean + clients.service.mean > 0))
    throw InputError({"", 0, 0, "think_time"}, "neither thinking nor service takes time, so requests come without end");
}

}  // namespace

SimulatedReturning simulate_returning(const ReturningClients& clients, const Replications& run) {
  check(clients, run);
  std::vector<std::optional<Counted>> all(run.count);
  for_replications(run.count, 1, run.threads,
                   [&](std::size_t first, std::size_t) { all[first] = replication(clients, run, first); });
  std::erase(all, std::nullopt);
  if (all.empty()) throw InputError({}, "stopped before the first replication was complete");
  const auto servers = static_cast<double>(clients.servers);
  const auto of = [&](const auto& figure) { return estimate(all, figure); };
  SimulatedReturning answer;
  answer.replications = all.size();
  answer.throughput = of([](const auto& c) { return c->throughput(); });
  answer.mean_wait = of([](const auto& c) { return c->waiting / c->requests; });
  answer.probability_of_waiting = of([](const auto& c) { return c->waited / c->requests; });
  answer.mean_response = of([](const auto& c) { return c->response(); });
  answer.largest_wait = of([](const auto& c) { return c->largest; });
  answer.utilisation = of([&](const auto& c) { return c->served / c->elapsed / servers; });
  answer.at_servers = of([](const auto& c) { return c->throughput() * c->response(); });
  return answer;
}

}  // namespace sizing
