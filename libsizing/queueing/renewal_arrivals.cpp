#include "libsizing/queueing/renewal_arrivals.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

Transform of_power(double log_value) { return {std::exp(log_value), -std::expm1(log_value)}; }

void add(Transform& sum, double weight, const Transform& part) {
  sum.value += weight * part.value;
  sum.complement += weight * part.complement;
}

Transform exponential(double x) { return {1 / (1 + x), x / (1 + x)}; }

// By the trapezoidal rule over nine standard deviations of the logarithm, which for a bell has hardly any error.
Transform lognormal(const Distribution& d, double s) {
  constexpr int points = 240;
  constexpr double end = 9, step = 2 * end / points;
  const LogNormal log = log_normal(d);
  Transform sum{0, 0};
  for (int i = 0; i <= points; ++i) {
    const double z = -end + i * step;
    const double weight = step * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    add(sum, weight, of_power(-s * std::exp(log.mu + log.sigma * z)));
  }
  return sum;
}

// Of a bin from l to l + w: exp(-s l) (1 - exp(-s w)) / (s w).
Transform measured(const MeasuredTimes& m, double x) {
  Transform sum{0, 0};
  for (std::size_t i = 0; i < m.low.size(); ++i) {
    const double weight = m.before[i + 1] - m.before[i], width = x * m.width[i];
    const Transform start = of_power(-x * m.low[i]);
    const double within = width > 1e-8 ? -std::expm1(-width) / width : 1 - width / 2;
    add(sum, weight, {start.value * within, start.complement + start.value * (1 - within)});
  }
  return sum;
}

double root(const Distribution& between, double servers) {
  double low = 0, high = 1;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (transform(between, servers * middle).complement > middle ? low : high) = middle;
  }
  return high;
}

// (c (1 - A(x)) - x) / (c w - x), which is a slope where both are 0.
double quotient(const Distribution& between, double servers, double busy, double x) {
  const double beside = 1e-4 * x;
  if (std::abs(busy - x) < beside)
    return (quotient(between, servers, busy, busy - 2 * beside) + quotient(between, servers, busy, busy + 2 * beside)) /
           2;
  return (servers * transform(between, x).complement - x) / (busy - x);
}

}  // namespace

Transform transform(const Distribution& d, double s) {
  const double x = s * d.mean;
  switch (d.kind) {
    case Kind::constant: return of_power(-x);
    case Kind::exponential: return exponential(x);
    case Kind::erlang: return of_power(-d.shape * std::log1p(x / d.shape));
    case Kind::hyperexponential: {
      const TwoExponentials two = two_exponentials(d);
      Transform sum{0, 0};
      add(sum, two.first_probability, exponential(s * two.first_mean));
      add(sum, d.mean / 2 / two.second_mean, exponential(s * two.second_mean));
      return sum;
    }
    case Kind::lognormal: return lognormal(d, s);
    case Kind::measured: return measured(*d.measured, x);
  }
  return {};
}

RenewalArrivalsAnswer renewal_arrivals(const Distribution& between, std::int64_t servers) {
  positive(between.mean, "between_arrivals");
  check_limits("servers", static_cast<std::uint64_t>(count(servers, "servers", 1)), 1, most_renewal_servers);
  const auto c = static_cast<double>(servers);
  if (c * between.mean <= 1) return {1, std::numeric_limits<double>::infinity()};
  const double w = root(between, c);
  double sum = 0, product = 1;
  for (double j = 1; j <= c; ++j) {
    const Transform at = transform(between, j);
    product *= (c - j + 1) / j * (at.complement / at.value);
    if (!std::isfinite(product)) return {};  // fewer wait than a number holds
    sum += product / at.complement * quotient(between, c, c * w, j);
  }
  const double probability = 1 / (1 + w * sum);
  return {probability, probability / (c * w)};
}

}  // namespace sizing
