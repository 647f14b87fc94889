#include "libsizing/queueing/stationary.h"

#include <algorithm>
#include <cmath>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "libsizing/queueing/erlang.h"
#include "libsizing/queueing/renewal_arrivals.h"
#include "tests/queueing/cases.h"
#include "tests/queueing/distributions.h"
#include "tests/queueing/phase_queue.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
using Digits50 = boost::multiprecision::cpp_bin_float_50;

StationaryAnswer poisson(double rho, std::int64_t servers, Kind kind, double shape) {
  return stationary({{Kind::exponential, 1 / (rho * static_cast<double>(servers)), 0}, {kind, 1, shape}, servers});
}

struct Errors {
  double sum = 0, largest = 0;
  int n = 0;
  void add(double value, double truth) {
    const double error = std::abs(value / truth - 1);
    sum += error;
    largest = std::max(largest, error);
    ++n;
  }
  double mean() const { return sum / n; }
};

struct OfGrid {
  std::string column;
  Kind kind;
  double shape;
};
const std::vector<OfGrid> services = {{"md", Kind::constant, 0},
                                      {"mm", Kind::exponential, 0},
                                      {"me2", Kind::erlang, 2},
                                      {"mh2_scv2", Kind::hyperexponential, 2},
                                      {"mh2_scv4", Kind::hyperexponential, 4}};

// What is called exact is, to the six decimals of the grid; of the others the stated errors are those on the grid.
TEST(stationary, has_the_errors_that_it_states) {
  Errors wait, probability;
  ApproximationError stated_wait, stated_probability;
  for (const Case& row : cases("multiserver_grid"))
    for (const OfGrid& service : services) {
      const auto servers = static_cast<std::int64_t>(row.at("c"));
      const StationaryAnswer answer = poisson(row.at("rho"), servers, service.kind, service.shape);
      const double wq = row.at(service.column + "_wq"), pw = row.at(service.column + "_pw");
      if (answer.mean_wait.exact) {
        EXPECT_NEAR(answer.mean_wait.value, wq, 6e-7);
        EXPECT_NEAR(answer.probability_of_waiting->value, pw, 6e-7);
        continue;
      }
      wait.add(answer.mean_wait.value, wq);
      probability.add(answer.probability_of_waiting->value, pw);
      stated_wait = answer.mean_wait.error;
      stated_probability = answer.probability_of_waiting->error;
    }
  EXPECT_EQ(wait.n, 45);
  EXPECT_NEAR(wait.mean(), stated_wait.mean, 5e-5);
  EXPECT_NEAR(wait.largest, stated_wait.largest, 5e-5);
  EXPECT_NEAR(probability.mean(), stated_probability.mean, 5e-5);
  EXPECT_NEAR(probability.largest, stated_probability.largest, 5e-5);
}

// GI/M/c exactly, in 50 digits: L. Takács, Introduction to the Theory of Queues, 1962, chapter 2. `transform` is that
// of the time between two arrivals at service time 1.
template <class Transform>
double exact_wait(Transform transform, int servers) {
  Digits50 low = 0, high = 1 - Digits50(1e-9);
  for (int i = 0; i < 160; ++i) {
    const Digits50 middle = (low + high) / 2;
    (transform(Digits50(servers * (1 - middle))) > middle ? low : high) = middle;
  }
  Digits50 sum = 1 / (1 - low), product = 1, binomial = 1;
  for (int j = 1; j <= servers; ++j) {
    const Digits50 at = transform(Digits50(j));
    product *= at / (1 - at);
    binomial *= Digits50(servers - j + 1) / j;
    sum += binomial / (product * (1 - at)) * (servers * (1 - at) - j) / (servers * (1 - low) - j);
  }
  return static_cast<double>(1 / sum / (1 - low) / (servers * (1 - low)));
}

double exact_wait(const Distribution& between, int servers) {
  const Digits50 m = between.mean, k = between.shape;
  switch (between.kind) {
    case Kind::constant: return exact_wait([&](const Digits50& s) { return Digits50(exp(-s * m)); }, servers);
    case Kind::erlang: return exact_wait([&](const Digits50& s) { return Digits50(pow(k / (k + s * m), k)); }, servers);
    default: {
      const Digits50 root = sqrt((k - 1) / (k + 1)), p = (1 + root) / 2, q = (1 - root) / 2;
      return exact_wait(
          [&](const Digits50& s) { return Digits50(p / (1 + s * m / (2 * p)) + q / (1 + s * m / (2 * q))); }, servers);
    }
  }
}

