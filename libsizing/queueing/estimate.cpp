#include "libsizing/queueing/estimate.h"

#include <cmath>
#include <limits>

#include "libsizing/base/student.h"

namespace sizing {

namespace {

constexpr double confidence = 0.95;

struct Spread {
  double mean = 0, squares = 0;  // of distances from the mean
};

Spread spread_of(std::span<const double> values) {
  Spread spread;
  for (const double value : values) spread.mean += value;
  spread.mean /= static_cast<double>(values.size());
  for (const double value : values) spread.squares += (value - spread.mean) * (value - spread.mean);
  return spread;
}

}  // namespace

Estimate estimate(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const Spread spread = spread_of(values);
  if (values.size() < 2) return {spread.mean, std::numeric_limits<double>::quiet_NaN()};
  return {spread.mean, t_within(confidence, n - 1) * std::sqrt(spread.squares / (n - 1) / n)};
}

Estimate jackknife(double value, std::span<const double> without_one) {
  const auto n = static_cast<double>(without_one.size());
  if (without_one.size() < 2) return {value, std::numeric_limits<double>::quiet_NaN()};
  return {value, t_within(confidence, n - 1) * std::sqrt(spread_of(without_one).squares * (n - 1) / n)};
}

}  // namespace sizing
