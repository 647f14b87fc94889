#include "libsizing/queueing/constant_service.h"

#include <chrono>
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "tests/queueing/cases.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Digits50 = boost::multiprecision::cpp_bin_float_50;

TEST(constant_service, matches_the_exact_grid) {
  for (const Case& row : cases("multiserver_grid")) {
    const auto answer = constant_service(row.at("c") * row.at("rho"), static_cast<std::int64_t>(row.at("c")));
    EXPECT_NEAR(answer.probability_of_waiting, row.at("md_pw"), 5.1e-7);
    EXPECT_NEAR(answer.mean_wait, row.at("md_wq"), 5.1e-7);
  }
}

// One server: the utilisation, and Pollaczek-Khinchine; also where almost nothing is idle.
TEST(constant_service, is_pollaczek_khinchine_at_one_server) {
  for (const double rho : {1e-6, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999}) {
    const auto answer = constant_service(rho, 1);
    EXPECT_NEAR(answer.probability_of_waiting / rho, 1, 1e-11) << rho;
    EXPECT_NEAR(answer.mean_wait / (rho / (2 * (1 - rho))), 1, 1e-11 / (1 - rho)) << rho;
  }
}

// Both series added up term by term in 50 digits, until nothing is added.
TEST(constant_service, agrees_with_50_digits) {
  for (const std::int64_t servers : {2, 3, 17})
    for (const double rho : {0.3, 0.6, 0.8}) {
      const double load = rho * static_cast<double>(servers);
      Digits50 reached = 0, exceeded = 0;
      for (int n = 1; n <= 1200; ++n) {
        const Digits50 p = boost::math::gamma_p(Digits50(n * servers), Digits50(n * Digits50(load)));
        const Digits50 beyond = boost::math::gamma_p(Digits50(n * servers + 1), Digits50(n * Digits50(load)));
        reached += p / n;
        exceeded += load * p - servers * beyond;
        if (p < 1e-18) break;
      }
      const auto answer = constant_service(load, servers);
      EXPECT_NEAR(static_cast<double>(answer.probability_of_waiting / (1 - exp(-reached))), 1, 1e-11);
      EXPECT_NEAR(static_cast<double>(answer.mean_wait / (exceeded / load)), 1, 1e-11) << servers << " " << rho;
    }
}

// Near saturation the wait tends to half of that at exponential service: 1 / (2 c (1 - rho)).
TEST(constant_service, keeps_the_limit_of_heavy_traffic) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::int64_t servers : {2, 50, 1000}) {
    const auto c = static_cast<double>(servers);
    EXPECT_NEAR(constant_service(c * (1 - 1e-7), servers).mean_wait * 2 * c * 1e-7, 1, 1e-3 / std::sqrt(c));
  }
  EXPECT_GT(constant_service(9.99e6, 10'000'000).probability_of_waiting, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(constant_service, answers_the_ends) {
  EXPECT_EQ(constant_service(0, 3).mean_wait, 0);
  EXPECT_EQ(constant_service(0, 0).probability_of_waiting, 0);
  EXPECT_EQ(constant_service(3, 3).probability_of_waiting, 1);
  EXPECT_TRUE(std::isinf(constant_service(4, 3).mean_wait));
  EXPECT_EQ(constant_service(1, 10'000).mean_wait, 0);
  EXPECT_EQ(refusal([] { constant_service(std::nan(""), 3); }).place().key, "offered_load");
}

}  // namespace
}  // namespace sizing
