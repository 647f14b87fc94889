#include "libsizing/queueing/simulate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <thread>

#include <fmt/format.h>

#include "libsizing/base/error.h"
#include "libsizing/base/student.h"
#include "libsizing/queueing/fcfs.h"

namespace sizing {
namespace {

constexpr double confidence = 0.95;
constexpr std::size_t cache_line = 64;

// Zeros, from a cache line on.
class Memory {
 public:
  explicit Memory(std::size_t bytes) : start_(::operator new(bytes, std::align_val_t(cache_line))) {
    std::fill_n(static_cast<char*>(start_), bytes, '\0');
  }
  ~Memory() { ::operator delete(start_, std::align_val_t(cache_line)); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  /// The next `count` numbers.
  template <class Number>
  Number* take(std::size_t count) {
    Number* const taken = reinterpret_cast<Number*>(static_cast<char*>(start_) + used_);
    used_ += bytes_of<Number>(count);
    return taken;
  }

  template <class Number>
  static std::size_t bytes_of(std::size_t count) {
    return (count * sizeof(Number) + cache_line - 1) / cache_line * cache_line;
  }

 private:
  void* start_;
  std::size_t used_ = 0;
};

// The replications that share the lanes of a loop.
struct Batch {
  const FcfsLoop& loop;
  Memory memory;
  FcfsLanes lanes;

  Batch(const Station& station, const FcfsLoop& with, std::uint64_t seed, std::uint64_t first_replication)
      : loop(with), memory(bytes(station.servers, with.lanes)), lanes{} {
    lanes.between_arrivals = drawing_of(station.between_arrivals);
    lanes.service = drawing_of(station.service);
    lanes.servers = station.servers;
    lanes.streams = memory.take<std::uint64_t>(8 * loop.lanes);
    lanes.free = memory.take<double>(station.servers * loop.lanes);
    for (double** block : {&lanes.between, &lanes.serving, &lanes.waits})
      *block = memory.take<double>(block_length * loop.lanes);
    for (double** sum : {&lanes.waiting, &lanes.waited, &lanes.largest, &lanes.served, &lanes.elapsed})
      *sum = memory.take<double>(loop.lanes);
    lanes.bins = memory.take<std::uint32_t>(bin_count * loop.lanes);
    loop.start(lanes, seed, first_replication);
  }

