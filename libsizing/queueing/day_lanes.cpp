#include "libsizing/queueing/day_lanes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "libsizing/queueing/day_draws.h"
#include "libsizing/queueing/lane_memory.h"

namespace sizing {
namespace {

constexpr std::size_t line_at_first = 64;
// Beyond them chains are as quick by events: bench/day_bench.cpp with AVX-512 and AVX2; SSE2 selects lanes slowly.
std::size_t most_servers(std::size_t lanes) { return lanes > 2 ? 128 : 8; }

void for_each_array_of_chains(ChainLanes& c, std::size_t threads, std::size_t width, const auto& take) {
  take(c.arrival_streams, width), take(c.time_streams, width), take(c.coming, width);
  take(c.arrivals, (numbers_kept + gap) * width), take(c.times, (numbers_kept + gap) * width);
  for (std::int64_t** number :
       {&c.arrivals_taken, &c.times_taken, &c.arrivals_drawn, &c.times_drawn, &c.head, &c.tail, &c.waiting})
    take(*number, width);
  take(c.ends, (threads + 1) * width), take(c.left, (threads + 1) * width);
}

void for_each_array(DayLanes& s, std::size_t width, bool chains, const auto& take) {
  for (double** row : {&s.at, &s.times, &s.start, &s.core, &s.gone, &s.off_core, &s.news})
    take(*row, day_block * width);
  for (FlowLanes* flow : {&s.came, &s.started, &s.ended, &s.to_core, &s.from_core})
    for (double** number : {&flow->count, &flow->before_end, &flow->end, &flow->next}) take(*number, width);
  for (double** sum : {&s.hazard, &s.step_arrivals, &s.step_waited, &s.step_waiting, &s.step_largest, &s.waited,
                       &s.waiting, &s.largest, &s.first_wait, &s.last_wait, &s.thread_time, &s.core_time, &s.response,
                       &s.largest_response, &s.last_answer, &s.most_waiting, &s.most_waiting_at})
    take(*sum, width);
  take(s.bins, bins_apart * width), take(s.response_bins, bins_apart * width);
  take(s.step_bins, step_bins_apart * width), take(s.head, width), take(s.places, day_block * width);
  take(s.core_free, s.cores * width);
  if (chains) return for_each_array_of_chains(s.chain, s.threads, width, take);
  take(s.streams, 2 * generators * 4 * width), take(s.free, s.threads * width);
}

// What the lanes count into, and the lines of those who wait. The bins of the steps of all lanes that are asked for are
// one table, since those of all replications are added up.
struct Counts {
  std::vector<DayCount> of_lane;
  std::vector<double> line, line_left;
  std::vector<std::uint32_t> step_bins;
  std::size_t lanes, asked;
};

Counts& counts_of(DayLanes& lanes) { return *static_cast<Counts*>(lanes.counts); }

Flow& flow_of(DayLanes& lanes, const FlowLanes& flow, DayCount& count) {
  if (&flow == &lanes.came) return count.taken;
  if (&flow == &lanes.started) return count.started;
  if (&flow == &lanes.ended) return count.ended;
  return &flow == &lanes.to_core ? count.on_core : count.off_core;
}

void take_step_bins(Counts& counts, std::uint32_t* bins, std::size_t lane, std::size_t step) {
  const std::size_t from = step * step_bins;
  if (counts.step_bins.size() < from + step_bins) counts.step_bins.resize(from + step_bins);
  for (std::size_t bin = 0; bin < step_bins && lane < counts.asked; ++bin) counts.step_bins[from + bin] += bins[bin];
  std::fill_n(bins, step_bins, 0);
}

void take_step(DayLanes& lanes, std::size_t lane, DayCount& count, double at) {
  const auto number = [lane](const double* numbers) { return static_cast<std::uint64_t>(numbers[lane]); };
  const std::size_t step =
      count.add_step({number(lanes.step_arrivals), number(lanes.came.count), number(lanes.step_waited),
                      lanes.step_waiting[lane], lanes.step_largest[lane]},
                     at);
  take_step_bins(counts_of(lanes), lanes.step_bins + lane * step_bins_apart, lane, step);
  for (double* sum : {lanes.step_arrivals, lanes.step_waited, lanes.step_waiting, lanes.step_largest}) sum[lane] = 0;
}

void cross(DayLanes& lanes, FlowLanes& flow, std::size_t lane, double at) {
  DayCount& count = counts_of(lanes).of_lane[lane];
  if (&flow == &lanes.came) take_step(lanes, lane, count, at);
  const StepNow& now = flow_of(lanes, flow, count).add_step(flow.count[lane], flow.before_end[lane], at);
  flow.count[lane] = flow.before_end[lane] = 0;
  flow.end[lane] = now.end, flow.next[lane] = now.next;
}

// Those who wait are no more than the line has rows, so that each is in that of the remainder of its number; who never
// waited has left it long ago.
void lengthen(DayLanes& lanes) {
  Counts& counts = counts_of(lanes);
  const std::size_t before = lanes.line_length, after = before == 0 ? line_at_first : 2 * before, width = counts.lanes;
  std::vector<double> longer(after * width, -never);
  for (std::size_t lane = 0; lane < width; ++lane) {
    const auto head = static_cast<std::size_t>(lanes.head[lane]);
    for (std::size_t i = head; i < head + before; ++i)
      longer[(i & (after - 1)) * width + lane] = lanes.line[(i & (before - 1)) * width + lane];
  }
  counts.line.swap(longer);
  lanes.line = counts.line.data(), lanes.line_length = after;
}

// Beyond the last of a line are times that are for ever later.
void lengthen_chains(DayLanes& lanes) {
  Counts& counts = counts_of(lanes);
  ChainLanes& c = lanes.chain;
  const std::size_t before = c.line_length, after = before == 0 ? 4 * line_at_first : 2 * before, width = counts.lanes;
  const std::size_t apart = before + gap, after_apart = after + gap;
  std::vector<double> ends(after_apart * width, never), left(after_apart * width);
  for (std::size_t lane = 0; lane < width; ++lane)
    for (auto i = static_cast<std::size_t>(c.head[lane]); i < static_cast<std::size_t>(c.tail[lane]); ++i) {
      ends[lane * after_apart + (i & (after - 1))] = c.line_ends[lane * apart + (i & (before - 1))];
      left[lane * after_apart + (i & (after - 1))] = c.line_left[lane * apart + (i & (before - 1))];
    }
  counts.line.swap(ends), counts.line_left.swap(left);
  c.line_ends = counts.line.data(), c.line_left = counts.line_left.data(), c.line_length = after;
}

// Of servers that have not been taken again.
void end_services(const double* free, std::size_t servers, std::size_t lane, std::size_t width, Flow& ended) {
  std::vector<double> ends;
  for (std::size_t server = 0; server < servers; ++server)
    if (const double end = free[server * width + lane]; end > -never) ends.push_back(end);
  std::sort(ends.begin(), ends.end());
  for (const double end : ends) ended.add(end);
}

void take_sums(const DayLanes& lanes, std::size_t lane, DayCount& count) {
  count.waited = static_cast<std::uint64_t>(lanes.waited[lane]);
  count.waiting = lanes.waiting[lane], count.largest = lanes.largest[lane];
  count.response = lanes.response[lane], count.largest_response = lanes.largest_response[lane];
  count.thread_time = count.pool_time = lanes.thread_time[lane], count.core_time = lanes.core_time[lane];
  count.first_wait = lanes.first_wait[lane], count.last_wait = lanes.last_wait[lane];
  count.last_answer = lanes.last_answer[lane];
  count.most_waiting = static_cast<std::size_t>(lanes.most_waiting[lane]);
  count.most_waiting_at = lanes.most_waiting_at[lane];
}

void finish(DayLanes& lanes, std::size_t lane, std::uint64_t clients, std::uint64_t requests) {
  const std::size_t width = counts_of(lanes).lanes;
  DayCount& count = counts_of(lanes).of_lane[lane];
  for (FlowLanes* flow : {&lanes.came, &lanes.started, &lanes.ended, &lanes.to_core, &lanes.from_core})
    cross(lanes, *flow, lane, -never);
  if (lanes.free != nullptr) end_services(lanes.free, lanes.threads, lane, width, count.ended);
  end_services(lanes.core_free, lanes.cores, lane, width, count.off_core);
  count.arrivals = count.sessions = clients, count.requests = count.answered = requests;
  take_sums(lanes, lane, count);
  count.take_percentiles(lanes.bins + lane * bins_apart, lanes.response_bins + lane * bins_apart);
}

void begin_once(DayLanes& lanes, const DayLoop& loop, const DayRun& run, std::size_t first) {
  std::fill_n(lanes.free, lanes.threads * loop.lanes, -never);
  std::fill_n(lanes.news, day_block * loop.lanes, 1);
  lanes.core = lanes.start;
  std::size_t stream = 0;
  for (const Purpose purpose : {Purpose::arrivals, Purpose::time})
    loop.start_lanes(lanes, run.seed, first, static_cast<std::uint64_t>(purpose), stream++);
}

void begin_chains(DayLanes& lanes, const DayLoop& loop, const DayRun& run, std::size_t first) {
  ChainLanes& c = lanes.chain;
  std::fill_n(c.ends, (lanes.threads + 1) * loop.lanes, never);
  for (std::size_t lane = 0; lane < loop.lanes; ++lane) {
    const StreamOf stream{loop, run.seed, first + lane, 0};
    c.arrival_streams[lane] = stream(Purpose::arrivals);
    c.time_streams[lane] = stream(Purpose::time);
    c.coming[lane] = {lanes.left};
  }
}

void begin(DayLanes& lanes, const DayLoop& loop, const DayRun& run, std::size_t first, double clients) {
  std::fill_n(lanes.core_free, lanes.cores * loop.lanes, -never);
  for (FlowLanes* flow : {&lanes.came, &lanes.started, &lanes.ended, &lanes.to_core, &lanes.from_core})
    for (double** edge : {&flow->end, &flow->next}) std::fill_n(*edge, loop.lanes, run.step);
  lanes.left = clients;
  (lanes.free != nullptr ? begin_once : begin_chains)(lanes, loop, run, first);
}

bool is_chain(const Clients& clients, const Facility& facility) { return clients.requests > 1 || facility.cores > 0; }

bool anybody_loses_patience(const DayLanes& lanes, const Patience& patience, std::size_t count) {
  const auto most = [count](const double* numbers) { return *std::max_element(numbers, numbers + count); };
  return most(lanes.most_waiting) > static_cast<double>(patience.backlog) ||
         most(lanes.largest_response) > patience.answer;
}

}  // namespace

bool fits_lanes(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience,
                std::size_t lanes) {
  if (clients.size() != 1 || patience.backlog == 0) return false;
  if (facility.pool > 0 && facility.pool < facility.threads) return false;
  const Clients& c = clients[0];
  const double all = std::floor(c.arrivals.clients);
  if (all * c.requests * static_cast<double>(lanes) > most_requests) return false;
  if (!is_chain(c, facility)) return true;
  const bool ends_in_any_order = c.requests == 1 || c.time.kind != Distribution::Kind::constant;
  return std::max(facility.threads, facility.cores) <= most_servers(lanes) && ends_in_any_order &&
         c.pause.kind == Distribution::Kind::constant;
}

namespace {

using Ended = Walk::Ended;

// All that the lanes have to do; `told` are the requests that `go_on` was told of.
Ended walk_all(DayLanes& lanes, const DayLoop& loop, const Clients& clients, const Patience& patience,
               const std::function<bool(std::uint64_t)>& go_on, std::uint64_t& told) {
  Counts& counts = counts_of(lanes);
  const bool chains = lanes.free == nullptr;
  const std::uint64_t requests = clients.requests, steps = requests + (chains ? 1 : 0);
  const std::uint64_t all = static_cast<std::uint64_t>(lanes.left) * steps;
  while (lanes.walked < all) {
    const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(day_block, all - lanes.walked));
    (chains ? loop.advance_chains : loop.advance)(lanes, now);
    if (anybody_loses_patience(lanes, patience, counts.asked) || (lanes.tied && requests > 1))
      return Ended::left_to_events;
    if (lanes.walked == now)
      for (std::size_t lane = 0; lane < counts.lanes; ++lane) counts.of_lane[lane].first_arrival = lanes.at[lane];
    const std::uint64_t before = std::exchange(told, lanes.walked * requests / steps * counts.asked);
    if (!go_on(told - before)) return Ended::stopped;
  }
  return Ended::complete;
}

// Connections of a pool that always suffices are taken when the thread is.
std::vector<DayCount> finished(DayLanes& lanes, const Clients& clients, const Facility& facility) {
  Counts& counts = counts_of(lanes);
  const auto come = static_cast<std::uint64_t>(std::floor(clients.arrivals.clients));
  for (std::size_t lane = 0; lane < counts.asked; ++lane) {
    finish(lanes, lane, come, come * clients.requests);
    if (facility.pool > 0) counts.of_lane[lane].connected = counts.of_lane[lane].started;
  }
  counts.of_lane[0].bins_of_steps = std::move(counts.step_bins);
  counts.of_lane.erase(counts.of_lane.begin() + static_cast<std::ptrdiff_t>(counts.asked), counts.of_lane.end());
  return std::move(counts.of_lane);
}

}  // namespace

