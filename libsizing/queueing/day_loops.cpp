// Compiled once for each instruction set, with SIZING_DAY naming the loop: see fcfs_loops.cpp for what that forbids.
#include "libsizing/queueing/day_loops.h"

#include "libsizing/queueing/arrival_draws.h"
#include "libsizing/queueing/chain_walk.h"
#include "libsizing/queueing/day_tally.h"
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
  Doubles left = coming.left - __builtin_convertvector(numbers_of_lanes(), Doubles);
  for (std::size_t i = 0; i < numbers_drawn; i += lanes, left -= static_cast<double>(lanes))
    *rows(times + i) = left > 0.0 ? *rows(times + i) / left : in_all(0);
  for (std::size_t i = 0; i < numbers_drawn; ++i) times[i] = coming.hazard += times[i];
  for (std::size_t i = 0; i < numbers_drawn && static_cast<double>(i) < coming.left; i += lanes)
    *rows(times + i) = time_of(drawing, *rows(times + i));
  coming.left -= static_cast<double>(numbers_drawn);
  const double left_over = -coming.left;
  for (std::size_t i = numbers_drawn; i > 0 && static_cast<double>(numbers_drawn - i) < left_over; --i)
    times[i - 1] = __builtin_inf();
}

// From here on a replication in every lane.

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

void count_lines(DayLanes& state, std::size_t requests) {
  for (std::size_t i = 0; i < requests; ++i)
    for (std::size_t lane = 0; lane < lanes; ++lane)
      if (const std::size_t at = i * lanes + lane; state.start[at] > state.at[at])
        wait_in_line(state, lane, state.walked + i, state.at[at], state.start[at]);
}

void advance(DayLanes& state, std::size_t requests) {
  arrive_rows(state, requests);
  draw_rows(state.time, state, 1, state.times);
  walk(state, requests);
  count_lines(state, requests);
  count(state, requests);
}

// A lane needs no more than a block of numbers, and one to look at.
bool runs_short(std::int64_t drawn, std::int64_t taken) {
  return drawn - taken <= static_cast<std::int64_t>(day_block);
}

double* next_numbers(double* numbers, std::size_t lane, std::int64_t& drawn) {
  double* const next = numbers + lane * (numbers_kept + gap) + static_cast<std::size_t>(drawn) % numbers_kept;
  drawn += static_cast<std::int64_t>(numbers_drawn);
  return next;
}

void draw_chains(DayLanes& state) {
  ChainLanes& c = state.chain;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (runs_short(c.arrivals_drawn[lane], c.arrivals_taken[lane]))
      arrive(state.arrivals, c.coming[lane], c.arrival_streams[lane],
             next_numbers(c.arrivals, lane, c.arrivals_drawn[lane]));
    if (runs_short(c.times_drawn[lane], c.times_taken[lane]))
      draw_all(state.time, c.time_streams[lane], next_numbers(c.times, lane, c.times_drawn[lane]));
  }
}

void advance_chains(DayLanes& state, std::size_t steps) {
  draw_chains(state);
  make_room(state);
  walk_chains(state, steps);
  count(state, steps);
}

}  // namespace

const DayLoop SIZING_DAY = {lanes, start_lanes, advance, advance_chains, start, draw_all, arrive};

}  // namespace sizing
