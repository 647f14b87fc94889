// Compiled once for each instruction set, with SIZING_DAY naming the loop: see fcfs_loops.cpp for what that forbids.
#include "libsizing/queueing/day_loops.h"

#include "libsizing/queueing/arrival_draws.h"
#include "libsizing/queueing/heap_of_fours.h"
#include "libsizing/queueing/servers_in_lanes.h"

namespace sizing {

extern const DayLoop SIZING_DAY;

namespace {

constexpr std::size_t groups = generators / lanes, drawn_rows = numbers_drawn / generators;

Stream* streams_of(DayStream& stream) { return reinterpret_cast<Stream*>(stream.state); }

void start(DayStream& stream, std::uint64_t seed, std::uint64_t replication, std::uint64_t purpose) {
  for (std::size_t g = 0; g < groups; ++g)
    streams_of(stream)[g] = stream_of(seed, replication * generators + g * lanes, purpose);
}

void draw_all(const Drawing& drawing, DayStream& stream, double* times) {
  Doubles drawn[drawn_rows] = {};
  for (std::size_t g = 0; g < groups; ++g) {
    draw(drawing, drawn, drawn_rows, streams_of(stream)[g]);
    for (std::size_t row = 0; row < drawn_rows; ++row)
      *reinterpret_cast<Doubles*>(times + row * generators + g * lanes) = drawn[row];
  }
}

void arrive(const ArrivalDrawing& drawing, Coming& coming, DayStream& stream, double* times) {
  draw_all({.kind = Distribution::Kind::exponential, .mean = 1}, stream, times);
  for (std::size_t i = 0; i < numbers_drawn; ++i) {
    if (coming.left > 0) coming.hazard += times[i] / coming.left;
    times[i] = coming.hazard;
    coming.left -= 1;
  }
  for (std::size_t i = 0; i < numbers_drawn; i += lanes) {
    Doubles* const row = reinterpret_cast<Doubles*>(times + i);
    *row = time_of(drawing, *row);
  }
  const double left_over = -coming.left;
  for (std::size_t i = numbers_drawn; i > 0 && static_cast<double>(numbers_drawn - i) < left_over; --i)
    times[i - 1] = __builtin_inf();
}

// From here on a replication in every lane.

SIZING_LANES Doubles* rows(double* numbers) { return reinterpret_cast<Doubles*>(numbers); }

void start_lanes(DayLanes& state, std::uint64_t seed, std::uint64_t first, std::uint64_t purpose, std::size_t stream) {
  Stream* const streams = reinterpret_cast<Stream*>(state.streams) + stream * generators;
  for (std::size_t g = 0; g < generators; ++g)
    streams[g] = stream_of(seed, first * generators + g, purpose, generators);
}

void draw_rows(const Drawing& drawing, DayLanes& state, std::size_t stream, double* times) {
  if (drawing.kind == Distribution::Kind::constant && state.walked > 0) return;  // it stands there
  Stream* const streams = reinterpret_cast<Stream*>(state.streams) + stream * generators;
  Doubles drawn[day_block / generators] = {};
  for (std::size_t g = 0; g < generators; ++g) {
    draw(drawing, drawn, day_block / generators, streams[g]);
    for (std::size_t row = 0; row < day_block / generators; ++row) rows(times)[row * generators + g] = drawn[row];
  }
}

void arrive_rows(DayLanes& state, std::size_t requests) {
  draw_rows({.kind = Distribution::Kind::exponential, .mean = 1}, state, 0, state.at);
  Doubles* const at = rows(state.at);
  Doubles hazard = *rows(state.hazard);
  for (std::size_t i = 0; i < requests; ++i) {
    hazard += at[i] / state.left;
    state.left -= 1;
    at[i] = time_of(state.arrivals, hazard);
  }
  *rows(state.hazard) = hazard;
}

void walk_sorted(DayLanes& state, std::size_t requests) {
  const Doubles *const at = rows(state.at), *const times = rows(state.times);
  Doubles *const start = rows(state.start), *const gone = rows(state.gone), *const free = rows(state.free);
  for (std::size_t i = 0; i < requests; ++i) {
    gone[i] = free[0];
    start[i] = larger(at[i], free[0]);
    replace_first(free, state.threads, start[i] + times[i]);
  }
}

void walk_heap(DayLanes& state, std::size_t requests, std::size_t lane) {
  double* const heap = state.free + lane;
  for (std::size_t i = lane; i < requests * lanes; i += lanes) {
    state.gone[i] = heap[0];
    state.start[i] = state.at[i] > heap[0] ? state.at[i] : heap[0];
    replace_least(heap, state.threads, lanes, state.start[i] + state.times[i]);
  }
}

void walk(DayLanes& state, std::size_t requests) {
  if (state.threads < servers_of_a_heap) return walk_sorted(state, requests);
  for (std::size_t lane = 0; lane < lanes; ++lane) walk_heap(state, requests, lane);
}

SIZING_LANES void cross(DayLanes& state, FlowLanes& flow, Doubles at) {
  const Integers crossed = at >= *rows(flow.next);
  if (!any(crossed)) return;
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (crossed[lane]) state.cross(state, flow, lane, at[lane]);
}

SIZING_LANES void pass(DayLanes& state, FlowLanes& flow, Doubles at) {
  cross(state, flow, at);
  *rows(flow.count) += 1.0;
  *rows(flow.before_end) += larger(*rows(flow.end) - at, in_all(0));
}

SIZING_LANES Integers step_bin_of(Doubles wait) {
  constexpr std::int64_t below = static_cast<std::int64_t>(1023 + lowest_step_doubling) * step_bins_per_doubling;
  const Doubles inside = smaller(larger(wait, in_all(0x1p-10)), in_all(0x1.fp21));
  return (signed_of(bits_of(inside)) >> (52 - 3)) - below;
}

// One more in the line of a lane, after those have left that start by now.
void wait_in_line(DayLanes& state, std::size_t lane, std::uint64_t number, double at, double start) {
  std::uint64_t first = static_cast<std::uint64_t>(state.head[lane]);
  while (first < number && state.line[(first & (state.line_length - 1)) * lanes + lane] <= at) ++first;
  if (number - first == state.line_length) {
    state.head[lane] = static_cast<std::int64_t>(first);
    state.lengthen(state);
  }
  state.line[(number & (state.line_length - 1)) * lanes + lane] = start;
  state.head[lane] = static_cast<std::int64_t>(first);
  const double waiting = static_cast<double>(number + 1 - first);
  if (waiting > state.most_waiting[lane]) state.most_waiting[lane] = waiting, state.most_waiting_at[lane] = at;
}

void count_waits(DayLanes& state, std::uint64_t number, Doubles at, Doubles start) {
  const Doubles wait = start - at, last = at + wait;
  const Integers waits = wait > 0.0, bin = bin_of(wait), step_bin = step_bin_of(wait);
  *rows(state.first_wait) = (waits & (*rows(state.waited) == 0.0)) ? at : *rows(state.first_wait);
  *rows(state.last_wait) = (waits & (last > *rows(state.last_wait))) ? last : *rows(state.last_wait);
  *rows(state.waited) += waits ? in_all(1) : in_all(0);
  *rows(state.step_waited) += waits ? in_all(1) : in_all(0);
  *rows(state.waiting) += wait;
  *rows(state.step_waiting) += wait;
  *rows(state.largest) = larger(wait, *rows(state.largest));
  *rows(state.step_largest) = larger(wait, *rows(state.step_largest));
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!waits[lane]) continue;
    ++state.bins[static_cast<std::size_t>(bin[lane]) * lanes + lane];
    ++state.step_bins[static_cast<std::size_t>(step_bin[lane]) * lanes + lane];
    wait_in_line(state, lane, number, at[lane], start[lane]);
  }
}

