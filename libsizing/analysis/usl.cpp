#include "libsizing/analysis/usl.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <Eigen/Dense>

#include "libsizing/base/student.h"

namespace sizing {
namespace {

constexpr double most_magnitude = 1e150, most_n = 1e9;
constexpr int most_steps = 500;
constexpr double close_enough = 1e-14;

using Free = std::array<bool, 3>;  // which of g, a, b are searched

struct Points {
  Eigen::VectorXd n, x;  // x over its largest value
};

double denominator(const Usl& u, double n) { return 1 + u.a * (n - 1) + u.b * n * (n - 1); }

// What g, a and b change of X(N).
Eigen::RowVector3d gradient(const Usl& u, double n) {
  const double d = denominator(u, n), x = u.g * n / d;
  return {n / d, -x * (n - 1) / d, -x * n * (n - 1) / d};
}

Eigen::VectorXd residuals_of(const Points& p, const Usl& u) {
  Eigen::VectorXd r(p.n.size());
  for (Eigen::Index i = 0; i < r.size(); ++i) r[i] = p.x[i] - throughput(u, p.n[i]);
  return r;
}

Eigen::MatrixXd jacobian(const Points& p, const Usl& u, const Free& free) {
  Eigen::MatrixXd j(p.n.size(), std::count(free.begin(), free.end(), true));
  for (Eigen::Index i = 0; i < j.rows(); ++i) {
    const Eigen::RowVector3d all = gradient(u, p.n[i]);
    for (Eigen::Index k = 0, column = 0; k < 3; ++k)
      if (free[static_cast<std::size_t>(k)]) j(i, column++) = all[k];
  }
  return j;
}

Usl moved(const Usl& u, const Eigen::VectorXd& step, const Free& free) {
  std::array<double, 3> v = {u.g, u.a, u.b};
  for (std::size_t k = 0, column = 0; k < 3; ++k)
    if (free[k]) v[k] += step[static_cast<Eigen::Index>(column++)];
  return {v[0], v[1], v[2]};
}

// The law turned over, N / X = (1 + a (N - 1) + b N (N - 1)) / g, is linear in 1/g, a/g and b/g: a start.
Usl start(const Points& p, const Free& free) {
  Eigen::MatrixXd design(p.n.size(), std::count(free.begin(), free.end(), true));
  Eigen::VectorXd inverse(p.n.size());
  for (Eigen::Index i = 0; i < design.rows(); ++i) {
    const double n = p.n[i], x = std::max(p.x[i], 1e-6);  // in its own weight, 1/x² of the turned error
    const std::array<double, 3> terms = {1, n - 1, n * (n - 1)};
    const double weight = x * x / n;
    for (std::size_t k = 0, column = 0; k < 3; ++k)
      if (free[k]) design(i, static_cast<Eigen::Index>(column++)) = weight * terms[k];
    inverse[i] = weight * n / x;
  }
  const Eigen::VectorXd c = design.colPivHouseholderQr().solve(inverse);
  std::array<double, 3> v{};
  for (std::size_t k = 0, column = 0; k < 3; ++k)
    if (free[k]) v[k] = c[static_cast<Eigen::Index>(column++)];
  if (!(v[0] > 0) || !c.allFinite()) return {p.x.cwiseQuotient(p.n).maxCoeff(), 0, 0};
  return {1 / v[0], v[1] / v[0], v[2] / v[0]};
}

// The law means something where it is measured: throughput above 0.
bool sound(const Usl& u, const Points& p) {
  return u.g > 0 && std::all_of(p.n.begin(), p.n.end(), [&](double n) { return denominator(u, n) > 0; });
}

struct Search {
  Usl usl;
  double squares = std::numeric_limits<double>::infinity();
  bool converged = false;
};

// Levenberg and Marquardt, damping each unknown by its own curvature.
Search search(const Points& p, const Free& free) {
  Search s{start(p, free)};
  if (!sound(s.usl, p)) s.usl = {p.x.cwiseQuotient(p.n).maxCoeff(), 0, 0};
  s.squares = residuals_of(p, s.usl).squaredNorm();
  double damping = 1e-3;
  for (int i = 0; i < most_steps && !s.converged; ++i) {
    const Eigen::MatrixXd j = jacobian(p, s.usl, free);
    const Eigen::VectorXd scale = j.colwise().norm().cwiseMax(std::numeric_limits<double>::min());
    const auto unknowns = j.cols();
    Eigen::MatrixXd stacked(j.rows() + unknowns, unknowns);
    stacked << j * scale.cwiseInverse().asDiagonal(),
        Eigen::MatrixXd(std::sqrt(damping) * Eigen::MatrixXd::Identity(unknowns, unknowns));
    Eigen::VectorXd right = Eigen::VectorXd::Zero(stacked.rows());
    right.head(j.rows()) = residuals_of(p, s.usl);
    const Eigen::VectorXd step = stacked.colPivHouseholderQr().solve(right).cwiseQuotient(scale);
    const Usl next = moved(s.usl, step, free);
    const double squares =
        sound(next, p) ? residuals_of(p, next).squaredNorm() : std::numeric_limits<double>::infinity();
    // Small in what it changes of X, which is of size 1.
    const bool small = step.cwiseProduct(scale).norm() <= close_enough;
    if (squares <= s.squares) {
      s = {next, squares, small};
      damping = std::max(damping / 10, 1e-15);
    } else {
      s.converged = small || damping > 1e15;
      damping *= 10;
    }
  }
  return s;
}

Points scaled(std::span<const double> n, std::span<const double> x, double unit) {
  Points p{Eigen::VectorXd(static_cast<Eigen::Index>(n.size())), Eigen::VectorXd(static_cast<Eigen::Index>(n.size()))};
  for (std::size_t i = 0; i < n.size(); ++i) {
    p.n[static_cast<Eigen::Index>(i)] = n[i];
    p.x[static_cast<Eigen::Index>(i)] = x[i] / unit;
  }
  return p;
}

bool within_bounds(const Usl& u) { return u.a >= 0 && u.b >= 0; }

// Of all ways to hold some of a and b at 0, the best that keeps the others above it.
Search best_within_bounds(const Points& p, const Search& unbounded, Free& free) {
  free = {true, true, true};
  if (within_bounds(unbounded.usl)) return unbounded;
  Search best;
  for (const Free& some : {Free{true, true, false}, Free{true, false, true}, Free{true, false, false}}) {
    const Search found = search(p, some);
    if (!within_bounds(found.usl) || found.squares >= best.squares) continue;
    best = found;
    free = some;
  }
  return best;
}

void state_errors(UslFit& fit, const Points& p, const Free& free, double unit, double variance) {
  const Eigen::MatrixXd j = jacobian(p, {fit.usl.g / unit, fit.usl.a, fit.usl.b}, free);
  const Eigen::VectorXd scale = j.colwise().norm().cwiseMax(std::numeric_limits<double>::min());
  const Eigen::MatrixXd scaled_j = j * scale.cwiseInverse().asDiagonal();
  const Eigen::MatrixXd inverse = (scaled_j.transpose() * scaled_j).completeOrthogonalDecomposition().pseudoInverse();
  const std::array<double, 3> units = {unit, 1, 1};
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    Eigen::Index column = 0;
    for (std::size_t k = 0; k < 3; ++k)
      if (free[i] && free[k]) {
        fit.covariance[3 * i + k] = variance * inverse(row, column) / scale[row] / scale[column] * units[i] * units[k];
        ++column;
      }
    if (free[i]) ++row;
    fit.stderrs[i] = std::sqrt(std::max(0.0, fit.covariance[3 * i + i]));
  }
}

}  // namespace