TEST(stationary, is_exact_for_other_arrivals_at_exponential_service) {
  for (const OfGrid& arrivals : {services[0], services[2], services[3], services[4]})
    for (const int servers : {1, 2, 5, 10, 50, 200})
      for (const double rho : {0.3, 0.501, 0.701, 0.801, 0.951, 0.999}) {  // a little off where the formula is 0 / 0
        const Distribution between{arrivals.kind, 1 / (servers * rho), arrivals.shape};
        const StationaryAnswer answer = stationary({between, {Kind::exponential, 1, 0}, servers});
        const double truth = exact_wait(between, servers);
        if (truth < 1e-100) continue;
        EXPECT_NEAR(answer.mean_wait.value / truth, 1, 1e-8) << arrivals.column << " " << servers << " " << rho;
        EXPECT_TRUE(answer.mean_wait.exact);
        EXPECT_TRUE(answer.probability_of_waiting->exact);
      }
}

// Both ways to Erlang C.
TEST(stationary, renewal_arrivals_that_are_poisson_are_erlang_c) {
  for (const int servers : {1, 3, 20, 700})
    for (const double rho : {0.2, 0.5, 0.8, 0.99}) {
      const RenewalArrivalsAnswer found = renewal_arrivals({Kind::exponential, 1 / (rho * servers)}, servers);
      const Waiting erlang = waiting(rho * servers, 1, servers);
      if (erlang.probability < 1e-100) continue;
      EXPECT_NEAR(found.probability_of_waiting / erlang.probability, 1, 1e-7) << servers << " " << rho;
      EXPECT_NEAR(found.mean_wait / erlang.mean, 1, 1e-7);
    }
}

// By a fine sum over the survival: A(s) = 1 - s × integral of exp(-s t) P(S > t).
TEST(transform, is_that_of_the_survival) {
  for (const Distribution& d : every_distribution(1)) {
    if (scv(d) > 10) continue;  // too wild for the sum
    for (const double s : {0.01, 0.7, 3.0}) {
      double sum = 0;
      const int steps = 40'000;
      for (int i = 0; i < steps; ++i) {
        const double t = 400 * std::pow((i + 0.5) / steps, 2);
        sum += std::exp(-s * t) * survival(d, t) * 800 * (i + 0.5) / steps / steps;
      }
      EXPECT_NEAR(transform(d, s).complement / (s * sum), 1, 2e-4) << name(d) << " " << s;
      EXPECT_NEAR(transform(d, s).complement + transform(d, s).value, 1, 1e-14);
    }
  }
}

TEST(phase_queue, is_exact) {
  for (const Case& row : cases("multiserver_grid"))
    for (const OfGrid& service : {services[1], services[2], services[3], services[4]}) {
      const int servers = static_cast<int>(row.at("c"));
      const Distribution between{Kind::exponential, 1 / (row.at("rho") * servers), 0};
      EXPECT_NEAR(exact_wait(between, {service.kind, 1, service.shape}, servers), row.at(service.column + "_wq"), 6e-7);
    }
}

// The errors stated for each number of servers and load are those of the exact cases there, to their last digit.
TEST(stationary, has_the_errors_that_it_states_for_other_arrivals) {
  const Distribution arrivals[] = {{Kind::erlang, 1, 10},
                                   {Kind::erlang, 1, 4},
                                   {Kind::erlang, 1, 2},
                                   {Kind::hyperexponential, 1, 2},
                                   {Kind::hyperexponential, 1, 4}};
  for (const int servers : {1, 2, 5, 10, 20})
    for (const double rho : {0.5, 0.7, 0.8, 0.9, 0.95}) {
      Errors wait;
      ApproximationError stated;
      for (Distribution between : arrivals)
        for (const OfGrid& service : {services[2], services[3], services[4]}) {
          between.mean = 1 / (servers * rho);
          const Distribution serving{service.kind, 1, service.shape};
          const TextbookValue found = stationary({between, serving, servers}).mean_wait;
          EXPECT_FALSE(found.exact);
          wait.add(found.value, exact_wait(between, serving, servers));
          stated = found.error;
        }
      EXPECT_NEAR(wait.mean(), stated.mean, 5.1e-4) << servers << " " << rho;
      EXPECT_NEAR(wait.largest, stated.largest, 5.1e-4) << servers << " " << rho;
    }
}