  static std::size_t bytes(std::size_t servers, std::size_t lanes) {
    return Memory::bytes_of<std::uint64_t>(8 * lanes) + Memory::bytes_of<double>(servers * lanes) +
           3 * Memory::bytes_of<double>(block_length * lanes) + 5 * Memory::bytes_of<double>(lanes) +
           Memory::bytes_of<std::uint32_t>(bin_count * lanes);
  }
};

void refuse(std::string_view key, std::string_view problem, std::string_view found, std::string_view allowed) {
  throw InputError({.file = {}, .key = std::string(key)}, problem, found, allowed);
}

void check_whole(std::string_view key, std::uint64_t found, std::uint64_t least, std::uint64_t most) {
  if (found < least || found > most)
    refuse(key, "out of range", fmt::to_string(found), fmt::format("{} to {}", least, most));
}

std::uint64_t warm_up_of(const Replications& run) { return run.warm_up.value_or(run.customers / 10); }

void check(const Station& station, const Replications& run) {
  check_whole("servers", station.servers, 1, most_station_servers);
  check_whole("customers", run.customers, 1, most_customers);
  check_whole("warm_up", warm_up_of(run), 0, most_customers - run.customers);
  check_whole("replications", run.count, 1, most_replications);
  if (const double load = utilisation(station); !(load < 1))
    refuse("arrival_rate", "the load is not below the capacity, so waiting grows without end",
           fmt::format("{:.6g} times the capacity", load), "less than servers / service_time");
}

// The waiting time that this share of the customers stays below: where their number is reached, in proportion within
// the bin. The first bin begins at 0.
double quantile(const FcfsLanes& lanes, std::size_t row, std::size_t lane, std::uint64_t customers, double share) {
  const double wanted = share * static_cast<double>(customers);
  double below = 0;
  for (std::size_t bin = 0; bin < bin_count; ++bin) {
    const double here = lanes.bins[bin * row + lane];
    if (here > 0 && below + here >= wanted) {
      const auto edge = [](std::size_t b) {
        const auto octave = static_cast<int>(b / bins_per_doubling) + lowest_doubling;
        return std::ldexp(1 + static_cast<double>(b % bins_per_doubling) / bins_per_doubling, octave);
      };
      if (bin == 0) return 0;
      return (edge(bin) + (edge(bin + 1) - edge(bin)) * (wanted - below) / here) * lanes.service.mean;
    }
    below += here;
  }
  return 0;
}

constexpr double shares[] = {0.5, 0.9, 0.95, 0.99};

// What a replication counted, each divided by what it is for.
struct Counted {
  double mean_wait, probability_of_waiting, largest, mean_response, utilisation, quantiles[4];
};

Counted counted(const Batch& batch, std::size_t lane, std::uint64_t customers) {
  const FcfsLanes& lanes = batch.lanes;
  const double all = static_cast<double>(customers), busy = static_cast<double>(lanes.servers) * lanes.elapsed[lane];
  Counted result{lanes.waiting[lane] / all,
                 lanes.waited[lane] / all,
                 lanes.largest[lane],
                 (lanes.waiting[lane] + lanes.served[lane]) / all,
                 busy > 0 ? lanes.served[lane] / busy : 0,
                 {}};
  for (std::size_t i = 0; i < std::size(shares); ++i)
    result.quantiles[i] = std::min(quantile(lanes, batch.loop.lanes, lane, customers, shares[i]), lanes.largest[lane]);
  return result;
}

bool stopped(const Replications& run) { return run.stop != nullptr && run.stop->load(std::memory_order_relaxed); }

// Walks `lanes` replications to their end, or to the stop; the customers counted in each.
std::uint64_t walk(Batch& batch, const Replications& run, std::size_t replications) {
  const std::uint64_t warm_up = warm_up_of(run), all = warm_up + run.customers;
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

// Of those replications that counted anybody, each in its place.
struct AllCounted {
  std::vector<Counted> replications;
  std::vector<std::uint64_t> customers;
};

// The threads take batches as they come; each replication has its own place in the answer.
AllCounted run_all(const Station& station, const Replications& run) {
  const FcfsLoop& loop = fcfs_loop(run.instructions);
  AllCounted all{std::vector<Counted>(run.count), std::vector<std::uint64_t>(run.count)};
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t first; (first = next.fetch_add(loop.lanes)) < run.count;) {
      const std::size_t here = std::min(loop.lanes, run.count - first);
      Batch batch(station, loop, run.seed, first);
      const std::uint64_t customers = walk(batch, run, here);
      for (std::size_t lane = 0; lane < here; ++lane) {
        all.customers[first + lane] = customers;
        if (customers > 0) all.replications[first + lane] = counted(batch, lane, customers);
      }
    }
  };
  const std::size_t batches = (run.count + loop.lanes - 1) / loop.lanes;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> threads;
  for (std::size_t t = std::min(run.threads > 0 ? run.threads : cores, batches); t > 1; --t) threads.emplace_back(work);
  work();
  return all;
}

Estimate estimate(const std::vector<Counted>& replications, const auto& figure) {
  const auto n = static_cast<double>(replications.size());
  double sum = 0, squares = 0;
  for (const Counted& counted : replications) sum += figure(counted);
  const double mean = sum / n;
  for (const Counted& counted : replications) squares += (figure(counted) - mean) * (figure(counted) - mean);
  if (replications.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN()};
  return {mean, t_within(confidence, n - 1) * std::sqrt(squares / (n - 1) / n)};
}

}  // namespace

double utilisation(const Station& station) {
  if (station.service.mean == 0 || std::isinf(station.between_arrivals.mean)) return 0;
  return station.service.mean / station.between_arrivals.mean / static_cast<double>(station.servers);
}

Simulated simulate(const Station& station, const Replications& run) {
  check(station, run);
  AllCounted all = run_all(station, run);
  Simulated waiting;
  std::vector<Counted> replications;
  for (std::size_t r = 0; r < run.count; ++r) {
    if (all.customers[r] == 0) continue;  // stopped before
    replications.push_back(all.replications[r]);
    waiting.customers = waiting.customers == 0 ? all.customers[r] : std::min(waiting.customers, all.customers[r]);
  }
  waiting.replications = replications.size();
  if (replications.empty()) refuse("customers", "stopped before the first was counted", "", "");
  const auto of = [&](auto figure) { return estimate(replications, figure); };
  waiting.mean_wait = of([](const Counted& c) { return c.mean_wait; });
  waiting.probability_of_waiting = of([](const Counted& c) { return c.probability_of_waiting; });
  waiting.p50 = of([](const Counted& c) { return c.quantiles[0]; });
  waiting.p90 = of([](const Counted& c) { return c.quantiles[1]; });
  waiting.p95 = of([](const Counted& c) { return c.quantiles[2]; });
  waiting.p99 = of([](const Counted& c) { return c.quantiles[3]; });
  waiting.largest = of([](const Counted& c) { return c.largest; });
  waiting.mean_response = of([](const Counted& c) { return c.mean_response; });
  waiting.utilisation = of([](const Counted& c) { return c.utilisation; });
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
