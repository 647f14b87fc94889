#include "libsizing/queueing/simulate.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/fcfs.h"
#include "libsizing/queueing/lane_memory.h"

namespace sizing {
namespace {

// Calls take(array, numbers) for each array of so many lanes: to count what they need, and to place them.
void for_each_array(FcfsLanes& lanes, std::size_t width, const auto& take) {
  take(lanes.streams, 8 * width);
  take(lanes.free, lanes.servers * width);
  for (double** block : {&lanes.between, &lanes.serving, &lanes.waits}) take(*block, block_length * width);
  for (double** sum : {&lanes.waiting, &lanes.waited, &lanes.largest, &lanes.served, &lanes.elapsed}) take(*sum, width);
  take(lanes.bins, time_bins * width);
}

FcfsLanes lanes_of(const Station& station) {
  FcfsLanes lanes{};
  lanes.between_arrivals = drawing_of(station.between_arrivals);
  lanes.service = drawing_of(station.service);
  lanes.servers = station.servers;
  return lanes;
}

// The replications that share the lanes of a loop.
struct Batch {
  const FcfsLoop& loop;
  FcfsLanes lanes;
  LaneMemory memory;

  Batch(const Station& station, const FcfsLoop& with, std::uint64_t seed, std::uint64_t first_replication)
      : loop(with),
        lanes(lanes_of(station)),
        memory([&](const auto& take) { for_each_array(lanes, with.lanes, take); }) {
    loop.start(lanes, seed, first_replication);
  }
};

void refuse(std::string_view key, std::string_view problem, std::string_view found, std::string_view allowed) {
  throw InputError({.file = {}, .key = std::string(key)}, problem, found, allowed);
}

void check(const Station& station, const Replications& run) {
  check_limits("servers", station.servers, 1, most_station_servers);
  check_limits("customers", run.customers, 1, most_customers);
  check_limits("warm_up", warm_up_of(station, run), 0, most_customers - run.customers);
  check_limits("replications", run.count, 1, most_replications);
  if (const double load = utilisation(station); !(load < 1))
    refuse("arrival_rate", "the load is not below the capacity, so waiting grows without end",
           fmt::format("{:.6g} times the capacity", load), "less than servers / service_time");
}

constexpr std::size_t most_groups = 32;  // of replications, for the jackknife

// What a replication counted, each divided by what it is for.
struct Counted {
  double mean_wait, probability_of_waiting, largest, mean_response, utilisation;
};

Counted counted(const Batch& batch, std::size_t lane, std::uint64_t customers) {
  const FcfsLanes& lanes = batch.lanes;
  const double all = static_cast<double>(customers), busy = static_cast<double>(lanes.servers) * lanes.elapsed[lane];
  return {lanes.waiting[lane] / all, lanes.waited[lane] / all, lanes.largest[lane],
          (lanes.waiting[lane] + lanes.served[lane]) / all, busy > 0 ? lanes.served[lane] / busy : 0};
}

// Bins of the waits of groups of replications, and how many waits each has.
struct GroupedBins {
  std::size_t groups;
  std::vector<std::uint64_t> bins = std::vector<std::uint64_t>(groups * time_bins),
                             counted = std::vector<std::uint64_t>(groups);

