// The loops of a day that are compiled for each instruction set, with the same bits from each: random numbers, a block
// at a time; and all of a day whose clients each have one request that waits for a thread alone, a replication in every
// lane (day_lanes.cpp), with the same bits as the events of day.cpp give.
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

/// The replications that run side by side. Arrays are rows of a number for each lane, from a cache line on.
struct DayLanes {
  ArrivalDrawing arrivals;
  Drawing time;
  std::size_t threads = 1;
  std::uint64_t walked = 0;           // requests of each lane
  double left = 0;                    // that are to come
  std::uint64_t* streams;             // a row for each generator of two streams
  double *hazard, *free;              // free: a row a thread, sorted or a heap, as in fcfs.h
  double *at, *times, *start, *gone;  // of the block; gone: the end before on the same thread
  FlowLanes came, started, ended;
  double *step_waited, *step_waiting, *step_largest;  // of the step of `came`
  double *waited, *waiting, *largest, *first_wait, *last_wait;
  double *thread_time, *response, *largest_response, *last_answer;
  double *most_waiting, *most_waiting_at;
  std::uint32_t *bins, *response_bins, *step_bins;  // a row a bin
  std::int64_t* head;                               // the first that waits, of all requests of the lane
  double* line;                                     // when those who wait start, a row for each number of a request
  std::size_t line_length = 0;                      // rows: a power of two
  void* counts;
  void (*cross)(DayLanes& lanes, FlowLanes& flow, std::size_t lane, double at);  // to the step of `at`
  void (*lengthen)(DayLanes& lanes);                                             // the line
};

inline constexpr std::size_t day_block = 64;  // requests of each lane

struct DayLoop {
  std::size_t lanes;
  void (*start_lanes)(DayLanes& lanes, std::uint64_t seed, std::uint64_t first_replication, std::uint64_t purpose,
                      std::size_t stream);
  /// The next requests, at most day_block.
  void (*advance)(DayLanes& lanes, std::size_t requests);
  void (*start)(DayStream& stream, std::uint64_t seed, std::uint64_t replication, std::uint64_t purpose);
  /// The next numbers_drawn times; `times` begins at a cache line.
  void (*draw)(const Drawing& drawing, DayStream& stream, double* times);
  /// When the next numbers_drawn clients come; for ever later where fewer are left.
  void (*arrive)(const ArrivalDrawing& drawing, Coming& coming, DayStream& stream, double* times);
};
const DayLoop& day_loop(InstructionSet set);

}  // namespace sizing
