#include "libsizing/queueing/stationary.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/constant_service.h"
#include "libsizing/queueing/erlang.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
constexpr double infinity = std::numeric_limits<double>::infinity();

// tests/queueing/stationary_test.cpp measures all three again and holds them to what stands here.
constexpr std::string_view grid =
    "1 to 10 servers used to 50 to 95 %, service constant, Erlang-2, or hyperexponential with a squared coefficient of "
    "variation of 2 and 4";
constexpr ApproximationError wait_error = {0.0079, 0.0397, grid};
constexpr ApproximationError probability_error = {0.0012, 0.0047, grid};
constexpr ApproximationError arrivals_error = {
    0.069, 0.637,
    "1 to 10 servers used to 50 to 95 %, exponential service, arrivals Erlang-2 or hyperexponential with a squared "
    "coefficient of variation of 2 and 4; furthest off where hardly anybody waits"};

// What the formulas share; waits in service times.
struct Queue {
  double load, servers, variability;  // variability: h, (1 + s²) / 2
  Waiting exponential;                // M/M/c at service time 1
  Distribution service, between;
};

double utilisation(const Queue& q) { return q.load / q.servers; }

TextbookValue exactly(double value, std::string_view name, std::string_view source) {
  return {value, true, name, source, {}};
}

TextbookValue erlang(double value) { return exactly(value, "Erlang C", "A. K. Erlang, 1917"); }

TextbookValue pollaczek_khinchine(const Queue& q) {
  const double idle = 1 - utilisation(q);
  return exactly(idle > 0 ? utilisation(q) * q.variability / idle : infinity, "Pollaczek-Khinchine",
                 "F. Pollaczek, 1930; A. Y. Khinchine, 1932");
}

// How much longer the wait at general service is than at exponential service.
double light_traffic(const Queue& q) {
  if (q.service.mean == 0) return 1;
  return q.servers * (shortest_remaining(q.service, static_cast<std::int64_t>(q.servers)) / q.service.mean);
}

TextbookValue boxma_cohen_huffels(const Queue& q) {
  const double constant = constant_service(q.load, static_cast<std::int64_t>(q.servers)).mean_wait;
  const double alpha = (2 * q.variability * q.servers / light_traffic(q) - q.servers - 1) / (q.servers - 1);
  const double m = q.exponential.mean;
  const double wait = std::isinf(m)             ? m
                      : m == 0 || constant == 0 ? 0
                                                : q.variability * 2 * m / (2 * alpha + (1 - alpha) * (m / constant));
  return {wait, false, "Boxma-Cohen-Huffels", "O. J. Boxma, J. W. Cohen and N. Huffels, 1979", wait_error};
}

TextbookValue poisson_wait(const Queue& q) {
  if (q.service.kind == Kind::exponential) return erlang(q.exponential.mean);
  if (q.servers == 1) return pollaczek_khinchine(q);
  if (q.service.kind == Kind::constant)
    return exactly(constant_service(q.load, static_cast<std::int64_t>(q.servers)).mean_wait, "Crommelin's series",
                   "C. D. Crommelin, 1932");
  return boxma_cohen_huffels(q);
}

TextbookValue interpolated_probability(const Queue& q) {
  const double c = q.exponential.probability;
  const double constant = constant_service(q.load, static_cast<std::int64_t>(q.servers)).probability_of_waiting;
  const double y = (1 - light_traffic(q) / q.variability) / (1 - 2 * q.servers / (q.servers + 1));
  return {std::clamp(c + y * (constant - c), 0.0, 1.0), false, "between Erlang C and M/D/c", "opsi-sizing",
          probability_error};
}

TextbookValue poisson_probability(const Queue& q) {
  if (q.service.kind == Kind::exponential) return erlang(q.exponential.probability);
  if (q.servers == 1) return exactly(std::min(1.0, q.load), "utilisation", "F. Pollaczek, 1930; A. Y. Khinchine, 1932");
  if (q.service.kind == Kind::constant)
    return exactly(constant_service(q.load, static_cast<std::int64_t>(q.servers)).probability_of_waiting,
                   "Spitzer's identity", "F. Spitzer, 1956");
  return interpolated_probability(q);
}

