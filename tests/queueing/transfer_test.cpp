#include "libsizing/queueing/transfer.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/queueing/shapes.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = ArrivalShape::Kind;

constexpr double gigabit = 125e6;  // bytes per second

Transfers upgrade(double window, Kind kind = Kind::uniform) {
  return {{400, 0, window, {kind, 0.5, {}}}, 6e9, gigabit, 0, 100};
}

// By hand: 400 × 6 GB at 125 MB/s are 19 200 s, in four batches of 100 clients and 4800 s.
TEST(transfer, of_an_upgrade_to_400_clients_at_once) {
  const TransferAnswer answer = transfer(upgrade(0));
  EXPECT_EQ(answer.most_at_once, 100);
  EXPECT_EQ(answer.most_waiting, 300);
  EXPECT_DOUBLE_EQ(answer.end, 19200);
  EXPECT_DOUBLE_EQ(answer.shortest_time, 4800);
  EXPECT_DOUBLE_EQ(answer.mean_time, 4800);
  EXPECT_DOUBLE_EQ(answer.longest_time, 4800);
  EXPECT_DOUBLE_EQ(answer.mean_wait, 7200);
  EXPECT_DOUBLE_EQ(answer.longest_wait, 14400);
}

// By hand: two batches of 100, then 50 that are limited to 2 MB/s each.
TEST(transfer, of_a_last_batch_that_is_limited_by_each_client) {
  Transfers some = upgrade(0);
  some.arrivals.clients = 250;
  some.limit = 2e6;
  const TransferAnswer answer = transfer(some);
  EXPECT_DOUBLE_EQ(answer.shortest_time, 3000);
  EXPECT_DOUBLE_EQ(answer.end, 2 * 4800 + 3000);
  EXPECT_DOUBLE_EQ(answer.mean_time, (200 * 4800 + 50 * 3000) / 250.0);
  EXPECT_DOUBLE_EQ(answer.mean_wait, (100 * 4800 + 50 * 9600) / 250.0);
}

// The two ways agree: step by step for a window so short that it does not matter, and the closed form.
TEST(transfer, in_a_short_window_is_as_all_at_once) {
  std::mt19937 random(1);
  for (int i = 0; i < 50; ++i) {
    Transfers some = upgrade(0);
    some.arrivals.clients = static_cast<double>(1 + random() % 1000);
    some.slots = random() % 3 == 0 ? 0 : 1 + static_cast<std::int64_t>(random() % 200);
    some.limit = random() % 2 == 0 ? 0 : 1e6;
    const TransferAnswer closed = transfer(some);
    some.arrivals.window = 1e-3;
    const TransferAnswer stepped = transfer(some);
    EXPECT_NEAR(stepped.most_at_once, closed.most_at_once, 1e-9);
    EXPECT_NEAR(stepped.most_waiting, closed.most_waiting, 1e-9);
    EXPECT_NEAR(stepped.end, closed.end, 0.01);
    EXPECT_NEAR(stepped.mean_time, closed.mean_time, 0.01);
    EXPECT_NEAR(stepped.longest_time, closed.longest_time, 0.01);
    EXPECT_NEAR(stepped.mean_wait, closed.mean_wait, 0.01);
    EXPECT_NEAR(stepped.longest_wait, closed.longest_wait, 0.01);
  }
}

// Whoever comes seldom enough has the line alone.
TEST(transfer, alone_is_as_fast_as_the_line_or_its_limit) {
  Transfers seldom = upgrade(400 * 49.0);
  EXPECT_NEAR(transfer(seldom).longest_time, 48, 1e-9);
  EXPECT_EQ(transfer(seldom).most_at_once, 1);
  EXPECT_NEAR(transfer(seldom).end, 399.5 * 49 + 48, 1e-6);
  seldom.limit = 6e7;
  seldom.arrivals.window = 400 * 101.0;
  EXPECT_NEAR(transfer(seldom).mean_time, 100, 1e-9);
}

