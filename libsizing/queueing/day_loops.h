// Random numbers of a day, a block at a time, by loops that are compiled for each instruction set: the same bits from
// each.
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

struct DayLoop {
  void (*start)(DayStream& stream, std::uint64_t seed, std::uint64_t replication, std::uint64_t purpose);
  /// The next numbers_drawn times; `times` begins at a cache line.
  void (*draw)(const Drawing& drawing, DayStream& stream, double* times);
  /// When the next numbers_drawn clients come; for ever later where fewer are left.
  void (*arrive)(const ArrivalDrawing& drawing, Coming& coming, DayStream& stream, double* times);
};
const DayLoop& day_loop(InstructionSet set);

}  // namespace sizing