// Whitt's formulas, relative to the wait of M/M/c: arrivals and service with these squared
// coefficients of variation.
double whitt(const Queue& q, double arrivals, double service) {
  const double both = (arrivals + service) / 2, idle = 1 - utilisation(q);
  if (both == 0) return 0;
  const double gamma = std::min(0.24, idle * (q.servers - 1) * (std::sqrt(4 + 5 * q.servers) - 2) / (16 * q.load));
  const double many = 1 + gamma, few = (1 - 4 * gamma) * std::exp(-2 * idle / (3 * utilisation(q)));
  const double psi = both >= 1 ? 1 : std::pow(std::min(1.0, (many + few) / 2), 2 * (1 - both));
  if (arrivals >= service) {
    const double d = 4 * arrivals - 3 * service;
    return both * (4 * (arrivals - service) / d * many + service / d * psi);
  }
  return both * ((service - arrivals) / (4 * both) * few + (service + 3 * arrivals) / (4 * both) * psi);
}

TextbookValue general_wait(const Queue& q) {
  TextbookValue wait = poisson_wait(q);
  if (std::isfinite(wait.value) && wait.value > 0)
    wait.value *= whitt(q, scv(q.between), scv(q.service)) / whitt(q, 1, scv(q.service));
  return {wait.value, false, "Whitt's factor for the arrivals", "W. Whitt, 1993", arrivals_error};
}

Queue checked(const StationaryQueue& queue) {
  const double between = positive(queue.between_arrivals.mean, "between_arrivals");
  const double load = not_negative(not_negative(queue.service.mean, "service") / between, "offered_load");
  const std::int64_t servers = count(queue.servers, "servers", 1);
  return {load,          static_cast<double>(servers), (1 + scv(queue.service)) / 2, waiting(load, 1, servers),
          queue.service, queue.between_arrivals};
}

// The integral of the c-th power of the tail of the remaining service, in pieces: it falls as exp(-c t / S) at first.
double power_of_tail(const Distribution& service, double servers) {
  const double mean = service.mean;
  const auto power = [&](double t) {
    return std::pow(std::max(0.0, 1 - survival_integral(service, t) / mean), servers);
  };
  double sum = 0, from = 0;
  for (const double to : {1 / servers, 8 / servers, 40 / servers, 1.0, 4.0, 64.0, infinity}) {
    if (to <= from) continue;
    if (power(from * mean) * mean < 1e-14 * sum) break;
    sum += boost::math::quadrature::gauss_kronrod<double, 31>::integrate(power, from * mean, to * mean, 6, 1e-9);
    from = to;
  }
  return sum;
}

// Of j of the c remaining services being of the one branch and the others of the other: binomial, and exponential all.
double shortest_of_two(const TwoExponentials& two, double servers) {
  double sum = 0;
  for (double j = 0; j <= servers; ++j) {
    const double log_weight =
        std::lgamma(servers + 1) - std::lgamma(j + 1) - std::lgamma(servers - j + 1) - servers * std::log(2.0);
    sum += std::exp(log_weight) / (j / two.first_mean + (servers - j) / two.second_mean);
  }
  return sum;
}

}  // namespace

double shortest_remaining(const Distribution& service, std::int64_t servers) {
  const auto c = static_cast<double>(count(servers, "servers", 1));
  constexpr double most_summed = 10'000;
  if (service.mean == 0) return 0;
  if (servers == 1) return service.mean * (1 + scv(service)) / 2;
  switch (service.kind) {
    case Kind::constant: return service.mean / (c + 1);
    case Kind::exponential: return service.mean / c;
    case Kind::hyperexponential:
      if (c <= most_summed) return shortest_of_two(two_exponentials(service), c);
      [[fallthrough]];
    default: return power_of_tail(service, c);
  }
}

StationaryAnswer stationary(const StationaryQueue& queue) {
  const Queue q = checked(queue);
  const bool poisson = q.between.kind == Kind::exponential;
  StationaryAnswer answer{utilisation(q), poisson ? poisson_wait(q) : general_wait(q), std::nullopt};
  answer.mean_wait.value *= q.service.mean > 0 ? q.service.mean : 1;
  if (poisson) answer.probability_of_waiting = poisson_probability(q);
  return answer;
}

}  // namespace sizing
