// A figure with its confidence interval, from independent replications (A. M. Law, Simulation Modeling and Analysis,
// 2015, section 9.4.2).
#pragma once

#include <span>
#include <vector>

namespace sizing {

struct Estimate {
  double value = 0, half_width = 0;  // of the 95 % interval by Student's t; NaN where there is one replication
};

/// Of one value a replication; there is at least one.
Estimate estimate(std::span<const double> values);

/// Of a percentile, which is known of all replications together, `value`, and of all but one group of them each: the
/// mean of what the replications have would be off where they are short. By the jackknife (J. Shao and D. Tu, The
/// Jackknife and Bootstrap, 1995, section 2.3); NaN where there is one group.
Estimate jackknife(double value, std::span<const double> without_one);

/// Of a figure of what each replication counted.
template <class Counted, class Figure>
Estimate estimate(const std::vector<Counted>& replications, const Figure& figure) {
  std::vector<double> values;
  for (const Counted& counted : replications) values.push_back(figure(counted));
  return estimate(values);
}

}  // namespace sizing
