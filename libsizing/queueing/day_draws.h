// Random numbers for one replication of a day, one by one out of blocks that the loops of day_loops.h draw.
#pragma once

#include <cmath>

#include "libsizing/queueing/day_loops.h"

namespace sizing {

// What a stream is for; those of fcfs.h are 0 and 1.
enum class Purpose : std::uint64_t { arrivals = 16, time, pause, retry };

/// Of a replication, and of the class of its clients.
struct StreamOf {
  const DayLoop& loop;
  std::uint64_t seed, replication, clients;

  DayStream operator()(Purpose purpose) const {
    constexpr std::uint64_t purposes_of_a_class = 16;
    DayStream stream;
    loop.start(stream, seed, replication, static_cast<std::uint64_t>(purpose) + purposes_of_a_class * clients);
    return stream;
  }
};

class Times {
 public:
  Times(const Distribution& distribution, const StreamOf& of, Purpose purpose)
      : drawing_(drawing_of(distribution)), loop_(&of.loop), stream_(of(purpose)) {}

  bool constant() const { return drawing_.kind == Distribution::Kind::constant; }
  double mean() const { return drawing_.mean; }
  double next() {
    if (constant()) return drawing_.mean;
    if (taken_ == numbers_drawn) {
      loop_->draw(drawing_, stream_, block_);
      taken_ = 0;
    }
    return block_[taken_++];
  }

 private:
  Drawing drawing_;
  const DayLoop* loop_;
  DayStream stream_;
  alignas(64) double block_[numbers_drawn];
  std::size_t taken_ = numbers_drawn;
};

class SortedArrivals {
 public:
  SortedArrivals(const ArrivalCurve& curve, const StreamOf& of)
      : drawing_(drawing_of(curve)),
        loop_(&of.loop),
        coming_{std::floor(curve.arrivals.clients)},
        stream_(of(Purpose::arrivals)) {
    draw();
  }

  /// Of the next client; infinite where all have come.
  double first() const { return block_[taken_]; }
  void pop() {
    if (++taken_ == numbers_drawn) draw();
  }

 private:
  void draw() {
    loop_->arrive(drawing_, coming_, stream_, block_);
    taken_ = 0;
  }
  ArrivalDrawing drawing_;
  const DayLoop* loop_;
  Coming coming_;
  DayStream stream_;
  alignas(64) double block_[numbers_drawn];
  std::size_t taken_ = 0;
};

}  // namespace sizing
