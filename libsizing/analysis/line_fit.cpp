#include "libsizing/analysis/line_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <Eigen/Dense>

#include "libsizing/base/student.h"

namespace sizing {
namespace {

constexpr double most_magnitude = 1e150;  // squares stay finite
constexpr double huber_tuning = 1.345;
constexpr double normal_quartile = 0.6744897501960817;  // of the standard normal distribution
constexpr int most_rounds = 200;
constexpr double close_enough = 1e-12;  // of a round's change, on scaled numbers
constexpr double unknowns = 2;

using Vector = Eigen::VectorXd;

double mean(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double first = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double rest = 0;  // what rounding left out of the first sum
  for (const double value : values) rest += value - first;
  return first + rest / n;
}

// A column less its mean, over its largest distance from it.
struct Scaled {
  double mean = 0, unit = 1;
  Vector values;
};

Scaled scaled(std::span<const double> values) {
  Scaled s{mean(values), 1, Vector(static_cast<Eigen::Index>(values.size()))};
  for (std::size_t i = 0; i < values.size(); ++i) s.values[static_cast<Eigen::Index>(i)] = values[i] - s.mean;
  if (const double most = s.values.cwiseAbs().maxCoeff(); most > 0) s.unit = most;
  s.values /= s.unit;
  return s;
}

// Coefficients of 1 and u that bring v closest, each point with its weight.
Eigen::Vector2d weighted_line(const Vector& u, const Vector& v, const Vector& weights) {
  const Vector root = weights.cwiseSqrt();
  Eigen::MatrixX2d design(u.size(), 2);
  design.col(0) = root;
  design.col(1) = root.cwiseProduct(u);
  return design.colPivHouseholderQr().solve(root.cwiseProduct(v));
}

Vector residuals_of(const Vector& u, const Vector& v, const Eigen::Vector2d& c) {
  return v - Vector::Constant(v.size(), c[0]) - c[1] * u;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double robust_spread(const Vector& residuals) {
  std::vector<double> sizes;
  for (const double r : residuals) sizes.push_back(std::abs(r));
  return median_of(std::move(sizes)) / normal_quartile;
}

Vector huber_weights(const Vector& residuals, double spread) {
  return residuals.unaryExpr(
      [cut = huber_tuning * spread](double r) { return std::abs(r) <= cut ? 1.0 : cut / std::abs(r); });
}

// Huber's first formula for the variance that stands in place of that of the residuals.
double huber_variance(const Vector& residuals, double spread) {
  const double cut = huber_tuning * spread, n = static_cast<double>(residuals.size());
  double inside = 0, squares = 0;
  for (const double r : residuals) {
    if (std::abs(r) <= cut) inside += 1;
    squares += std::pow(std::min(std::abs(r), cut), 2);
  }
  const double share = inside / n;
  if (share == 0) return 0;
  const double correction = 1 + unknowns / n * (1 - share) / share;
  return std::pow(correction / share, 2) * squares / (n - unknowns);
}

// Whether nothing but rounding is left, of numbers as large as `size`.
bool all_rounding(const Vector& residuals, double size) {
  return residuals.cwiseAbs().maxCoeff() <= 16 * std::numeric_limits<double>::epsilon() * size;
}

// The line in the caller's units; what the method found in `found`, on scaled numbers.
struct Found {
  Eigen::Vector2d coefficients;
  double spread = 0, variance = 0;
  int rounds = 1;
  bool converged = true;
};

LineFit in_units(std::span<const double> x, const Scaled& u, const Scaled& v, Found found) {
  Vector residuals = residuals_of(u.values, v.values, found.coefficients);
  const double rise = std::abs(found.coefficients[1]) * (1 + std::abs(u.mean) / u.unit);
  if (all_rounding(residuals, 1 + std::abs(v.mean) / v.unit + rise)) {
    residuals.setZero();
    found.spread = found.variance = 0;
  }
  LineFit fit;
  const double n = static_cast<double>(x.size());
  fit.n = x.size();
  std::vector<double> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  fit.x_low = sorted.front(), fit.x_high = sorted.back();
  fit.distinct = static_cast<std::size_t>(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
  fit.x_mean = u.mean;
  fit.sxx = u.values.squaredNorm() * u.unit * u.unit;
  fit.slope = found.coefficients[1] * v.unit / u.unit;
  fit.level = v.mean + found.coefficients[0] * v.unit;
  fit.intercept = fit.level - fit.slope * fit.x_mean;
  const double cancelled = std::abs(fit.level) + std::abs(fit.slope * fit.x_mean);
  if (std::abs(fit.intercept) <= 16 * std::numeric_limits<double>::epsilon() * cancelled) fit.intercept = 0;
  fit.spread = found.spread * v.unit;
  fit.error_variance = found.variance * v.unit * v.unit;
  fit.slope_stderr = std::sqrt(fit.error_variance / fit.sxx);
  fit.intercept_stderr = std::sqrt(fit.error_variance * (1 / n + fit.x_mean * fit.x_mean / fit.sxx));
  const double total = v.values.squaredNorm();
  fit.r2 = total > 0 ? 1 - residuals.squaredNorm() / total : 1;
  for (const double r : residuals) fit.residuals.push_back(r * v.unit);
  fit.rounds = found.rounds;
  fit.converged = found.converged;
  return fit;
}

double error_at(const LineFit& fit, double x) {
  const double away = x - fit.x_mean;
  return fit.error_variance * (1 / static_cast<double>(fit.n) + away * away / fit.sxx);
}

Interval around(double middle, double error, const LineFit& fit, double confidence) {
  const double reach = t_within(confidence, static_cast<double>(fit.n) - unknowns) * error;
  return {middle - reach, middle + reach};
}

}  // namespace

std::string_view words(FitRefusal refusal) {
  constexpr std::array<std::string_view, 5> all = {"too few points", "no spread in x", "not finite", "too far",
                                                   "no line"};
  return all[static_cast<std::size_t>(refusal)];
}

std::optional<FitRefusal> line_refusal(std::span<const double> x, std::span<const double> y) {
  const auto usable = [](double v) { return std::abs(v) <= most_magnitude; };
  if (!std::all_of(x.begin(), x.end(), usable) || !std::all_of(y.begin(), y.end(), usable))
    return FitRefusal::not_finite;
  if (x.size() < least_points_of_line) return FitRefusal::too_few_points;
  const Scaled u = scaled(x);
  const bool seen = u.values.squaredNorm() > 0 && u.unit * u.unit >= std::numeric_limits<double>::min();
  return seen ? std::nullopt : std::optional(FitRefusal::no_spread);
}

LineFit least_squares_line(std::span<const double> x, std::span<const double> y) {
  const Scaled u = scaled(x), v = scaled(y);
  Found found;
  found.coefficients = weighted_line(u.values, v.values, Vector::Ones(v.values.size()));
  const double squares = residuals_of(u.values, v.values, found.coefficients).squaredNorm();
  found.variance = squares / (static_cast<double>(x.size()) - unknowns);
  found.spread = std::sqrt(found.variance);
  return in_units(x, u, v, found);
}

LineFit huber_line(std::span<const double> x, std::span<const double> y) {
  const Scaled u = scaled(x), v = scaled(y);
  Found found;
  found.coefficients = weighted_line(u.values, v.values, Vector::Ones(v.values.size()));
  found.converged = false;
  Vector residuals = residuals_of(u.values, v.values, found.coefficients);
  for (found.rounds = 1; found.rounds <= most_rounds && !found.converged; ++found.rounds) {
    found.spread = robust_spread(residuals);
    // More than half of the points lie on the line: no other one is more robust.
    if (found.spread <= close_enough) found.spread = 0;
    if (found.spread == 0) break;
    const Eigen::Vector2d next = weighted_line(u.values, v.values, huber_weights(residuals, found.spread));
    found.converged = (next - found.coefficients).cwiseAbs().maxCoeff() <= close_enough;
    found.coefficients = next;
    residuals = residuals_of(u.values, v.values, next);
  }
  found.converged = found.converged || found.spread == 0;
  found.variance = found.spread == 0 ? 0 : huber_variance(residuals, found.spread);
  return in_units(x, u, v, found);
}

Interval slope_interval(const LineFit& fit, double confidence) {
  return around(fit.slope, fit.slope_stderr, fit, confidence);
}

Interval intercept_interval(const LineFit& fit, double confidence) {
  return around(fit.intercept, fit.intercept_stderr, fit, confidence);
}

bool too_far(const LineFit& fit, double x) {
  return !(std::abs(x) <= farthest * std::max(std::abs(fit.x_low), std::abs(fit.x_high)));
}

PointPrediction predict(const LineFit& fit, double x, double confidence) {
  const double y = fit.level + fit.slope * (x - fit.x_mean), error = error_at(fit, x);
  return {x, y, around(y, std::sqrt(error), fit, confidence),
          around(y, std::sqrt(error + fit.spread * fit.spread), fit, confidence)};
}

}  // namespace sizing
