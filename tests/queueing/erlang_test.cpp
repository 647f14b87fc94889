#include "libsizing/queueing/erlang.h"

#include <chrono>
#include <cmath>
#include <random>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "tests/queueing/cases.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Digits50 = boost::multiprecision::cpp_bin_float_50;

// The recursion over the number of servers, in 50 digits.
Digits50 precise_b(double load, std::int64_t servers) {
  Digits50 inverse = 1;
  for (std::int64_t c = 1; c <= servers; ++c) inverse = 1 + c / Digits50(load) * inverse;
  return 1 / inverse;
}

Digits50 precise_c(double load, std::int64_t servers) {
  const Digits50 b = precise_b(load, servers);
  return b / (1 - load / Digits50(servers) * (1 - b));
}

TEST(erlang_b, matches_the_published_table) {
  const std::map<std::string, double> columns = {{"load_at_0.1pct", 0.001}, {"load_at_0.5pct", 0.005},
                                                 {"load_at_1pct", 0.01},    {"load_at_2pct", 0.02},
                                                 {"load_at_5pct", 0.05},    {"load_at_10pct", 0.1}};
  for (const Case& row : cases("erlang_b"))
    for (const auto& [column, share] : columns) {
      const auto servers = static_cast<std::int64_t>(row.at("servers"));
      EXPECT_LE(erlang_b(row.at(column) - 0.000051, servers), share);
      EXPECT_GE(erlang_b(row.at(column) + 0.000051, servers), share);
    }
}

TEST(erlang_c, matches_the_published_values) {
  for (const Case& row : cases("erlang_c")) {
    const double load = row.at("offered_load");
    const auto servers = static_cast<std::int64_t>(row.at("servers"));
    EXPECT_NEAR(erlang_b(load, servers), row.at("erlang_b"), 5.1e-11);
    EXPECT_NEAR(erlang_c(load, servers), row.at("erlang_c"), 5.1e-11);
    EXPECT_NEAR(waiting(load, 1, servers).mean, row.at("wait_over_service"), 5.1e-11);
  }
}

TEST(erlang_b, agrees_with_50_digits) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const auto servers = std::uniform_int_distribution<std::int64_t>(1, 3000)(random);
    const double load = static_cast<double>(servers) * std::uniform_real_distribution<double>(0.3, 2)(random);
    const Digits50 b = precise_b(load, servers);
    if (b < 1e-300) continue;
    EXPECT_NEAR(static_cast<double>(erlang_b(load, servers) / b), 1, 1e-13) << load << " on " << servers;
    if (load >= static_cast<double>(servers)) continue;
    EXPECT_NEAR(static_cast<double>(erlang_c(load, servers) / precise_c(load, servers)), 1, 1e-12);
  }
}