Walk walk_lanes(const Clients& clients, const ArrivalCurve& curve, const Facility& facility, const Patience& patience,
                const DayRun& run, std::size_t first, std::size_t count,
                const std::function<bool(std::uint64_t)>& go_on) {
  const DayLoop& loop = day_loop(run.instructions);
  const bool chains = is_chain(clients, facility);
  DayLanes lanes{};
  lanes.arrivals = drawing_of(curve), lanes.time = drawing_of(clients.time);
  lanes.threads = facility.threads, lanes.cores = facility.cores;
  lanes.core_share = clients.core_share, lanes.pause = clients.pause.mean, lanes.requests = clients.requests;
  const LaneMemory memory([&](const auto& take) { for_each_array(lanes, loop.lanes, chains, take); });
  Counts counts{std::vector<DayCount>(loop.lanes, DayCount(run.step)), {}, {}, {}, loop.lanes, count};
  lanes.counts = &counts, lanes.cross = cross, lanes.lengthen = chains ? lengthen_chains : lengthen;
  lanes.lengthen(lanes);
  begin(lanes, loop, run, first, std::floor(curve.arrivals.clients));

  Walk walk;
  walk.ended = walk_all(lanes, loop, clients, patience, go_on, walk.told);
  if (walk.ended == Ended::complete) walk.counts = finished(lanes, clients, facility);
  return walk;
}

}  // namespace sizing
