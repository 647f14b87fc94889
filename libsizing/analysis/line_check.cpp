#include "libsizing/analysis/line_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <Eigen/Dense>

#include "libsizing/base/student.h"

namespace sizing {
namespace {

constexpr std::size_t least_points_of_trend = 8;
// Where most points lie exactly on the line, what is off by less than this share of the largest residual or of y is
// rounding.
constexpr double rounding = 1e-9, exact_digits = 1e-13;

double squares(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

double range(std::span<const double> values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return *high - *low;
}

double departure(double lack, std::size_t n, std::span<const double> y) {
  const double all = range(y);
  return all > 0 ? std::sqrt(std::max(0.0, lack) / static_cast<double>(n)) / all : 0;
}

// The residuals of one x: their mean is what the line lacks there, their own spread is chance.
struct Repeated {
  double sum = 0, squares = 0;
  double count = 0;
};

Straightness against_repetitions(std::span<const double> x, std::span<const double> y, const LineFit& fit) {
  std::map<double, Repeated> at;
  for (std::size_t i = 0; i < x.size(); ++i) {
    Repeated& r = at[x[i]];
    r.sum += fit.residuals[i], r.count += 1;
  }
  double lack = 0, chance = 0;
  for (const auto& [value, r] : at) lack += r.sum * r.sum / r.count;
  for (std::size_t i = 0; i < x.size(); ++i) chance += std::pow(fit.residuals[i] - at[x[i]].sum / at[x[i]].count, 2);
  const double d1 = static_cast<double>(fit.distinct) - 2, d2 = static_cast<double>(fit.n - fit.distinct);
  const double f = chance > 0 ? (lack / d1) / (chance / d2) : lack > 0 ? std::numeric_limits<double>::infinity() : 0;
  return {StraightnessTest::lack_of_fit, f, f_beyond(f, d1, d2), departure(lack, fit.n, y)};
}

Straightness against_quadratic(std::span<const double> x, std::span<const double> y, const LineFit& fit) {
  const double unit = std::max(std::abs(fit.x_high - fit.x_mean), std::abs(fit.x_low - fit.x_mean));
  Eigen::MatrixX3d design(static_cast<Eigen::Index>(fit.n), 3);
  Eigen::VectorXd residuals(design.rows());
  for (Eigen::Index i = 0; i < design.rows(); ++i) {
    const double u = (x[static_cast<std::size_t>(i)] - fit.x_mean) / unit;
    design.row(i) << 1, u, u * u;
    residuals[i] = fit.residuals[static_cast<std::size_t>(i)];
  }
  // Of residuals: the line takes nothing away from them, the square does.
  const auto qr = design.householderQr();
  const Eigen::Vector3d c = qr.solve(residuals);
  const double rest = (residuals - design * c).squaredNorm(), degrees = static_cast<double>(fit.n) - 3;
  const Eigen::Matrix3d r = qr.matrixQR().topRows<3>().triangularView<Eigen::Upper>();
  const double error = std::sqrt(rest / degrees) / std::abs(r(2, 2));
  const double t = error > 0 ? c[2] / error : c[2] == 0 ? 0 : std::numeric_limits<double>::infinity();
  return {StraightnessTest::quadratic_term, t, t_beyond(t, degrees),
          departure(residuals.squaredNorm() - rest, fit.n, y)};
}

// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    for (std::size_t i = from; i < to; ++i) rank[order[i]] = static_cast<double>(from + to + 1) / 2;
  }
  return rank;
}

}  // namespace

std::vector<std::size_t> outliers(const LineFit& robust) {
  double most = 0, size = std::max(std::abs(robust.intercept), std::abs(robust.level));
  for (const double r : robust.residuals) most = std::max(most, std::abs(r));
  const double cut = std::max({outlier_spreads * robust.spread, rounding * most, exact_digits * size});
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < robust.residuals.size(); ++i)
    if (std::abs(robust.residuals[i]) > cut) found.push_back(i);
  return found;
}

Straightness straightness(std::span<const double> x, std::span<const double> y, const LineFit& fit) {
  if (fit.distinct < 3 || fit.n < 4) return {};
  const bool repeated = 2 * (fit.n - fit.distinct) >= fit.distinct;
  return repeated ? against_repetitions(x, y, fit) : against_quadratic(x, y, fit);
}

SpreadTrend spread_trend(std::span<const double> x, std::span<const double> residuals) {
  const double n = static_cast<double>(x.size());
  std::vector<double> sizes;
  for (const double r : residuals) sizes.push_back(std::abs(r));
  std::vector<double> a = ranks(x), b = ranks(sizes);
  const double middle = (n + 1) / 2;
  for (double& rank : a) rank -= middle;
  for (double& rank : b) rank -= middle;
  const double scale = std::sqrt(squares(a) * squares(b));
  if (x.size() < least_points_of_trend || scale == 0) return {};
  const double r = std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / scale;
  const double t = std::abs(r) < 1 ? r * std::sqrt((n - 2) / (1 - r * r)) : std::numeric_limits<double>::infinity();
  return {r, t_beyond(t, n - 2)};
}

}  // namespace sizing
