#include "libsizing/queueing/stationary.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/constant_service.h"
#include "libsizing/queueing/erlang.h"
#include "libsizing/queueing/renewal_arrivals.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
constexpr double infinity = std::numeric_limits<double>::infinity();

// tests/queueing/stationary_test.cpp measures all again and holds them to what stands here.
constexpr std::string_view grid =
    "1 to 10 servers used to 50 to 95 %, service constant, Erlang-2, or hyperexponential with a squared coefficient of "
    "variation of 2 and 4";
constexpr ApproximationError wait_error = {0.0079, 0.0397, grid};
constexpr ApproximationError probability_error = {0.0012, 0.0047, grid};

// By servers and use: the mean and the largest error of the cases named.
constexpr std::string_view arrivals_grid =
    "as many servers used as much, or the worse of those beside it among 1, 2, 5, 10, 20 servers used to 50, 70, 80, "
    "90, "
    "95 %; arrivals Erlang-10, -4, -2 or hyperexponential with a squared coefficient of variation of 2 and 4, service "
    "Erlang-2 or hyperexponential with one of 2 and 4";
constexpr double grid_servers[] = {1, 2, 5, 10, 20}, grid_use[] = {0.5, 0.7, 0.8, 0.9, 0.95};
struct ArrivalsError {
  double mean, largest;
};
constexpr ArrivalsError grid_errors[5][5] = {
    {{0.032, 0.082}, {0.014, 0.034}, {0.008, 0.019}, {0.003, 0.008}, {0.001, 0.003}},
    {{0.063, 0.117}, {0.030, 0.054}, {0.017, 0.031}, {0.008, 0.014}, {0.004, 0.006}},
    {{0.138, 0.275}, {0.064, 0.146}, {0.038, 0.090}, {0.016, 0.041}, {0.008, 0.019}},
    {{0.242, 0.437}, {0.108, 0.235}, {0.063, 0.148}, {0.027, 0.068}, {0.013, 0.032}},
    {{0.451, 1.149}, {0.182, 0.348}, {0.103, 0.223}, {0.043, 0.102}, {0.020, 0.048}},
};

// What the formulas share; waits in service times.
struct Queue {
  double load, servers, variability;  // variability: h, (1 + s²) / 2
  Waiting exponential;                // M/M/c at service time 1
  Distribution service, between;
};

double utilisation(const Queue& q) { return q.load / q.servers; }

// The worse of the cases of the grid beside it; beyond the grid, of the last ones.
ArrivalsError arrivals_error(const Queue& q) {
  constexpr double rounding = 1e-9;
  const auto beside = [](const double(&edges)[5], double at) {
    const auto after = static_cast<std::size_t>(std::lower_bound(edges, edges + 5, at * (1 - rounding)) - edges);
    return std::pair(after == 0 || (after < 5 && edges[after] <= at * (1 + rounding)) ? after : after - 1,
                     std::min<std::size_t>(after, 4));
  };
  const auto servers = beside(grid_servers, q.servers), use = beside(grid_use, utilisation(q));
  ArrivalsError worst{0, 0};
  for (const std::size_t c : {servers.first, servers.second})
    for (const std::size_t u : {use.first, use.second}) {
      worst.mean = std::max(worst.mean, grid_errors[c][u].mean);
      worst.largest = std::max(worst.largest, grid_errors[c][u].largest);
    }
  return worst;
}

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

// How much arrivals change the wait at exponential service, raised to the power that makes heavy traffic right.
TextbookValue general_wait(const Queue& q, double exponential_service) {
  const TextbookValue poisson = poisson_wait(q);
  const ArrivalsError found = arrivals_error(q);
  TextbookValue wait{poisson.value,
                     false,
                     "renewal arrivals at exponential service",
                     "opsi-sizing",
                     {found.mean, found.largest, arrivals_grid}};
  const double a = scv(q.between), s = scv(q.service);
  if (!std::isfinite(poisson.value) || q.exponential.mean == 0) return wait;
  if (a + s == 0) wait.value = 0;
  if (wait.value == 0) return wait;
  const double power = std::abs(a - 1) < 1e-6 ? 2 / (1 + s) : std::log((a + s) / (1 + s)) / std::log((1 + a) / 2);
  wait.value *= std::pow(exponential_service / q.exponential.mean, power);
  return wait;
}

TextbookValue takacs(double value) { return exactly(value, "GI/M/c", "L. Takács, 1962"); }

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
  StationaryAnswer answer{utilisation(q), {}, {}};
  if (q.between.kind == Kind::exponential) {
    answer.mean_wait = poisson_wait(q);
    answer.probability_of_waiting = poisson_probability(q);
  } else {
    Distribution between = q.between;
    between.mean = q.service.mean > 0 ? q.between.mean / q.service.mean : infinity;
    const RenewalArrivalsAnswer renewal =
        q.service.mean > 0 ? renewal_arrivals(between, queue.servers) : RenewalArrivalsAnswer{};
    const bool exact = q.service.kind == Kind::exponential;
    answer.mean_wait = exact ? takacs(renewal.mean_wait) : general_wait(q, renewal.mean_wait);
    if (exact) answer.probability_of_waiting = takacs(renewal.probability_of_waiting);
  }
  answer.mean_wait.value *= q.service.mean > 0 ? q.service.mean : 1;
  return answer;
}

}  // namespace sizing