// Each value follows from that of one server less, however many there are.
TEST(erlang_b, keeps_the_recursion_at_any_number_of_servers) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::int64_t servers : {2LL, 1000LL, 10'000'000LL, 1'000'000'000LL})
    for (const double rho : {0.999, 1.0, 1.001, 3.0}) {
      const double load = rho * static_cast<double>(servers), less = erlang_b(load, servers - 1);
      if (less == 0) continue;
      EXPECT_NEAR(erlang_b(load, servers) / (load * less / (static_cast<double>(servers) + load * less)), 1, 1e-12);
    }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(erlang_b, answers_the_ends) {
  EXPECT_EQ(erlang_b(0, 0), 1);  // there is no server to be free
  EXPECT_EQ(erlang_b(0, 5), 0);
  EXPECT_EQ(erlang_b(3, 0), 1);
  EXPECT_EQ(erlang_b(1, 10'000'000), 0);
  EXPECT_NEAR(erlang_b(1e300, 10), 1, 1e-15);
  EXPECT_EQ(erlang_c(0, 0), 0);
  EXPECT_EQ(erlang_c(3, 0), 1);
  EXPECT_EQ(erlang_c(5, 5), 1);
  EXPECT_EQ(erlang_c(7, 5), 1);
}

TEST(erlang_b, refuses_what_is_no_load_and_no_number_of_servers) {
  for (const double load : {-1.0, std::nan(""), static_cast<double>(INFINITY)}) {
    EXPECT_EQ(refusal([&] { erlang_b(load, 1); }).place().key, "offered_load");
    EXPECT_EQ(refusal([&] { erlang_c(load, 1); }).place().key, "offered_load");
  }
  EXPECT_EQ(refusal([] { erlang_b(1, -1); }).place().key, "servers");
  EXPECT_EQ(refusal([] { waiting(1e200, 1e200, 1); }).place().key, "offered_load");
}

TEST(erlang_c, grows_with_load_and_falls_with_servers) {
  for (std::int64_t servers = 1; servers < 200; ++servers)
    for (double load = 0.1 * static_cast<double>(servers); load < static_cast<double>(servers); load *= 1.2) {
      EXPECT_LT(erlang_c(load, servers + 1), erlang_c(load, servers));
      EXPECT_LT(erlang_c(load, servers), erlang_c(load * 1.01, servers));
      EXPECT_GE(erlang_c(load, servers), erlang_b(load, servers));
    }
}

// Printed values: M/M/2 and M/M/4 at 9 arrivals and 5 services per time; queue and response.
TEST(waiting, matches_printed_queues) {
  const Waiting two = waiting(9, 0.2, 2), four = waiting(9, 0.2, 4);
  EXPECT_NEAR(9 * two.mean, 7.674, 5e-4);
  EXPECT_NEAR(two.mean + 0.2, 1.053, 5e-4);
  EXPECT_NEAR(9 * four.mean, 0.105, 5e-4);
  EXPECT_NEAR(four.mean + 0.2, 0.212, 5e-4);
}

// The example of the README of pyworkforce: 100 calls in 30 minutes, each of 3 minutes, 14 agents, 20 seconds.
TEST(service_level, matches_a_printed_call_centre) {
  const Waiting calls = waiting(100 / 30.0, 3, 14);
  EXPECT_NEAR(calls.probability, 0.1741319336, 5e-11);
  EXPECT_NEAR(service_level(calls, 20 / 60.0), 0.8883500192, 5e-11);
  EXPECT_NEAR(calls.utilisation, 0.7143, 5e-5);
  EXPECT_EQ(servers_for_level(10, 20 / 180.0, 0.8883500191), 14);
  EXPECT_EQ(servers_for_level(10, 20 / 180.0, 0.8883500193), 15);
}

TEST(waiting_quantile, inverts_the_service_level) {
  for (const double share : {0.5, 0.9, 0.99, 0.999999}) {
    const Waiting w = waiting(9, 0.2, 2);
    EXPECT_NEAR(service_level(w, waiting_quantile(w, share)), share, 1e-14);
  }
  EXPECT_EQ(waiting_quantile(waiting(9, 0.2, 4), 0.5), 0);
  EXPECT_EQ(waiting_quantile(waiting(0, 0.2, 4), 1), 0);
  EXPECT_TRUE(std::isinf(waiting_quantile(waiting(9, 0.2, 2), 1)));
  EXPECT_TRUE(std::isinf(waiting_quantile(waiting(20, 0.2, 2), 0.5)));
}

TEST(waiting, answers_the_ends) {
  const Waiting none = waiting(0, 1, 0), over = waiting(3, 1, 2), instant = waiting(5, 0, 2);
  EXPECT_EQ(none.mean, 0);
  EXPECT_EQ(service_level(none, 0), 1);
  EXPECT_TRUE(std::isinf(over.mean));
  EXPECT_EQ(over.probability, 1);
  EXPECT_EQ(over.utilisation, 1);
  EXPECT_EQ(service_level(over, 1e9), 0);
  EXPECT_EQ(instant.mean, 0);
  EXPECT_EQ(waits_longer(instant, 0), 0);
}

TEST(servers_for, gives_the_fewest) {
  for (const double load : {0.01, 1.0, 7.3, 100.0, 12345.6, 1e7}) {
    for (const double share : {0.5, 0.1, 0.01, 1e-6}) {
      const std::int64_t b = servers_for_blocking(load, share), c = servers_for_waiting(load, share);
      EXPECT_LE(erlang_b(load, b), share);
      EXPECT_GT(erlang_b(load, b - 1), share);
      EXPECT_LE(erlang_c(load, c), share);
      EXPECT_GT(erlang_c(load, c - 1), share);
    }
    const std::int64_t mean = servers_for_mean_wait(load, 0.01);
    EXPECT_LE(waiting(load, 1, mean).mean, 0.01);
    EXPECT_GT(waiting(load, 1, mean - 1).mean, 0.01);
  }
  EXPECT_EQ(servers_for_blocking(0, 0.1), 0);
  EXPECT_EQ(servers_for_blocking(5, 1), 0);
}

TEST(servers_for, refuses_what_no_number_gives) {
  EXPECT_EQ(refusal([] { servers_for_blocking(1, 0); }).place().key, "share");
  EXPECT_EQ(refusal([] { servers_for_waiting(1, 0); }).place().key, "share");
  EXPECT_EQ(refusal([] { servers_for_mean_wait(1, 0); }).place().key, "services");
  EXPECT_EQ(refusal([] { servers_for_level(1, 1, 1); }).place().key, "1 - share");
  EXPECT_EQ(refusal([] { servers_for_waiting(1e200, 0.1); }).place().key, "offered_load");
}

}  // namespace
}  // namespace sizing
