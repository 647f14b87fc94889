// Compiled once for each instruction set, with SIZING_FCFS naming the loop; see cmake/instruction_sets.cmake.
//
// Nothing here may call a shared inline function, as those of the standard library are: the linker keeps one form of it
// for all. Every function is in an unnamed namespace.
#include "libsizing/queueing/draws.h"
#include "libsizing/queueing/fcfs.h"
#include "libsizing/queueing/heap_of_fours.h"
#include "libsizing/queueing/servers_in_lanes.h"

namespace sizing {

extern const FcfsLoop SIZING_FCFS;

namespace {

SIZING_LANES Doubles* rows(double* numbers) { return reinterpret_cast<Doubles*>(numbers); }

void start(FcfsLanes& state, std::uint64_t seed, std::uint64_t first_replication) {
  Stream* const streams = reinterpret_cast<Stream*>(state.streams);
  for (std::uint64_t purpose = 0; purpose < 2; ++purpose)
    streams[purpose] = stream_of(seed, first_replication, purpose);
}

// One server: between two blocks, `free` is how long a customer would wait who came at the time of the last.
void walk_one(FcfsLanes& state, std::size_t customers) {
  const Doubles *const between = rows(state.between), *const serving = rows(state.serving);
  Doubles *const waits = rows(state.waits), wait = *rows(state.free);
  for (std::size_t i = 0; i < customers; ++i) {
    wait = larger(wait - between[i], in_all(0));
    waits[i] = wait;
    wait += serving[i];
  }
  *rows(state.free) = wait;
}

void walk_sorted(FcfsLanes& state, std::size_t customers) {
  const Doubles *const between = rows(state.between), *const serving = rows(state.serving);
  Doubles *const waits = rows(state.waits), *const free = rows(state.free), now{};
  const std::size_t servers = state.servers;
  for (std::size_t i = 0; i < customers; ++i) {
    now += between[i];
    const Doubles start = larger(now, free[0]);
    waits[i] = start - now;
    replace_first(free, servers, start + serving[i]);
  }
  for (std::size_t k = 0; k < servers; ++k) free[k] -= now;
}

void walk_heap(FcfsLanes& state, std::size_t customers, std::size_t lane) {
  double *const heap = state.free + lane, now = 0;
  for (std::size_t i = lane; i < customers * lanes; i += lanes) {
    now += state.between[i];
    const double start = now > heap[0] ? now : heap[0];
    state.waits[i] = start - now;
    replace_least(heap, state.servers, lanes, start + state.serving[i]);
  }
  for (std::size_t k = 0; k < state.servers; ++k) heap[k * lanes] -= now;
}

void walk(FcfsLanes& state, std::size_t customers) {
  if (state.servers == 1) return walk_one(state, customers);
  if (state.servers < servers_of_a_heap) return walk_sorted(state, customers);
  for (std::size_t lane = 0; lane < lanes; ++lane) walk_heap(state, customers, lane);
}

void count(FcfsLanes& state, std::size_t from, std::size_t to) {
  const Doubles *const between = rows(state.between), *const serving = rows(state.serving),
                       *const waits = rows(state.waits);
  Doubles waiting = *rows(state.waiting), waited = *rows(state.waited), largest = *rows(state.largest),
          served = *rows(state.served), elapsed = *rows(state.elapsed);
  std::uint32_t* const bins = state.bins;
  const double per_service = state.service.mean > 0 ? 1 / state.service.mean : 1;
  for (std::size_t i = from; i < to; ++i) {
    const Doubles wait = waits[i];
    waiting += wait;
    waited += wait > 0.0 ? in_all(1) : in_all(0);
    largest = larger(wait, largest);
    served += serving[i];
    elapsed += between[i];
    const Integers bin = bin_of(wait * per_service);
    for (std::size_t lane = 0; lane < lanes; ++lane) ++bins[static_cast<std::size_t>(bin[lane]) * lanes + lane];
  }
  *rows(state.waiting) = waiting, *rows(state.waited) = waited, *rows(state.largest) = largest;
  *rows(state.served) = served, *rows(state.elapsed) = elapsed;
}

void advance(FcfsLanes& state, std::size_t customers, std::size_t counted_from) {
  Stream* const streams = reinterpret_cast<Stream*>(state.streams);
  draw(state.between_arrivals, rows(state.between), customers, streams[0]);
  draw(state.service, rows(state.serving), customers, streams[1]);
  walk(state, customers);
  count(state, counted_from, customers);
}

}  // namespace

const FcfsLoop SIZING_FCFS = {lanes, start, advance};

}  // namespace sizing
