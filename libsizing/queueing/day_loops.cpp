// Compiled once for each instruction set, with SIZING_DAY naming the loop: see fcfs_loops.cpp for what that forbids.
#include "libsizing/queueing/day_loops.h"

#include "libsizing/queueing/arrival_draws.h"

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
  Doubles drawn[drawn_rows];
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

}  // namespace

const DayLoop SIZING_DAY = {start, draw_all, arrive};

}  // namespace sizing
