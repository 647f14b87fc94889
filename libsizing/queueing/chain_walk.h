// Clients with chains of requests, a replication in every lane: each step of a lane is its next request, of a client
// who comes or one who comes again, or the end of a chain; see ChainLanes of day_loops.h. Everything is in an unnamed
// namespace, as in lanes.h.
#pragma once

#include "libsizing/queueing/day_tally.h"

namespace sizing {
namespace {

SIZING_LANES Integers& whole(std::int64_t* numbers) { return *places(numbers); }

SIZING_LANES Integers kept_at(Integers number, std::size_t length) {
  const auto kept = static_cast<std::int64_t>(length);
  return (number & (kept - 1)) + numbers_of_lanes() * (kept + static_cast<std::int64_t>(gap));
}

// Places for all that a block may put into the line, and one that is never reached.
void make_room(DayLanes& state) {
  ChainLanes& c = state.chain;
  const auto room = static_cast<std::int64_t>(c.line_length) - static_cast<std::int64_t>(day_block) - 1;
  if (any(whole(c.tail) - whole(c.head) > room)) state.lengthen(state);
}

// Where the lanes are in their numbers and lines, in registers.
struct Now {
  Integers arrivals_taken, times_taken, head, tail, waiting;
};

// Whose turn it is: a client who comes again, from the line or from the first row, or one who comes.
struct Turn {
  Doubles at, left;  // requests of the client, this one included; 0: the end of a chain
  Integers from_line, from_row, comes, asks;
};

SIZING_LANES Turn next_turn(const DayLanes& state, Now& now) {
  const ChainLanes& c = state.chain;
  const Integers place = kept_at(now.head, c.line_length);
  const Doubles arrival = gathered(c.arrivals, kept_at(now.arrivals_taken, numbers_kept));
  const Doubles in_line = gathered(c.line_ends, place), left_in_line = gathered(c.line_left, place);
  const Integers is_in_line = in_line < __builtin_inf();
  const Doubles again = (is_in_line ? in_line : *rows(c.ends)) + state.pause;
  const Integers returns = again <= arrival;
  Turn turn;
  turn.at = returns ? again : arrival;
  turn.left = returns ? (is_in_line ? left_in_line : *rows(c.left)) : in_all(state.requests);
  turn.from_line = returns & is_in_line;
  turn.from_row = returns & ~is_in_line;
  turn.comes = ~returns;
  turn.asks = turn.left > 0.0;
  now.arrivals_taken -= turn.comes;
  return turn;
}

// Takes who leaves the line out, and puts the first row in; a place that is for ever later ends the line.
SIZING_LANES void move_line(const DayLanes& state, Now& now, const Turn& turn, Integers takes) {
  const ChainLanes& c = state.chain;
  now.head -= turn.from_line;
  if (!any(takes)) return;
  const Doubles end = takes ? *rows(c.ends) : in_all(__builtin_inf()), left = *rows(c.left);
  const Integers last = kept_at(now.tail, c.line_length), beyond = kept_at(now.tail - takes, c.line_length);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    c.line_ends[last[lane]] = end[lane];
    c.line_left[last[lane]] = left[lane];
    c.line_ends[beyond[lane]] = __builtin_inf();
  }
  now.tail -= takes;
}

// Who has to wait is the last of those whose thread is to become free; who pauses may be in the line before them.
SIZING_LANES void count_line(DayLanes& state, Now& now, Doubles at, Integers waits) {
  const Doubles most = *rows(state.most_waiting);
  if (!any(waits & (__builtin_convertvector(now.tail - now.head, Doubles) > most))) return;
  now.waiting = now.waiting > now.head ? now.waiting : now.head;
  for (;;) {
    const Integers place = kept_at(now.waiting, state.chain.line_length);
    const Integers over = waits & (gathered(state.chain.line_ends, place) <= at);
    if (!any(over)) break;
    now.waiting -= over;
  }
  const Doubles waiting = __builtin_convertvector(now.tail - now.waiting, Doubles);
  const Integers more = waits & (waiting > most);
  *rows(state.most_waiting) = more ? waiting : most;
  *rows(state.most_waiting_at) = more ? at : *rows(state.most_waiting_at);
}

// Sorted rows: puts `end` in its place, where it is not for ever later, and takes the first out of the lanes `drops`.
// Those that are equal have no order of their own.
SIZING_LANES void put_end(DayLanes& state, Doubles end, Doubles left, Integers drops) {
  ChainLanes& c = state.chain;
  Doubles *const ends = rows(c.ends), *const lefts = rows(c.left);
  Doubles before = in_all(-__builtin_inf()), left_before{}, here = ends[0], left_here = lefts[0];
  Integers before_it = before < 0.0, tied{};
  const std::size_t rows_now = c.rows < state.threads ? c.rows + 1 : c.rows;
  for (std::size_t k = 0; k < rows_now; ++k) {
    const Doubles next = ends[k + 1], left_next = lefts[k + 1];
    const Doubles other = drops ? next : here, left_other = drops ? left_next : left_here;
    const Integers still_before = other <= end;
    ends[k] = larger(before, smaller(other, end));
    lefts[k] = still_before ? left_other : (before_it ? left : left_before);
    tied |= other == end;
    before = other, left_before = left_other, before_it = still_before;
    here = next, left_here = left_next;
  }
  if (any(tied & (end < __builtin_inf()))) state.tied = true;
  c.rows = any(ends[rows_now - 1] < __builtin_inf()) ? rows_now : rows_now - 1;
}

// When each gets a core, of those that need one.
SIZING_LANES Doubles take_core(DayLanes& state, Doubles start, Doubles on_core, Doubles& off) {
  Doubles* const free = rows(state.core_free);
  const Doubles first = free[0];
  const Integers needs = on_core > 0.0;
  const Doubles core = needs ? larger(start, first) : start;
  off = needs ? first : in_all(-__builtin_inf());
  replace_first(free, state.cores, needs ? core + on_core : first);
  return core;
}

SIZING_LANES Doubles next_time(const ChainLanes& c, Now& now, Integers asks) {
  const Doubles time = gathered(c.times, kept_at(now.times_taken, numbers_kept));
  now.times_taken -= asks;
  return asks ? time : in_all(-1);
}

// Who comes while no thread is idle takes the one that is free first; and also where its service is over and its client
// pauses, so that rows are in use for those in service, not for those who pause.
SIZING_LANES void step(DayLanes& state, Now& now, std::size_t i) {
  ChainLanes& c = state.chain;
  const Turn turn = next_turn(state, now);
  const Doubles first = *rows(c.ends), none = in_all(-__builtin_inf());
  const Integers full = rows(c.ends)[state.threads - 1] < __builtin_inf(), over = first <= turn.at;
  const Integers takes = turn.asks & (full | over) & ~turn.from_row, drops = takes | turn.from_row,
                 waits = takes & (first > turn.at);
  move_line(state, now, turn, takes);
  count_line(state, now, turn.at, waits);
  const Doubles time = next_time(c, now, turn.asks), start = waits ? first : turn.at;
  Doubles core = start;
  if (state.cores > 0) core = take_core(state, start, time * state.core_share, rows(state.off_core)[i]);
  put_end(state, turn.asks ? core + time : in_all(__builtin_inf()), turn.left - 1.0, drops);
  rows(state.at)[i] = turn.at, rows(state.times)[i] = time, rows(state.start)[i] = start, rows(state.core)[i] = core;
  rows(state.gone)[i] = drops ? first : none;
  rows(state.news)[i] = turn.comes ? in_all(1) : in_all(0);
}

void walk_chains(DayLanes& state, std::size_t steps) {
  const ChainLanes& c = state.chain;
  Now now{whole(c.arrivals_taken), whole(c.times_taken), whole(c.head), whole(c.tail), whole(c.waiting)};
  for (std::size_t i = 0; i < steps; ++i) step(state, now, i);
  whole(c.arrivals_taken) = now.arrivals_taken, whole(c.times_taken) = now.times_taken;
  whole(c.head) = now.head, whole(c.tail) = now.tail, whole(c.waiting) = now.waiting;
}

}  // namespace
}  // namespace sizing
