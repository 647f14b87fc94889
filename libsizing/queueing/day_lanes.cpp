#include "libsizing/queueing/day_lanes.h"

#include <algorithm>
#include <cmath>

#include "libsizing/queueing/day_draws.h"
#include "libsizing/queueing/lane_memory.h"

namespace sizing {
namespace {

constexpr std::size_t line_at_first = 64;

void for_each_array(DayLanes& s, std::size_t width, const auto& take) {
  take(s.streams, 2 * generators * 4 * width);
  take(s.free, s.threads * width);
  for (double** block : {&s.at, &s.times, &s.start, &s.gone}) take(*block, day_block * width);
  for (FlowLanes* flow : {&s.came, &s.started, &s.ended})
    for (double** number : {&flow->count, &flow->before_end, &flow->end, &flow->next}) take(*number, width);
  for (double** sum : {&s.hazard, &s.step_waited, &s.step_waiting, &s.step_largest, &s.waited, &s.waiting, &s.largest,
                       &s.first_wait, &s.last_wait, &s.thread_time, &s.response, &s.largest_response, &s.last_answer,
                       &s.most_waiting, &s.most_waiting_at})
    take(*sum, width);
  take(s.bins, time_bins * width), take(s.response_bins, time_bins * width), take(s.step_bins, step_bins * width);
  take(s.head, width);
}

// What the lanes count into, and the line of those who wait.
struct Counts {
  std::vector<DayCount> of_lane;
  std::vector<double> line;
  std::size_t lanes;
};

Counts& counts_of(DayLanes& lanes) { return *static_cast<Counts*>(lanes.counts); }

Flow& flow_of(DayLanes& lanes, const FlowLanes& flow, DayCount& count) {
  return &flow == &lanes.came ? count.taken : &flow == &lanes.started ? count.started : count.ended;
}

void take_waits(DayLanes& lanes, std::size_t lane, DayCount& count, double at) {
  const std::size_t width = counts_of(lanes).lanes;
  const auto came = static_cast<std::uint64_t>(lanes.came.count[lane]);
  count.add_step({came, came, static_cast<std::uint64_t>(lanes.step_waited[lane]), lanes.step_waiting[lane],
                  lanes.step_largest[lane]},
                 lanes.step_bins + lane, width, at);
  if (lanes.step_waited[lane] > 0)
    for (std::size_t bin = 0; bin < step_bins; ++bin) lanes.step_bins[bin * width + lane] = 0;
  lanes.step_waited[lane] = lanes.step_waiting[lane] = lanes.step_largest[lane] = 0;
}

void cross(DayLanes& lanes, FlowLanes& flow, std::size_t lane, double at) {
  DayCount& count = counts_of(lanes).of_lane[lane];
  if (&flow == &lanes.came) take_waits(lanes, lane, count, at);
  const StepNow& now = flow_of(lanes, flow, count).add_step(flow.count[lane], flow.before_end[lane], at);
  flow.count[lane] = flow.before_end[lane] = 0;
  flow.end[lane] = now.end, flow.next[lane] = now.next;
}

// Those who wait are no more than the line has rows, so that each is in that of the remainder of its number.
void lengthen(DayLanes& lanes) {
  Counts& counts = counts_of(lanes);
  const std::size_t before = lanes.line_length, after = before == 0 ? line_at_first : 2 * before, width = counts.lanes;
  std::vector<double> longer(after * width);
  for (std::size_t lane = 0; lane < width; ++lane) {
    const auto head = static_cast<std::size_t>(lanes.head[lane]);
    for (std::size_t i = head; i < head + before; ++i)
      longer[(i & (after - 1)) * width + lane] = lanes.line[(i & (before - 1)) * width + lane];
  }
  counts.line.swap(longer);
  lanes.line = counts.line.data(), lanes.line_length = after;
}

// Services that have not been followed by another.
void end_services(const DayLanes& lanes, std::size_t lane, std::size_t width, DayCount& count) {
  std::vector<double> ends;
  for (std::size_t thread = 0; thread < lanes.threads; ++thread)
    if (const double end = lanes.free[thread * width + lane]; end > -never) ends.push_back(end);
  std::sort(ends.begin(), ends.end());
  for (const double end : ends) count.ended.add(end);
}

void finish(DayLanes& lanes, std::size_t lane) {
  const std::size_t width = counts_of(lanes).lanes;
  DayCount& count = counts_of(lanes).of_lane[lane];
  for (FlowLanes* flow : {&lanes.came, &lanes.started, &lanes.ended}) cross(lanes, *flow, lane, -never);
  end_services(lanes, lane, width, count);
  count.arrivals = count.requests = count.answered = count.sessions = lanes.walked;
  count.waited = static_cast<std::uint64_t>(lanes.waited[lane]);
  count.waiting = lanes.waiting[lane], count.largest = lanes.largest[lane];
  count.response = lanes.response[lane], count.largest_response = lanes.largest_response[lane];
  count.thread_time = lanes.thread_time[lane];
  count.first_wait = lanes.first_wait[lane], count.last_wait = lanes.last_wait[lane];
  count.last_answer = lanes.last_answer[lane];
  count.most_waiting = static_cast<std::size_t>(lanes.most_waiting[lane]);
  count.most_waiting_at = lanes.most_waiting_at[lane];
  for (std::size_t bin = 0; bin < time_bins; ++bin) {
    count.bins[bin] = lanes.bins[bin * width + lane];
    count.response_bins[bin] = lanes.response_bins[bin * width + lane];
  }
  count.finish();
}

}  // namespace

bool fits_lanes(const std::vector<Clients>& clients, const Facility& facility, const Patience& patience) {
  return clients.size() == 1 && clients[0].requests == 1 && facility.cores == 0 && facility.pool == 0 &&
         patience.backlog == Patience{}.backlog && std::isinf(patience.answer);
}

std::vector<DayCount> walk_lanes(const Clients& clients, const ArrivalCurve& curve, const Facility& facility,
                                 const DayRun& run, std::size_t first, std::size_t count,
                                 const std::function<bool(std::uint64_t)>& go_on) {
  const DayLoop& loop = day_loop(run.instructions);
  DayLanes lanes{};
  lanes.arrivals = drawing_of(curve);
  lanes.time = drawing_of(clients.time);
  lanes.threads = facility.threads;
  const LaneMemory memory([&](const auto& take) { for_each_array(lanes, loop.lanes, take); });
  Counts counts{std::vector<DayCount>(loop.lanes, DayCount(run.step)), {}, loop.lanes};
  lanes.counts = &counts, lanes.cross = cross, lanes.lengthen = lengthen;
  lengthen(lanes);
  std::fill_n(lanes.free, lanes.threads * loop.lanes, -never);
  for (FlowLanes* flow : {&lanes.came, &lanes.started, &lanes.ended})
    for (double** edge : {&flow->end, &flow->next}) std::fill_n(*edge, loop.lanes, run.step);
  std::size_t stream = 0;
  for (const Purpose purpose : {Purpose::arrivals, Purpose::time})
    loop.start_lanes(lanes, run.seed, first, static_cast<std::uint64_t>(purpose), stream++);
  lanes.left = std::floor(curve.arrivals.clients);
  for (double told = lanes.left; lanes.left > 0; told = lanes.left) {
    const auto now = static_cast<std::size_t>(std::min<double>(day_block, lanes.left));
    loop.advance(lanes, now);
    if (lanes.walked == now)
      for (std::size_t lane = 0; lane < loop.lanes; ++lane) counts.of_lane[lane].first_arrival = lanes.at[lane];
    if (!go_on(static_cast<std::uint64_t>(told - lanes.left) * count)) return {};
  }
  for (std::size_t lane = 0; lane < count; ++lane) finish(lanes, lane);
  counts.of_lane.resize(count, DayCount(run.step));
  return std::move(counts.of_lane);
}

}  // namespace sizing