// By hand: two clients, 5 s apart, 10 s of work each: 5 s alone, 10 s together, 5 s alone.
TEST(transfer, of_two_that_overlap) {
  const TransferAnswer answer = transfer({{2, 0, 10, {}}, 100, 10, 0, 0});
  EXPECT_NEAR(answer.end, 2.5 + 20, 1e-12);
  EXPECT_NEAR(answer.shortest_time, 15, 1e-12);
  EXPECT_NEAR(answer.longest_time, 15, 1e-12);
  EXPECT_EQ(answer.most_at_once, 2);
}

TEST(transfer, keeps_the_laws) {
  std::mt19937 random(2);
  const auto between = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
  };
  for (int i = 0; i < 100; ++i)
    for (const Arrivals& a : some_arrivals(std::ceil(between(1, 3000)), 100, between(1e-3, 1e5))) {
      Transfers some = {a, between(1e3, 1e10), between(1e5, 1e9), random() % 2 == 0 ? 0 : between(1e4, 1e9),
                        random() % 2 == 0 ? 0 : static_cast<std::int64_t>(between(1, 1000))};
      const TransferAnswer answer = transfer(some);
      const double alone = some.bytes / (some.limit > 0 ? std::min(some.limit, some.line) : some.line);
      const double exact = 1 - 1e-9;
      EXPECT_GE(answer.end - 100, a.clients * some.bytes / some.line * exact);
      EXPECT_GE(answer.shortest_time, alone * exact - 1e-9);  // a clock at 1e5 s has no finer steps
      EXPECT_LE(answer.shortest_time * exact, answer.mean_time);
      EXPECT_LE(answer.mean_time * exact, answer.longest_time);
      EXPECT_LE(answer.mean_wait * exact, answer.longest_wait);
      EXPECT_LE(answer.most_at_once, some.slots > 0 ? std::min(a.clients, static_cast<double>(some.slots)) : a.clients);
      EXPECT_GE(answer.most_at_once, 1);
      some.line *= 2;
      EXPECT_LE(transfer(some).end * exact, answer.end);
    }
}

// By hand: the line carries 200 a second, less than come: it is busy from the first to the last, 50 000 s. When
// the last one begins, the other 5000 have half of their bytes to go on average: 12.5 s.
TEST(transfer, of_ten_million_clients_keeps_the_line_busy) {
  const TransferAnswer answer = transfer({{1e7, 0, 28800, {}}, 1e6, 2e8, 0, 5000});
  EXPECT_EQ(answer.most_at_once, 5000);
  EXPECT_NEAR(answer.end, 50'000, 0.1);
  EXPECT_NEAR(answer.longest_time, 25, 0.1);
  EXPECT_NEAR(answer.longest_wait, 50'000 - 28'800 - 12.5, 2);
}

// Bundles, of three: the same day with a third of the clients, each with three times as much.
TEST(transfer, of_more_clients_goes_in_bundles) {
  const TransferAnswer many = transfer({{3e7, 0, 28800, {}}, 1e6, 2e8, 0, 6000});
  EXPECT_EQ(many.most_at_once, 6000);
  EXPECT_NEAR(many.end, 150'000, 0.1);
  EXPECT_NEAR(many.longest_time, 30, 0.1);
}

TEST(transfer, answers_the_ends) {
  EXPECT_EQ(transfer({{0, 7, 10, {}}, 1, 1, 0, 0}).end, 7);
  EXPECT_EQ(transfer({{5, 7, 0, {}}, 0, 1, 0, 0}).end, 7);
  EXPECT_EQ(transfer({{5, 7, 10, {}}, 0, 1, 0, 1}).longest_wait, 0);
  EXPECT_EQ(transfer({{0.5, 7, 0, {}}, 10, 1, 0, 0}).end, 17);
  EXPECT_EQ(refusal([] { transfer({{1, 0, 0, {}}, 1, 0, 0, 0}); }).place().key, "line");
  EXPECT_EQ(refusal([] { transfer({{1, 0, 0, {}}, -1, 1, 0, 0}); }).place().key, "bytes");
  EXPECT_EQ(refusal([] { transfer({{1, 0, 0, {}}, 1, 1, std::nan(""), 0}); }).place().key, "limit");
  EXPECT_EQ(refusal([] { transfer({{1, 0, 0, {}}, 1, 1, 0, -1}); }).place().key, "slots");
}

}  // namespace
}  // namespace sizing
