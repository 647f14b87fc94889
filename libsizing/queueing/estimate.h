// A figure with its confidence interval, from independent replications (A. M. Law, Simulation Modeling and Analysis,
// 2015, section 9.4.2).
#pragma once

#include <span>

namespace sizing {

struct Estimate {
  double value = 0, half_width = 0;  // of the 95 % interval by Student's t; NaN where there is one replication
};

/// Of one value a replication; there is at least one.
Estimate estimate(std::span<const double> values);

}  // namespace sizing