  void add(const Batch& batch, std::size_t first, std::size_t count, std::uint64_t customers) {
    for (std::size_t lane = 0; lane < count; ++lane) counted[(first + lane) % groups] += customers;
    const std::uint32_t* here = batch.lanes.bins;
    for (std::size_t bin = 0; bin < time_bins; ++bin, here += batch.loop.lanes)
      for (std::size_t lane = 0; lane < count; ++lane)
        if (here[lane] > 0) bins[(first + lane) % groups * time_bins + bin] += here[lane];
  }
};

// The bins of all groups together, and how many waits they have.
struct PooledBins {
  std::vector<std::uint64_t> bins = std::vector<std::uint64_t>(time_bins);
  std::uint64_t counted = 0;
};

PooledBins pooled(const GroupedBins& grouped) {
  PooledBins all;
  for (std::size_t group = 0; group < grouped.groups; ++group) {
    all.counted += grouped.counted[group];
    for (std::size_t bin = 0; bin < time_bins; ++bin) all.bins[bin] += grouped.bins[group * time_bins + bin];
  }
  return all;
}

// The bins of all but a group.
PooledBins without(const PooledBins& all, const GroupedBins& grouped, std::size_t group) {
  PooledBins others = all;
  others.counted -= grouped.counted[group];
  for (std::size_t bin = 0; bin < time_bins; ++bin) others.bins[bin] -= grouped.bins[group * time_bins + bin];
  return others;
}

bool stopped(const Replications& run) { return run.stop != nullptr && run.stop->load(std::memory_order_relaxed); }

// Walks `replications` of the lanes to their end, or to the stop; the customers counted in each.
std::uint64_t walk(Batch& batch, const Replications& run, std::uint64_t warm_up, std::size_t replications) {
  const std::uint64_t all = warm_up + run.customers;
  std::uint64_t walked = 0;
  while (walked < all && !stopped(run)) {
    const auto now = std::min<std::uint64_t>(block_length, all - walked);
    const auto uncounted = walked < warm_up ? std::min(now, warm_up - walked) : 0;
    batch.loop.advance(batch.lanes, now, uncounted);
    walked += now;
    if (run.done != nullptr) run.done->fetch_add(now * replications, std::memory_order_relaxed);
  }
  return walked > warm_up ? walked - warm_up : 0;
}

// Of those replications that counted anybody, each in its place; the waits of all that are complete, and of the others.
struct AllCounted {
  std::vector<Counted> replications;
  std::vector<std::uint64_t> customers;
  GroupedBins complete, others;
};

// Each replication has its own place in the answer; sums of counts are the same in any order.
AllCounted run_all(const Station& station, const Replications& run) {
  const FcfsLoop& loop = fcfs_loop(run.instructions);
  const std::uint64_t warm_up = warm_up_of(station, run);
  const GroupedBins none{std::min(run.count, most_groups)};
  AllCounted all{std::vector<Counted>(run.count), std::vector<std::uint64_t>(run.count), none, none};
  std::mutex adding;
  for_replications(run.count, loop.lanes, run.threads, [&](std::size_t first, std::size_t count) {
    Batch batch(station, loop, run.seed, first);
    const std::uint64_t customers = walk(batch, run, warm_up, count);
    if (customers == 0) return;
    const std::lock_guard lock(adding);
    for (std::size_t lane = 0; lane < count; ++lane) {
      all.customers[first + lane] = customers;
      all.replications[first + lane] = counted(batch, lane, customers);
    }
    (customers == run.customers ? all.complete : all.others).add(batch, first, count, customers);
  });
  return all;
}

// What was stopped before it was complete counts only where nothing is complete.
void keep_complete(AllCounted& all, std::uint64_t customers) {
  const bool any = std::find(all.customers.begin(), all.customers.end(), customers) != all.customers.end();
  if (!any) std::swap(all.complete, all.others);
  std::size_t kept = 0;
  for (std::size_t r = 0; r < all.customers.size(); ++r) {
    if (all.customers[r] == 0 || (any && all.customers[r] < customers)) continue;
    all.customers[kept] = all.customers[r], all.replications[kept] = all.replications[r];
    ++kept;
  }
  all.customers.resize(kept), all.replications.resize(kept);
}

}  // namespace

double utilisation(const Station& station) {
  if (station.service.mean == 0 || std::isinf(station.between_arrivals.mean)) return 0;
  return station.service.mean / station.between_arrivals.mean / static_cast<double>(station.servers);
}

std::uint64_t warm_up_of(const Station& station, const Replications& run) {
  const std::uint64_t tenth = warm_up_of(run);
  const double rho = utilisation(station);
  if (run.warm_up || rho == 0 || !(rho < 1)) return tenth;
  const double variability = (scv(station.between_arrivals) + scv(station.service)) / 2,
               relaxation = rho * (1 + std::sqrt(rho)) * (1 + std::sqrt(rho)) / ((1 - rho) * (1 - rho)),
               forgets = std::max(8.0 * static_cast<double>(station.servers), 4 * variability * relaxation);
  const double most = std::min(10.0 * static_cast<double>(run.customers),
                               static_cast<double>(most_customers - std::min(most_customers, run.customers)));
  return std::max(tenth, static_cast<std::uint64_t>(std::min(forgets, most)));
}

Simulated simulate(const Station& station, const Replications& run) {
  check(station, run);
  AllCounted all = run_all(station, run);
  keep_complete(all, run.customers);
  const std::vector<Counted>& replications = all.replications;
  if (replications.empty()) refuse("customers", "stopped before the first was counted", "", "");
  Simulated waiting;
  waiting.replications = replications.size();
  waiting.customers = *std::min_element(all.customers.begin(), all.customers.end());
  const auto of = [&](const auto& figure) { return estimate(replications, figure); };
  waiting.mean_wait = of([](const Counted& c) { return c.mean_wait; });
  waiting.probability_of_waiting = of([](const Counted& c) { return c.probability_of_waiting; });
  waiting.largest = of([](const Counted& c) { return c.largest; });
  waiting.mean_response = of([](const Counted& c) { return c.mean_response; });
  waiting.utilisation = of([](const Counted& c) { return c.utilisation; });
  double longest = 0;
  for (const Counted& c : replications) longest = std::max(longest, c.largest);
  const PooledBins all_waits = pooled(all.complete);
  std::vector<PooledBins> without_one;  // of the groups that counted anybody
  for (std::size_t group = 0; group < all.complete.groups; ++group)
    if (all.complete.counted[group] > 0) without_one.push_back(without(all_waits, all.complete, group));
  const auto percentile = [&](double share) {
    const auto time = [&](const PooledBins& waits) {
      return std::min(time_quantile(waits.bins, waits.counted, share) * station.service.mean, longest);
    };
    std::vector<double> times;
    for (const PooledBins& others : without_one) times.push_back(time(others));
    return jackknife(time(all_waits), times);
  };
  waiting.p50 = percentile(0.5), waiting.p90 = percentile(0.9);
  waiting.p95 = percentile(0.95), waiting.p99 = percentile(0.99);
  return waiting;
}

Trace trace(const Station& station, std::uint64_t customers, std::uint64_t seed, std::uint64_t replication,
            InstructionSet instructions) {
  const FcfsLoop& loop = fcfs_loop(instructions);
  check(station, {.customers = customers, .warm_up = 0});
  Batch batch(station, loop, seed, replication);
  Trace trace;
  double now = 0;
  for (std::uint64_t walked = 0; walked < customers;) {
    const auto here = std::min<std::uint64_t>(block_length, customers - walked);
    batch.loop.advance(batch.lanes, here, 0);
    for (std::size_t i = 0; i < here * loop.lanes; i += loop.lanes) {
      trace.arrival.push_back(now += batch.lanes.between[i]);
      trace.start.push_back(now + batch.lanes.waits[i]);
      trace.end.push_back(trace.start.back() + batch.lanes.serving[i]);
    }
    walked += here;
  }
  return trace;
}

}  // namespace sizing
