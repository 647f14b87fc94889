#include "libsizing/queueing/estimate.h"

#include <cmath>
#include <limits>

#include "libsizing/base/student.h"

namespace sizing {

Estimate estimate(std::span<const double> values) {
  constexpr double confidence = 0.95;
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  if (values.size() < 2) return {mean, std::numeric_limits<double>::quiet_NaN()};
  return {mean, t_within(confidence, n - 1) * std::sqrt(squares / (n - 1) / n)};
}

}  // namespace sizing
