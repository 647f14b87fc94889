// Distributions that were measured: bins and values.
#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/simulate.h"
#include "libsizing/queueing/stationary.h"
#include "tests/queueing/distributions.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

Distribution histogram(const std::vector<double>& edges, const std::vector<double>& weights) {
  return measured_distribution(edges, weights, "service");
}

// By hand: E[min(S, 3)] = (1 + 2 + 2 + 3) / 4; its integral to 3, (2.5 + 4 + 4 + 4.5) / 4.
TEST(measured, values_have_their_moments_and_integrals) {
  const Distribution d = measured_distribution({2, 5, 1, 2});
  EXPECT_DOUBLE_EQ(d.mean, 2.5);
  EXPECT_NEAR(scv(d), 0.36, 1e-15);
  EXPECT_DOUBLE_EQ(survival(d, 0.999), 1);
  EXPECT_DOUBLE_EQ(survival(d, 1), 0.75);
  EXPECT_DOUBLE_EQ(survival(d, 2), 0.25);
  EXPECT_DOUBLE_EQ(survival(d, 5), 0);
  EXPECT_DOUBLE_EQ(survival_integral(d, 3), 2);
  EXPECT_DOUBLE_EQ(survival_integral(d, 5), 2.5);
  EXPECT_DOUBLE_EQ(survival_second_integral(d, 3), 3.75);
}

// By hand: a quarter from 0 to 1, three from 1 to 3; E[S²] = 0.25 / 3 + 0.75 × 13 / 3.
TEST(measured, bins_have_their_moments_and_integrals) {
  const Distribution d = histogram({0, 1, 3}, {1, 3});
  EXPECT_DOUBLE_EQ(d.mean, 1.625);
  EXPECT_NEAR(scv(d), (0.25 / 3 + 0.75 * 13 / 3) / (1.625 * 1.625) - 1, 1e-15);
  EXPECT_DOUBLE_EQ(survival(d, 0.5), 0.875);
  EXPECT_DOUBLE_EQ(survival(d, 2), 0.375);
  EXPECT_DOUBLE_EQ(survival_integral(d, 2), 1.4375);
}

// The second way: a fine sum of the survival.
TEST(measured, integrals_are_those_of_the_survival) {
  for (const Distribution& d : measured_distributions(3)) {
    const int steps = 100'000;
    double first = 0, second = 0;
    for (int i = 0; i < steps; ++i) {
      const double u = (i + 0.5) * 20 / steps;
      first += survival(d, u) * 20 / steps;
      second += survival_integral(d, u) * 20 / steps;
      if (i % 4999 == 0) {
        EXPECT_NEAR(survival_integral(d, u), first, 1e-3);
        EXPECT_NEAR(survival_second_integral(d, u), second, 2e-3);
      }
    }
    EXPECT_NEAR(survival_integral(d, INFINITY), 3, 1e-12);
  }
}

TEST(measured, its_mean_scales_it) {
  Distribution d = histogram({1, 2, 8}, {1, 1}), twice = d;
  twice.mean *= 2;
  EXPECT_EQ(scv(twice), scv(d));
  for (const double t : {0.5, 1.5, 4.0, 9.0}) {
    EXPECT_DOUBLE_EQ(survival(twice, 2 * t), survival(d, t));
    EXPECT_DOUBLE_EQ(survival_integral(twice, 2 * t), 2 * survival_integral(d, t));
  }
}

TEST(measured, draws_have_their_distribution) {
  for (const Distribution& d : measured_distributions(2)) {
    const Trace customers = trace({1, {Kind::constant, 100}, d}, 200'000);
    for (const double t : {0.1, 0.9, 1.5, 2.001, 3.0, 5.0, 12.0}) {
      double longer = 0;
      for (std::size_t i = 0; i < customers.end.size(); ++i)
        longer += customers.end[i] - customers.start[i] > t + 1e-6 ? 1 : 0;  // the clock of the end is rounded
      EXPECT_NEAR(longer / 200'000, survival(d, t + 1e-6), 5 * 0.5 / std::sqrt(200'000)) << t;
    }
  }
}

TEST(measured, a_single_value_is_a_constant) {
  const auto day = [](const Distribution& time) {
    return simulate_day({{.arrivals = {2000, 0, 100, {}}, .time = time}}, {.threads = 25});
  };
  const Day measured = day(measured_distribution({1.25})), constant = day({Kind::constant, 1.25});
  EXPECT_EQ(measured.mean_wait.value, constant.mean_wait.value);
  EXPECT_EQ(measured.p99.value, constant.p99.value);
  EXPECT_EQ(scv(measured_distribution({1.25})), 0);
}

// Pollaczek and Khinchine: a second way to the mean wait, for services and with arrivals that were measured.
TEST(measured, stations_take_it) {
  for (const Distribution& d : measured_distributions(1)) {
    const Simulated found = simulate({1, {Kind::exponential, 1.25}, d}, {.customers = 100'000});
    const StationaryAnswer exact = stationary({{Kind::exponential, 1.25}, d, 1});
    EXPECT_TRUE(exact.mean_wait.exact);
    EXPECT_NEAR(exact.mean_wait.value, 4 * (1 + scv(d)) / 2, 1e-9);
    EXPECT_NEAR(found.mean_wait.value, exact.mean_wait.value, 2.5 * found.mean_wait.half_width);
    const Simulated arrivals = simulate({2, d, {Kind::exponential, 1.2}}, {.customers = 1000});
    EXPECT_NEAR(arrivals.utilisation.value, 0.6, 0.05);
  }
}

// Constant is the simplest thing measured: exactly Crommelin where it is not told that it is constant.
TEST(measured, textbook_answers_are_near_those_of_its_kind) {
  const StationaryAnswer constant = stationary({{Kind::exponential, 0.25}, {Kind::constant, 1}, 5}),
                         measured = stationary({{Kind::exponential, 0.25}, measured_distribution({1}), 5});
  EXPECT_NEAR(measured.mean_wait.value / constant.mean_wait.value, 1, 1e-6);
  EXPECT_NEAR(measured.probability_of_waiting->value / constant.probability_of_waiting->value, 1, 1e-6);
}

TEST(measured, refuses_what_is_no_distribution) {
  const auto key = [](const std::vector<double>& edges, const std::vector<double>& weights) {
    return refusal([&] { histogram(edges, weights); }).place().key;
  };
  EXPECT_EQ(key({}, {}), "service");
  EXPECT_EQ(key({0, 1}, {0}), "service");
  EXPECT_EQ(key({0, 1}, {-1}), "service");
  EXPECT_EQ(key({0, 1, 0.5}, {1, 1}), "service");
  EXPECT_EQ(key({-1, 1}, {1}), "service");
  EXPECT_EQ(key({0, INFINITY}, {1}), "service");
  EXPECT_EQ(key({0, 1, 2}, {1}), "service");
  EXPECT_EQ(key({0, 1}, {NAN}), "service");
  EXPECT_EQ(refusal([] { measured_distribution(std::vector<double>{}, "times"); }).place().key, "times");
  EXPECT_EQ(refusal([] { measured_distribution({1, -1}, "times"); }).place().key, "times");
  EXPECT_EQ(measured_distribution({0}).mean, 0);
  EXPECT_EQ(survival(measured_distribution({0, 0}), 1), 0);
}

}  // namespace
}  // namespace sizing
