// The shapes of arrivals that laws are tried on.
#pragma once

#include <vector>

#include "libsizing/queueing/arrivals.h"

namespace sizing {

inline std::vector<Arrivals> some_arrivals(double clients, double start, double window) {
  using Kind = ArrivalShape::Kind;
  const auto of = [&](const ArrivalShape& shape) { return Arrivals{clients, start, window, shape}; };
  return {of({Kind::at_once, 0.5, {}}),
          of({Kind::uniform, 0.5, {}}),
          of({Kind::triangular, 0.5, {}}),
          of({Kind::triangular, 0, {}}),
          of({Kind::triangular, 1, {}}),
          of({Kind::triangular, 0.2, {}}),
          of({Kind::normal, 0.5, {}}),
          of({Kind::histogram, 0.5, {1}}),
          of({Kind::histogram, 0.5, {5, 0, 0, 100, 3, 0.25, 0}})};
}

}  // namespace sizing