// Between the cases the worse of those beside them.
TEST(stationary, states_the_error_of_the_neighbourhood) {
  const auto error = [](int servers, double rho) {
    return stationary({{Kind::erlang, 1 / (servers * rho), 2}, {Kind::erlang, 1, 2}, servers}).mean_wait.error.largest;
  };
  EXPECT_EQ(error(7, 0.75), error(10, 0.7));
  EXPECT_EQ(error(1, 0.99), error(1, 0.95));
  EXPECT_EQ(error(100, 0.9), error(20, 0.9));
  EXPECT_LT(error(2, 0.9), error(2, 0.5));
}

TEST(stationary, is_pollaczek_khinchine_at_one_server) {
  for (const Distribution& service : every_distribution(2)) {
    const StationaryAnswer answer = stationary({{Kind::exponential, 3, 0}, service, 1});
    EXPECT_NEAR(answer.mean_wait.value / (2.0 / 3 * (1 + scv(service)) / 2 * 2 / (1 - 2.0 / 3)), 1, 1e-11);
    EXPECT_NEAR(answer.probability_of_waiting->value, 2.0 / 3, 1e-11);
    EXPECT_TRUE(answer.mean_wait.exact);
  }
}

// Time has no unit of its own.
TEST(stationary, scales_with_time) {
  for (const Distribution& service : some_distributions(2)) {
    const StationaryAnswer one = stationary({{Kind::erlang, 0.5, 2}, service, 6});
    const StationaryAnswer ten = stationary({{Kind::erlang, 5, 2}, {service.kind, 20, service.shape}, 6});
    EXPECT_NEAR(ten.mean_wait.value / one.mean_wait.value, 10, 1e-6);
  }
}

TEST(stationary, grows_with_load_and_variability_and_falls_with_servers) {
  for (const std::int64_t servers : {1, 2, 7, 40, 1000})
    for (const double rho : {0.3, 0.6, 0.9, 0.99}) {
      double before = 0;
      for (const double scv : {1.01, 2.0, 8.0, 100.0}) {
        const double wait = poisson(rho, servers, Kind::hyperexponential, scv).mean_wait.value;
        EXPECT_GE(wait, before);
        EXPECT_GE(poisson(rho + 0.005, servers, Kind::hyperexponential, scv).mean_wait.value, wait);
        before = wait;
      }
      const Distribution between{Kind::exponential, 1 / (rho * static_cast<double>(servers)), 0};
      for (const Distribution& service : some_distributions(1))
        EXPECT_LE(stationary({between, service, servers + 1}).mean_wait.value,
                  stationary({between, service, servers}).mean_wait.value)
            << name(service);
    }
}

TEST(stationary, answers_the_ends) {
  for (const Distribution& service : some_distributions(0)) {
    EXPECT_EQ(stationary({{Kind::exponential, 1, 0}, service, 3}).mean_wait.value, 0);
    EXPECT_EQ(stationary({{Kind::constant, 1, 0}, service, 3}).mean_wait.value, 0);
  }
  for (const Distribution& service : some_distributions(5)) {
    const StationaryAnswer over = stationary({{Kind::exponential, 1, 0}, service, 3});
    EXPECT_TRUE(std::isinf(over.mean_wait.value));
    EXPECT_EQ(over.probability_of_waiting->value, 1);
    EXPECT_GT(over.utilisation, 1);
  }
  EXPECT_EQ(stationary({{Kind::constant, 1, 0}, {Kind::constant, 2, 0}, 3}).mean_wait.value, 0);
  EXPECT_EQ(refusal([] { stationary({{Kind::exponential, 0, 0}, {}, 3}); }).place().key, "between_arrivals");
  EXPECT_EQ(refusal([] { stationary({{}, {}, 0}); }).place().key, "servers");
}

// The minimum of c remaining services, drawn apart: exponential S / c, constant S / (c + 1), and for two branches of an
// Erlang-2 by hand: the tail is (1 + t) exp(-2 t), its square integrates to 13 / 32.
TEST(shortest_remaining, matches_what_is_known) {
  EXPECT_NEAR(shortest_remaining({Kind::erlang, 1, 1}, 7), 1 / 7.0, 1e-10);
  EXPECT_NEAR(shortest_remaining({Kind::erlang, 1, 2}, 2), 13 / 32.0, 1e-10);
  EXPECT_NEAR(shortest_remaining({Kind::erlang, 1, 1}, 100'000), 1e-5, 1e-14);
  EXPECT_NEAR(shortest_remaining({Kind::hyperexponential, 1, 1 + 1e-9}, 5), 0.2, 1e-8);
  EXPECT_NEAR(shortest_remaining({Kind::lognormal, 1, 1e-3}, 4), 0.2, 1e-5);
}

}  // namespace
}  // namespace sizing
