#include "libsizing/queueing/constant_service.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>

#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

constexpr double negligible = 1e-18;
constexpr int direct_terms = 64;

struct Walk {
  double load, servers;  // load < servers
  double idle;           // 1 - rho
  double decay;          // rho - 1 - log(rho): all terms fall as exp(-n c decay)
};

// P(X >= k) of a Poisson X with mean k rho, and k P(X = k).
struct Tail {
  double reached, edge;
};

// Temme's expansion, for k so large that its first terms are all and that others give up: N. M. Temme, The Asymptotic
// Expansion of the Incomplete Gamma Functions, 1979. Where |eta| is not small, everything is negligible.
Tail tail_of_many(const Walk& w, double k) {
  const double eta = -std::sqrt(2 * w.decay), density = std::exp(-k * w.decay) / std::sqrt(2 * std::numbers::pi * k);
  const double c0 = -1 / 3.0 + eta * (1 / 12.0 + eta * (-2 / 135.0 + eta * (1 / 864.0 + eta / 2835)));
  const double c1 = -1 / 540.0 - eta / 288;
  return {std::erfc(-eta * std::sqrt(k / 2)) / 2 - density * (c0 + c1 / k), k * density * (1 - 1 / (12 * k))};
}

Tail tail(const Walk& w, double n) {
  constexpr double many = 1e6;
  const double k = n * w.servers, x = n * w.load;
  if (k > many) return tail_of_many(w, k);
  return {boost::math::gamma_p(k, x), x * boost::math::gamma_p_derivative(k, x)};
}

// P(X_n >= n c) / n, for any n > 0.
double reaches(const Walk& w, double n) { return tail(w, n).reached / n; }

// E[(X - k)+] / P(X = k) of a Poisson X with mean x, well below k: the sum of j x^j / ((k + 1) ... (k + j)).
double beyond_over_edge(double k, double x) {
  double sum = 0, product = 1;
  for (double j = 1; product > negligible * sum; ++j) {
    product *= x / (k + j);
    sum += j * product;
  }
  return sum;
}

// E[(X_n - n c)+] / n = a P(X_n >= n c) - c P(X_n >= n c + 1): under much load written so that only a little cancels.
double exceeds(const Walk& w, double n) {
  const Tail t = tail(w, n);
  const double k = n * w.servers;
  if (w.idle > 0.5) return t.edge / k * beyond_over_edge(k, n * w.load) / n;
  return std::max(0.0, t.edge / n - w.servers * w.idle * t.reached);
}

using Term = double (*)(const Walk&, double);

// The sum of term(n) for n >= first: an integral from first - 1/2 (over v = log n), and what the midpoint rule lacks.
double rest(Term term, const Walk& w, double first) {
  const double last = 50 / (w.servers * w.decay);  // beyond it nothing is left
  const double from = std::log(first - 0.5), to = std::max(from, std::log(last + first));
  const int panels = static_cast<int>(std::ceil(to - from));
  double sum = 0;
  for (int i = 0; i < panels; ++i)
    sum += boost::math::quadrature::gauss<double, 20>::integrate(
        [&](double v) { return std::exp(v) * term(w, std::exp(v)); }, from + i * (to - from) / panels,
        from + (i + 1) * (to - from) / panels);
  const double t0 = term(w, first - 2), t1 = term(w, first - 1), t2 = term(w, first), t3 = term(w, first + 1);
  return sum + (t2 - t1) / 24 - (t3 - 3 * t2 + 3 * t1 - t0) * 17 / 5760;
}

double series(Term term, const Walk& w) {
  double sum = 0;
  for (int n = 1; n <= direct_terms; ++n) {
    const double next = term(w, n);
    sum += next;
    if (next <= negligible * sum) return sum;
  }
  return sum + rest(term, w, direct_terms + 1);
}

}  // namespace

ConstantServiceAnswer constant_service(double offered_load, std::int64_t servers) {
  const double load = not_negative(offered_load, "offered_load"), c = static_cast<double>(count(servers, "servers"));
  if (load == 0) return {0, 0};
  if (load >= c) return {1, std::numeric_limits<double>::infinity()};
  const double idle = (c - load) / c;
  const Walk w = {load, c, idle, -boost::math::log1pmx(-idle)};
  return {-std::expm1(-series(reaches, w)), series(exceeds, w) / w.load};
}

}  // namespace sizing