void count_requests(DayLanes& state, std::size_t requests) {
  for (std::size_t i = 0; i < requests; ++i) {
    const Doubles at = rows(state.at)[i], start = rows(state.start)[i];
    pass(state, state.came, at);
    pass(state, state.started, start);
    const Integers waits = start > at;
    Integers& head = *reinterpret_cast<Integers*>(state.head);
    head = waits ? head : Integers{} + static_cast<std::int64_t>(state.walked + i + 1);
    if (any(waits)) count_waits(state, state.walked + i, at, start);
  }
}

void count_answers(DayLanes& state, std::size_t requests) {
  Doubles response = *rows(state.response), largest = *rows(state.largest_response), last = *rows(state.last_answer),
          busy = *rows(state.thread_time);
  for (std::size_t i = 0; i < requests; ++i) {
    const Doubles start = rows(state.start)[i], end = start + rows(state.times)[i], time = end - rows(state.at)[i];
    busy += end - start;
    response += time;
    largest = larger(time, largest);
    last = larger(end, last);
    const Integers bin = bin_of(time);
    for (std::size_t lane = 0; lane < lanes; ++lane)
      ++state.response_bins[static_cast<std::size_t>(bin[lane]) * lanes + lane];
    if (state.walked + i >= state.threads) pass(state, state.ended, rows(state.gone)[i]);  // the first ends nothing
  }
  *rows(state.response) = response, *rows(state.largest_response) = largest, *rows(state.last_answer) = last;
  *rows(state.thread_time) = busy;
}

void advance(DayLanes& state, std::size_t requests) {
  arrive_rows(state, requests);
  draw_rows(state.time, state, 1, state.times);
  walk(state, requests);
  count_requests(state, requests);
  count_answers(state, requests);
  state.walked += requests;
}

}  // namespace

const DayLoop SIZING_DAY = {lanes, start_lanes, advance, start, draw_all, arrive};

}  // namespace sizing
