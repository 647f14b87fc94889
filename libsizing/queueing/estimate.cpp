#include "libsizing/queueing/estimate.h"

#include <cmath>
#include <limits>

#include "libsizing/base/student.h"

namespace sizing {

Estimate estimate_around(double value, std::span<const double> values) {
  constexpr double confidence = 0.95;
  const auto n = static_cast<double>(values.size());
  double squares = 0;
  for (const double each : values) squares += (each - value) * (each - value);
  if (values.size() < 2) return {value, std::numeric_limits<double>::quiet_NaN()};
  return {value, t_within(confidence, n - 1) * std::sqrt(squares / (n - 1) / n)};
}

Estimate estimate(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return estimate_around(sum / static_cast<double>(values.size()), values);
}

}  // namespace sizing
