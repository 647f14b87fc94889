// The times at which clients come, in order, without keeping them: of n that are left the next one to come is the least
// of n independent ones, so that the hazard -log(1 - F(t)) grows by an exponential step of mean 1 / n (A. Rényi, On the
// theory of order statistics, 1953); what is here is its inverse.
#pragma once

#include "libsizing/queueing/day_loops.h"
#include "libsizing/queueing/draws.h"

namespace sizing {
namespace {

SIZING_LANES double step_arrival(const ArrivalDrawing& a, double share) {
  const InPart in = part_of(a.before, a.steps, share);
  return (static_cast<double>(in.part) + in.position) / static_cast<double>(a.steps);
}

SIZING_LANES Doubles triangle_arrival(double peak, Doubles share) {
  return share <= peak ? square_root(share * peak) : 1.0 - square_root((1.0 - share) * (1 - peak));
}

SIZING_LANES Doubles bell_arrival(Doubles share) {
  constexpr double within = 0.99730020393673981095;  // of a bell, three deviations to both sides
  static_assert(deviations_in_window == 6);
  return normal_quantile(share * within + (1 - within) / 2) / deviations_in_window + 0.5;
}

// In windows, from 0 to 1.
SIZING_LANES Doubles arrival_in_window(const ArrivalDrawing& a, Doubles share) {
  switch (a.kind) {
    case ArrivalShape::Kind::at_once: return in_all(0);
    case ArrivalShape::Kind::uniform: return share;
    case ArrivalShape::Kind::triangular: return triangle_arrival(a.peak, share);
    case ArrivalShape::Kind::normal: return bell_arrival(share);
    case ArrivalShape::Kind::histogram:
      for (std::size_t lane = 0; lane < lanes; ++lane) share[lane] = step_arrival(a, share[lane]);
      return share;
  }
  return share;
}

SIZING_LANES Doubles time_of(const ArrivalDrawing& a, Doubles hazard) {
  const Doubles x = arrival_in_window(a, 1.0 - exponential_of(-hazard));
  return smaller(larger(x, in_all(0)), in_all(1)) * a.window + a.start;
}

}  // namespace
}  // namespace sizing
