#include "libsizing/queueing/finite_source.h"

#include <chrono>
#include <cmath>
#include <random>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "libsizing/queueing/erlang.h"
#include "tests/queueing/cases.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Digits50 = boost::multiprecision::cpp_bin_float_50;

// All N + 1 probabilities in 50 digits, from the definition.
struct Precise {
  Digits50 throughput, response, probability_of_waiting;
};

Precise precise(const FiniteSource& source) {
  const auto sums = [&](std::int64_t population) {
    Digits50 p = 1, all = 1, busy = 0, number = 0, all_busy = 0;
    for (std::int64_t n = 1; n <= population; ++n) {
      p *= (population - n + 1) * Digits50(source.service_time) /
           (std::min(n, source.servers) * Digits50(source.think_time));
      all += p;
      busy += p * std::min(n, source.servers);
      number += p * n;
      if (n >= source.servers) all_busy += p;
    }
    return std::array<Digits50, 3>{busy / all, number / all, all_busy / all};
  };
  const auto with = sums(source.population), without = sums(source.population - 1);
  const Digits50 throughput = with[0] / source.service_time;
  return {throughput, with[1] / throughput, without[2]};
}

FiniteSource drawn(std::mt19937& random, double most) {
  const auto between = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
  };
  const auto population = static_cast<std::int64_t>(between(1, most));
  const double think = between(1e-3, 1e5);
  return {population, think, between(1e-4, 1e4),
          static_cast<std::int64_t>(between(1, static_cast<double>(population) + 2))};
}

TEST(finite_source, matches_the_cases) {
  for (const Case& row : cases("finite_source")) {
    const FiniteSourceAnswer answer =
        finite_source({static_cast<std::int64_t>(row.at("population")), row.at("think_time"), row.at("service_time"),
                       static_cast<std::int64_t>(row.at("servers"))});
    EXPECT_NEAR(answer.throughput / row.at("throughput"), 1, 5.1e-9);
    EXPECT_NEAR(answer.response / row.at("response_time"), 1, 5.1e-9);
  }
}

TEST(finite_source, agrees_with_50_digits) {
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) {
    const FiniteSource source = drawn(random, 3000);
    const FiniteSourceAnswer answer = finite_source(source);
    const Precise truth = precise(source);
    EXPECT_NEAR(static_cast<double>(answer.throughput / truth.throughput), 1, 1e-13);
    EXPECT_NEAR(static_cast<double>(answer.response / truth.response), 1, 1e-13);
    EXPECT_NEAR(answer.probability_of_waiting, static_cast<double>(truth.probability_of_waiting), 1e-13);
  }
}

void expect_laws(const FiniteSource& source) {
  const FiniteSourceAnswer answer = finite_source(source);
  const auto population = static_cast<double>(source.population), servers = static_cast<double>(source.servers);
  const double x = answer.throughput, tolerance = 1e-12;
  EXPECT_LE(x, std::min(population / (source.think_time + source.service_time), servers / source.service_time) *
                   (1 + tolerance));
  EXPECT_GE(answer.response, source.service_time);
  EXPECT_NEAR(x * (answer.response + source.think_time) / population, 1, tolerance);
  EXPECT_NEAR(answer.at_servers / (x * answer.response), 1, tolerance);
  EXPECT_NEAR(answer.utilisation, x * source.service_time / servers, tolerance);
  EXPECT_GE(answer.probability_of_waiting, 0);
  EXPECT_LE(answer.probability_of_waiting, 1);
  const double more_clients =
      finite_source({source.population + 1, source.think_time, source.service_time, source.servers}).throughput;
  const double more_servers =
      finite_source({source.population, source.think_time, source.service_time, source.servers + 1}).throughput;
  EXPECT_GE(more_clients, x * (1 - tolerance));
  EXPECT_GE(more_servers, x * (1 - tolerance));
}

TEST(finite_source, keeps_the_laws) {
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) expect_laws(drawn(random, 1e4));
}

TEST(finite_source, keeps_the_laws_for_ten_million_clients_in_no_time) {
  const auto start = std::chrono::steady_clock::now();
  std::mt19937 random(4);
  for (int i = 0; i < 200; ++i) {
    FiniteSource source = drawn(random, 1e7);
    source.population = 10'000'000 - static_cast<std::int64_t>(random() % 1000);
    expect_laws(source);
  }
  expect_laws({10'000'000, 3600, 0.5, 1389});  // at the knee
  expect_laws({10'000'000, 1, 1, 5'000'000});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(finite_source, is_exact_where_nobody_waits) {
  for (const std::int64_t servers : {1, 7}) {
    EXPECT_DOUBLE_EQ(finite_source({1, 10, 2, servers}).throughput, 1 / 12.0);
    EXPECT_EQ(finite_source({1, 10, 2, servers}).response, 2);
    EXPECT_EQ(finite_source({1, 10, 2, servers}).probability_of_waiting, 0);
  }
  for (const std::int64_t servers : {1000, 1001}) {
    EXPECT_NEAR(finite_source({1000, 10, 2, servers}).throughput, 1000 / 12.0, 1e-11);
    EXPECT_EQ(finite_source({1000, 10, 2, servers}).response, 2);
    EXPECT_EQ(finite_source({1000, 10, 2, servers}).probability_of_waiting, 0);
  }
}

// Mean wait = P(wait) × (mean wait of those that wait), and many clients that seldom come are as an open queue.
TEST(finite_source, tends_to_erlang_c) {
  const FiniteSourceAnswer answer = finite_source({10'000'000, 1e6, 1, 12});
  const Waiting open = waiting(10, 1, 12);
  EXPECT_NEAR(answer.probability_of_waiting, open.probability, 1e-4);
  EXPECT_NEAR(answer.mean_wait, open.mean, 1e-4);
}

TEST(finite_source, answers_the_ends) {
  EXPECT_EQ(finite_source({0, 10, 2, 3}).throughput, 0);
  EXPECT_EQ(finite_source({0, 10, 2, 3}).response, 2);
  EXPECT_EQ(finite_source({50, 10, 0, 3}).throughput, 5);
  EXPECT_EQ(finite_source({50, 10, 0, 3}).response, 0);
  EXPECT_TRUE(std::isinf(finite_source({50, 0, 0, 3}).throughput));
  EXPECT_EQ(finite_source({50, 0, 2, 4}).throughput, 2);
  EXPECT_EQ(finite_source({50, 0, 2, 4}).response, 25);
  EXPECT_EQ(finite_source({50, 0, 2, 4}).probability_of_waiting, 1);
  EXPECT_EQ(finite_source({4, 0, 2, 4}).probability_of_waiting, 0);
  EXPECT_NEAR(finite_source({50, 1e-300, 1e10, 4}).response, 1.25e11, 1);
  EXPECT_DOUBLE_EQ(finite_source({50, 1e300, 1e-300, 4}).throughput, 5e-299);
  EXPECT_EQ(finite_source({50, 1e300, 1e-300, 4}).response, 1e-300);
}

TEST(finite_source, refuses_what_is_none) {
  EXPECT_EQ(refusal([] { finite_source({-1, 10, 2, 3}); }).place().key, "population");
  EXPECT_EQ(refusal([] { finite_source({1, -10, 2, 3}); }).place().key, "think_time");
  EXPECT_EQ(refusal([] { finite_source({1, 10, std::nan(""), 3}); }).place().key, "service_time");
  EXPECT_EQ(refusal([] { finite_source({1, 10, 2, 0}); }).place().key, "servers");
}

}  // namespace
}  // namespace sizing