double throughput(const Usl& usl, double n) { return usl.g * n / denominator(usl, n); }

std::optional<UslPeak> peak(const Usl& usl) {
  if (!(usl.b > 0) || usl.a >= 1) return std::nullopt;
  const double n = std::sqrt((1 - usl.a) / usl.b);
  return UslPeak{n, throughput(usl, n)};
}

std::size_t UslFit::degrees() const {
  return n - 3 + static_cast<std::size_t>(bounded[0]) + static_cast<std::size_t>(bounded[1]);
}

std::optional<FitRefusal> usl_refusal(std::span<const double> n, std::span<const double> x) {
  if (!std::all_of(n.begin(), n.end(), [](double v) { return v > 0 && v <= most_n; }) ||
      !std::all_of(x.begin(), x.end(), [](double v) { return v >= 0 && v <= most_magnitude; }))
    return FitRefusal::not_finite;
  if (n.size() < least_points_of_usl || std::set<double>(n.begin(), n.end()).size() < 3)
    return FitRefusal::too_few_points;
  const bool all_zero = std::all_of(x.begin(), x.end(), [](double v) { return v == 0; });
  return all_zero ? std::optional(FitRefusal::no_spread) : std::nullopt;
}

UslFit fit_usl(std::span<const double> n, std::span<const double> x) {
  const double unit = *std::max_element(x.begin(), x.end());
  const Points p = scaled(n, x, unit);
  const Search unbounded = search(p, {true, true, true});
  Free free{};
  const Search best = best_within_bounds(p, unbounded, free);
  UslFit fit;
  fit.usl = {best.usl.g * unit, best.usl.a, best.usl.b};
  fit.unbounded = {unbounded.usl.g * unit, unbounded.usl.a, unbounded.usl.b};
  fit.bounded = {!free[1], !free[2]};
  fit.converged = best.converged;
  fit.n = n.size();
  fit.distinct = std::set<double>(n.begin(), n.end()).size();
  fit.low = p.n.minCoeff(), fit.high = p.n.maxCoeff();
  const Eigen::VectorXd residuals = residuals_of(p, best.usl);
  for (const double r : residuals) fit.residuals.push_back(r * unit);
  const double variance = residuals.squaredNorm() / static_cast<double>(fit.degrees());
  fit.spread = std::sqrt(variance) * unit;
  const double total = (p.x.array() - p.x.mean()).matrix().squaredNorm();
  fit.r2 = total > 0 ? 1 - residuals.squaredNorm() / total : 1;
  state_errors(fit, p, free, unit, variance);
  return fit;
}

bool too_far(const UslFit& fit, double n) { return !(n > 0 && n <= farthest * fit.high); }

PointPrediction predict(const UslFit& fit, double n, double confidence) {
  const Eigen::RowVector3d slope = gradient(fit.usl, n);
  const Eigen::Matrix3d covariance =
      Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(fit.covariance.data());
  const double error = std::max(0.0, (slope * covariance * slope.transpose()).value());
  const double t = t_within(confidence, static_cast<double>(fit.degrees())), x = throughput(fit.usl, n);
  const double line = t * std::sqrt(error), next = t * std::sqrt(error + fit.spread * fit.spread);
  return {n, x, {x - line, x + line}, {x - next, x + next}};
}

}  // namespace sizing
