// The loops of a day that are compiled for each instruction set, with the same bits from each: random numbers, a block
// at a time; and all of a day with one kind of clients, a replication in every lane (day_lanes.cpp), with the same bits
// as the events of day.cpp give.
//
// A stream of a replication is eight generators in turn, so that the widest vectors are filled by one replication, and
// narrower ones give the same numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "libsizing/base/instruction_set.h"
#include "libsizing/queueing/arrivals.h"
#include "libsizing/queueing/fcfs.h"

namespace sizing {

inline constexpr std::size_t generators = 8;       // of a stream
inline constexpr std::size_t numbers_drawn = 128;  // in a block

/// Begins at a cache line.
struct DayStream {
  alignas(64) std::uint64_t state[4 * generators];
};

/// What drawing needs of a curve that outlives it.
struct ArrivalDrawing {
  ArrivalShape::Kind kind = ArrivalShape::Kind::at_once;
  double start = 0, window = 0, peak = 0;
  const double* before = nullptr;  // of a histogram: one more than its steps
  std::size_t steps = 0;
};
ArrivalDrawing drawing_of(const ArrivalCurve& curve);

/// Clients that are still to come, and how far they are: -log of the share that is left.
struct Coming {
  double left = 0, hazard = 0;
};

/// Times that come in order: those in the step of the day that a lane is in, as Flow counts them. A number a lane.
struct FlowLanes {
  double *count, *before_end, *end, *next;
};

/// What chains of requests need beside the rest: a lane takes its own next event at each step, so each has its own
/// place in its numbers and in its line, which lie side by side for a lane, and lane after lane.
///
/// Services that end are followed by a client who comes again, at last by none. Those whose thread another request has
/// taken are in the line, in the order of their ends; the others in sorted rows, for ever beyond the last of them.
struct ChainLanes {
  DayStream *arrival_streams, *time_streams;  // of each lane
  Coming* coming;
  double *arrivals, *times;                    // numbers_kept for each lane, in a ring, and a gap
  std::int64_t *arrivals_taken, *times_taken;  // of each lane, from the first on; and those drawn
  std::int64_t *arrivals_drawn, *times_drawn;
  double *ends, *left;                  // a row a thread and one more; requests that follow
  double *line_ends, *line_left;        // line_length for each lane, in a ring, and a gap
  std::size_t line_length = 0;          // a power of two
  std::int64_t *head, *tail, *waiting;  // waiting: the first whose end is still to come
  std::size_t rows = 0;                 // of `ends`, that are in use in any lane
};

/// The replications that run side by side. Arrays are rows of a number for each lane, from a cache line on.
struct DayLanes {
  ArrivalDrawing arrivals;
  Drawing time;
  std::size_t threads = 1, cores = 0;  // cores: 0: as many as are needed
  double core_share = 0, pause = 0, requests = 1;
  std::uint64_t walked = 0;           // steps of each lane
  double left = 0;                    // arrivals that are to come, in lanes that go in step
  std::uint64_t* streams;             // a row for each generator of two streams
  double *hazard, *free;              // free: a row a thread, sorted or a heap, as in fcfs.h
  double* core_free;                  // a row a core, sorted
  double *at, *times, *start, *core;  // of the block; a time below 0 is no request
  double *gone, *off_core;            // of the block: the end before on the same thread, and core; or -infinity
  double* news;                       // of the block: 1 where a client comes for the first time, or else 0
  FlowLanes came, started, ended, to_core, from_core;
  double *step_arrivals, *step_waited, *step_waiting, *step_largest;  // of the step of `came`
  double *waited, *waiting, *largest, *first_wait, *last_wait;
  double *thread_time, *core_time, *response, *largest_response, *last_answer;
  double *most_waiting, *most_waiting_at;
  std::int64_t* places;                 // in bins, of the block
  std::uint32_t *bins, *response_bins;  // time_bins for each lane, and a gap
  std::uint32_t* step_bins;             // step_bins for each lane, and a gap: of the step of `came`
  std::int64_t* head;                   // the first that waits, of all requests of the lane
  double* line;                         // when those who wait start, a row for each number of a request
  std::size_t line_length = 0;          // rows: a power of two
  ChainLanes chain;
  bool tied = false;  // two services of a chain end at the same time
  void* counts;
  void (*cross)(DayLanes& lanes, FlowLanes& flow, std::size_t lane, double at);  // to the step of `at`
  void (*lengthen)(DayLanes& lanes);                                             // the line
};

inline constexpr std::size_t day_block = 64;                    // steps of each lane
inline constexpr std::size_t numbers_kept = 2 * numbers_drawn;  // for each lane, and a gap

// Between what lanes have side by side, so that the same of all of them is not in one set of the first cache.
inline constexpr std::size_t bytes_of_gap = 5 * 64;
inline constexpr std::size_t gap = bytes_of_gap / sizeof(double);
inline constexpr std::size_t bins_apart = time_bins + bytes_of_gap / sizeof(std::uint32_t),
                             step_bins_apart = step_bins + bytes_of_gap / sizeof(std::uint32_t);

struct DayLoop {
  std::size_t lanes;
  void (*start_lanes)(DayLanes& lanes, std::uint64_t seed, std::uint64_t first_replication, std::uint64_t purpose,
                      std::size_t stream);
  /// The next requests, at most day_block, of clients who have one each.
  void (*advance)(DayLanes& lanes, std::size_t requests);
  /// The next requests of chains, and the ends of chains, together at most day_block.
  void (*advance_chains)(DayLanes& lanes, std::size_t steps);
  void (*start)(DayStream& stream, std::uint64_t seed, std::uint64_t replication, std::uint64_t purpose);
  /// The next numbers_drawn times; `times` begins at a cache line.
  void (*draw)(const Drawing& drawing, DayStream& stream, double* times);
  /// When the next numbers_drawn clients come; for ever later where fewer are left.
  void (*arrive)(const ArrivalDrawing& drawing, Coming& coming, DayStream& stream, double* times);
};
const DayLoop& day_loop(InstructionSet set);

}  // namespace sizing
