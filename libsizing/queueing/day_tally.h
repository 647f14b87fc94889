// What a day in lanes counts of a block of steps, by rows of a number for each lane; see day_loops.h. A step may be no
// request, of which nothing is counted. Everything is in an unnamed namespace, as in lanes.h.
#pragma once

#include "libsizing/queueing/day_loops.h"
#include "libsizing/queueing/servers_in_lanes.h"

namespace sizing {
namespace {

SIZING_LANES Doubles* rows(double* numbers) { return reinterpret_cast<Doubles*>(numbers); }
SIZING_LANES Integers* places(std::int64_t* numbers) { return reinterpret_cast<Integers*>(numbers); }

// A flow while it is counted.
struct Passing {
  Doubles count, before_end, end, next;
};

SIZING_LANES Passing passing_of(const FlowLanes& flow) {
  return {*rows(flow.count), *rows(flow.before_end), *rows(flow.end), *rows(flow.next)};
}

SIZING_LANES void keep(const FlowLanes& flow, const Passing& passing) {
  *rows(flow.count) = passing.count, *rows(flow.before_end) = passing.before_end;
}

void cross(DayLanes& state, FlowLanes& flow, Passing& passing, Doubles at, Integers crossed) {
  keep(flow, passing);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (crossed[lane]) state.cross(state, flow, lane, at[lane]);
  passing = passing_of(flow);
}

SIZING_LANES void pass(Passing& passing, Doubles at, Integers counted) {
  passing.count += counted ? in_all(1) : in_all(0);
  passing.before_end += counted ? larger(passing.end - at, in_all(0)) : in_all(0);
}

// `counted(i)`: which of the lanes.
template <class Counted>
SIZING_LANES void pass_all(DayLanes& state, FlowLanes& flow, double* times, std::size_t steps, const Counted& counted) {
  Passing passing = passing_of(flow);
  for (std::size_t i = 0; i < steps; ++i) {
    const Doubles at = rows(times)[i];
    const Integers now = counted(i), crossed = now & (at >= passing.next);
    if (any(crossed)) cross(state, flow, passing, at, crossed);
    pass(passing, at, now);
  }
  keep(flow, passing);
}

SIZING_LANES Integers step_bin_of(Doubles wait) {
  constexpr std::int64_t below = static_cast<std::int64_t>(1023 + lowest_step_doubling) * step_bins_per_doubling;
  const Doubles inside = smaller(larger(wait, in_all(0x1p-10)), in_all(0x1.fp21));
  return (signed_of(bits_of(inside)) >> (52 - 3)) - below;
}

// Where a lane counts it, or in the gap behind its bins what is not to be counted.
SIZING_LANES Integers place_in_bins(std::size_t bins, std::size_t apart, Integers bin, Integers counted) {
  const Integers gap_of_lane = Integers{} + static_cast<std::int64_t>(bins);
  return (counted ? bin : gap_of_lane) + numbers_of_lanes() * static_cast<std::int64_t>(apart);
}

// After a block of places has been written, so that no load waits for a store of a vector that it is a part of.
void add_to_bins(std::uint32_t* bins, const std::int64_t* places, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) ++bins[places[i]];
}

SIZING_LANES Integers comes(const DayLanes& state, std::size_t i) { return rows(state.times)[i] >= 0.0; }

SIZING_LANES Doubles wait_of(const DayLanes& state, std::size_t i) {
  const Doubles at = rows(state.at)[i], start = rows(state.start)[i], core = rows(state.core)[i];
  return (start - at) + (core - start);
}

// Those who do not wait are in the first bin.
void count_waits(DayLanes& state, std::size_t steps) {
  Doubles waited = *rows(state.waited), waiting = *rows(state.waiting), largest = *rows(state.largest),
          first = *rows(state.first_wait), last = *rows(state.last_wait);
  for (std::size_t i = 0; i < steps; ++i) {
    const Doubles at = rows(state.at)[i], wait = wait_of(state, i), over = at + wait;
    const Integers waits = wait > 0.0;
    first = (waits & (waited == 0.0)) ? at : first;
    last = (waits & (over > last)) ? over : last;
    waited += waits ? in_all(1) : in_all(0);
    waiting += wait;
    largest = larger(wait, largest);
    places(state.places)[i] = place_in_bins(time_bins, bins_apart, bin_of(wait), comes(state, i));
  }
  *rows(state.waited) = waited, *rows(state.waiting) = waiting, *rows(state.largest) = largest;
  *rows(state.first_wait) = first, *rows(state.last_wait) = last;
  add_to_bins(state.bins, state.places, steps * lanes);
}

// The places of bins are those of the step until another one begins.
void count_steps(DayLanes& state, std::size_t steps) {
  Passing passing = passing_of(state.came);
  std::size_t added = 0;
  for (std::size_t i = 0; i < steps; ++i) {
    const Doubles at = rows(state.at)[i], wait = wait_of(state, i);
    const Integers now = comes(state, i), crossed = now & (at >= passing.next);
    if (any(crossed)) {
      add_to_bins(state.step_bins, state.places + added * lanes, (i - added) * lanes);
      added = i;
      cross(state, state.came, passing, at, crossed);
    }
    pass(passing, at, now);
    *rows(state.step_arrivals) += rows(state.news)[i];
    *rows(state.step_waited) += wait > 0.0 ? in_all(1) : in_all(0);
    *rows(state.step_waiting) += wait;
    *rows(state.step_largest) = larger(wait, *rows(state.step_largest));
    places(state.places)[i] = place_in_bins(step_bins, step_bins_apart, step_bin_of(wait), now);
  }
  keep(state.came, passing);
  add_to_bins(state.step_bins, state.places + added * lanes, (steps - added) * lanes);
}

void count_answers(DayLanes& state, std::size_t steps) {
  Doubles response = *rows(state.response), largest = *rows(state.largest_response), last = *rows(state.last_answer),
          busy = *rows(state.thread_time);
  for (std::size_t i = 0; i < steps; ++i) {
    const Doubles at = rows(state.at)[i], start = rows(state.start)[i];
    const Integers now = comes(state, i);
    const Doubles end = now ? rows(state.core)[i] + rows(state.times)[i] : start, time = now ? end - at : in_all(0);
    busy += end - start;
    response += time;
    largest = larger(time, largest);
    last = (now & (end > last)) ? end : last;
    places(state.places)[i] = place_in_bins(time_bins, bins_apart, bin_of(time), now);
  }
  *rows(state.response) = response, *rows(state.largest_response) = largest, *rows(state.last_answer) = last;
  *rows(state.thread_time) = busy;
  add_to_bins(state.response_bins, state.places, steps * lanes);
}

SIZING_LANES Doubles on_core(const DayLanes& state, std::size_t i) { return rows(state.times)[i] * state.core_share; }

void count_cores(DayLanes& state, std::size_t steps) {
  for (std::size_t i = 0; i < steps; ++i) {
    const Doubles core = rows(state.core)[i], time = on_core(state, i);
    *rows(state.core_time) += time > 0.0 ? core + time - core : in_all(0);
  }
  pass_all(state, state.to_core, state.core, steps, [&](std::size_t i) { return on_core(state, i) > 0.0; });
  pass_all(state, state.from_core, state.off_core, steps,
           [&](std::size_t i) { return rows(state.off_core)[i] > -__builtin_inf(); });
}

void count(DayLanes& state, std::size_t steps) {
  count_steps(state, steps);
  count_waits(state, steps);
  count_answers(state, steps);
  pass_all(state, state.started, state.start, steps, [&](std::size_t i) { return comes(state, i); });
  pass_all(state, state.ended, state.gone, steps,
           [&](std::size_t i) { return rows(state.gone)[i] > -__builtin_inf(); });
  if (state.cores > 0) count_cores(state, steps);
  state.walked += steps;
}

}  // namespace
}  // namespace sizing
