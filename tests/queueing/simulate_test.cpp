#include "libsizing/queueing/simulate.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include <gtest/gtest.h>

#include "libsizing/queueing/erlang.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

Station station(std::size_t servers, double load, const Distribution& service = {}) {
  return {servers, {.mean = service.mean / load / static_cast<double>(servers)}, service};
}

// Five standard errors: with a fixed seed it either holds or does not.
void expect_within(const Estimate& estimate, double expected, double closeness = 0) {
  EXPECT_NEAR(estimate.value, expected, 2.5 * estimate.half_width + closeness * expected);
}

// Mean waits and probabilities of waiting, exact: Erlang C, Crommelin's series, Markov chains solved; data/validation.
struct Exact {
  std::size_t servers;
  double load;
  Distribution service;
  double probability, wait;
};

const Exact exact_cases[] = {
    {1, 0.5, {Kind::exponential}, 0.5, 1},
    {1, 0.9, {Kind::constant}, 0.9, 4.5},
    {1, 0.8, {Kind::erlang, 1, 2}, 0.8, 3},
    {1, 0.8, {Kind::hyperexponential, 1, 4}, 0.8, 10},
    {1, 0.8, {Kind::lognormal, 1, 1.5}, 0.8, 6.5},  // Pollaczek and Khinchine: 0.8 / 0.2 * (1 + 1.5²) / 2
    {2, 0.9, {Kind::exponential}, 0.852632, 4.263158},
    {2, 0.8, {Kind::constant}, 0.701898, 0.903284},
    {5, 0.7, {Kind::erlang, 1, 2}, 0.372368, 0.194654},
    {5, 0.8, {Kind::hyperexponential, 1, 4}, 0.569555, 1.254151},
};

TEST(simulate, matches_the_exact_answers) {
  for (const Exact& exact : exact_cases) {
    SCOPED_TRACE(name(exact.service) + " at " + std::to_string(exact.servers));
    const Simulated waiting = simulate(station(exact.servers, exact.load, exact.service), {.customers = 60'000});
    expect_within(waiting.mean_wait, exact.wait, 1e-4);
    expect_within(waiting.probability_of_waiting, exact.probability, 1e-4);
    expect_within(waiting.mean_response, exact.wait + 1, 1e-4);
    expect_within(waiting.utilisation, exact.load, 1e-4);
  }
}

// M/M/1: P(W > t) = rho exp(-(1 - rho) t).
TEST(simulate, quantiles_of_waiting_match_the_exponential_law) {
  const Simulated waiting = simulate(station(1, 0.8), {.customers = 200'000});
  const auto quantile = [](double share) { return std::log(0.8 / (1 - share)) / 0.2; };
  expect_within(waiting.p50, quantile(0.5), 1e-3);
  expect_within(waiting.p90, quantile(0.9), 1e-3);
  expect_within(waiting.p95, quantile(0.95), 1e-3);
  expect_within(waiting.p99, quantile(0.99), 1e-3);
  EXPECT_GT(waiting.largest.value, waiting.p99.value);
}

// Short replications of a busy station: each has its own p99 far below that of all, whose mean would be off by a
// fifth. M/M/1: log(100 rho) / (1 - rho).
TEST(simulate, percentiles_are_of_all_replications_together) {
  const double rho = 0.9, exact = std::log(100 * rho) / (1 - rho);
  int held = 0;
  double sum = 0;
  constexpr int runs = 100;
  for (int seed = 1; seed <= runs; ++seed) {
    const Simulated run = simulate(station(1, rho), {.customers = 5000, .seed = static_cast<std::uint64_t>(seed)});
    sum += run.p99.value;
    held += std::abs(run.p99.value - exact) < run.p99.half_width;
  }
  EXPECT_NEAR(sum / runs / exact, 1, 0.03);
  EXPECT_GE(held, 82);  // so short runs are far from normal: long ones hold it in 95 of 100
}

// An empty station of many servers fills first: exact by Erlang C.
TEST(simulate, forgets_that_it_began_empty) {
  for (const auto& [servers, rho] : {std::pair{1UL, 0.99}, std::pair{2000UL, 0.99}}) {
    const Station busy = station(servers, rho);
    const Simulated run = simulate(busy, {.customers = 20'000});
    const double exact = erlang_c(rho * static_cast<double>(servers), static_cast<std::int64_t>(servers));
    EXPECT_NEAR(run.probability_of_waiting.value, exact, 1.5 * run.probability_of_waiting.half_width) << servers;
    EXPECT_GE(warm_up_of(busy, {.customers = 20'000}), 8 * servers);
  }
  EXPECT_EQ(warm_up_of(station(1, 0.5), {.customers = 20'000}), 2000U);
  EXPECT_EQ(warm_up_of(station(1, 0.99), {.customers = 20'000, .warm_up = 7}), 7U);
}

TEST(simulate, quantiles_are_zero_where_few_wait) {
  const Simulated waiting = simulate(station(20, 0.5), {.customers = 20'000});
  EXPECT_EQ(waiting.p90.value, 0);
  EXPECT_GT(waiting.largest.value, 0);
}

TEST(simulate, times_scale_with_their_unit) {
  const Simulated seconds = simulate({3, {.mean = 0.5}, {Kind::erlang, 1, 3}}, {.customers = 5000});
  const Simulated milliseconds = simulate({3, {.mean = 500}, {Kind::erlang, 1000, 3}}, {.customers = 5000});
  EXPECT_NEAR(milliseconds.mean_wait.value / seconds.mean_wait.value, 1000, 1e-6);
  EXPECT_NEAR(milliseconds.p99.value / seconds.p99.value, 1000, 1e-6);
}

void expect_same(const Simulated& a, const Simulated& b) {
  EXPECT_EQ(a.mean_wait.value, b.mean_wait.value);
  EXPECT_EQ(a.mean_wait.half_width, b.mean_wait.half_width);
  EXPECT_EQ(a.probability_of_waiting.value, b.probability_of_waiting.value);
  EXPECT_EQ(a.p95.value, b.p95.value);
  EXPECT_EQ(a.largest.value, b.largest.value);
  EXPECT_EQ(a.utilisation.value, b.utilisation.value);
}

const Distribution every_service[] = {{Kind::constant},
                                      {Kind::exponential},
                                      {Kind::erlang, 1, 20},
                                      {Kind::hyperexponential, 1, 3},
                                      {Kind::lognormal, 1, 0.7}};

// 250 and 800 servers are kept as a heap by some of them and sorted by the others.
TEST(simulate, gives_the_same_bits_on_every_instruction_set) {
  for (const std::size_t servers : {1UL, 3UL, 250UL, 800UL})
    for (const Distribution& service : every_service) {
      SCOPED_TRACE(name(service) + " at " + std::to_string(servers));
      Replications run{.customers = 3000, .count = 9};
      run.instructions = InstructionSet::baseline;
      const Simulated baseline = simulate(station(servers, 0.97, service), run);
      for (const InstructionSet set : instruction_sets()) {
        run.instructions = set;
        expect_same(simulate(station(servers, 0.97, service), run), baseline);
      }
    }
}

TEST(simulate, gives_the_same_bits_on_any_number_of_threads) {
  Replications run{.customers = 2000, .count = 37, .threads = 1};
  const Simulated one = simulate(station(4, 0.9), run);
  for (run.threads = 2; run.threads <= 5; ++run.threads) expect_same(simulate(station(4, 0.9), run), one);
}

TEST(simulate, another_seed_gives_another_sample) {
  EXPECT_NE(simulate(station(2, 0.8), {.customers = 1000, .seed = 1}).mean_wait.value,
            simulate(station(2, 0.8), {.customers = 1000, .seed = 2}).mean_wait.value);
}

// The 95 % intervals hold the truth in 93 to 97 of 100 runs: M/M/1 at half load waits 1 service.
TEST(simulate, intervals_hold_the_truth_as_often_as_they_say) {
  int held = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Simulated waiting = simulate(station(1, 0.5), {.customers = 4000, .count = 24, .seed = seed, .threads = 1});
    held += std::abs(waiting.mean_wait.value - 1) <= waiting.mean_wait.half_width;
  }
  EXPECT_GE(held, 1860);
  EXPECT_LE(held, 1940);
}

// With the same customers, each one waits no longer where there is a server more, or where everybody is served faster.
TEST(simulate, more_or_faster_servers_let_nobody_wait_longer) {
  for (const Distribution& service : every_service) {
    const Trace few = trace(station(4, 0.9, service), 5000);
    Station more = station(4, 0.9, service), faster = more;
    more.servers = 5;
    faster.service.mean *= 0.9;
    const Trace with_more = trace(more, 5000), with_faster = trace(faster, 5000);
    for (std::size_t i = 0; i < few.start.size(); ++i) {
      ASSERT_LE(with_more.start[i], few.start[i] + 1e-9) << name(service) << " " << i;
      ASSERT_LE(with_faster.start[i], few.start[i] + 1e-9) << name(service) << " " << i;
    }
  }
}

// The area under the number of customers present, event by event, and the time during which all servers are busy.
struct Areas {
  double present = 0, all_busy = 0;
};

Areas areas_of(const Trace& trace, std::size_t servers) {
  struct Event {
    double time;
    int present, busy;
  };
  std::vector<Event> events;
  for (std::size_t i = 0; i < trace.arrival.size(); ++i) {
    events.push_back({trace.arrival[i], 1, 0});
    events.push_back({trace.start[i], 0, 1});
    events.push_back({trace.end[i], -1, -1});
  }
  // At one instant who leaves makes room for who starts.
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return std::tie(a.time, a.busy) < std::tie(b.time, b.busy); });
  Areas areas;
  double last = 0;
  int present = 0, busy = 0;
  for (const Event& event : events) {
    areas.present += present * (event.time - last);
    if (busy == static_cast<int>(servers)) areas.all_busy += event.time - last;
    present += event.present, busy += event.busy, last = event.time;
  }
  EXPECT_EQ(present, 0);
  return areas;
}

class law : public testing::TestWithParam<Distribution> {};

// Little's law, exactly, on what is traced: the area under the number present is the sum of the times present.
TEST_P(law, little) {
  for (const std::size_t servers : {1UL, 7UL, 300UL}) {
    const Trace customers = trace(station(servers, 0.9, GetParam()), 20'000);
    double present = 0;
    for (std::size_t i = 0; i < customers.end.size(); ++i) present += customers.end[i] - customers.arrival[i];
    EXPECT_NEAR(areas_of(customers, servers).present / present, 1, 1e-9) << servers;
  }
}

TEST_P(law, customers_start_in_turn_and_never_more_than_there_are_servers) {
  for (const std::size_t servers : {1UL, 7UL, 300UL}) {
    const Trace customers = trace(station(servers, 0.95, GetParam()), 20'000);
    EXPECT_TRUE(std::is_sorted(customers.arrival.begin(), customers.arrival.end()));
    // Where the clock of a block ends is rounded, so two who start together may differ by that.
    for (std::size_t i = 1; i < customers.start.size(); ++i)
      ASSERT_GE(customers.start[i], customers.start[i - 1] - 1e-9);
    for (std::size_t i = 0; i < customers.start.size(); ++i) ASSERT_GE(customers.start[i], customers.arrival[i]);
    for (std::size_t i = 0; i < customers.start.size(); i += 97) {
      const auto left_later = [&](double end) { return end > customers.start[i] + 1e-9; };
      const auto ends = std::span(customers.end).first(i);
      ASSERT_LT(std::count_if(ends.begin(), ends.end(), left_later), static_cast<std::ptrdiff_t>(servers));
    }
  }
}

// Poisson arrivals see time averages: the share of arrivals that wait is the share of time with all servers busy.
TEST_P(law, arrivals_see_time_averages) {
  const std::size_t servers = 3;
  const Trace customers = trace(station(servers, 0.7, GetParam()), 400'000);
  double waited = 0;
  for (std::size_t i = 0; i < customers.start.size(); ++i) waited += customers.start[i] > customers.arrival[i];
  const double busy = areas_of(customers, servers).all_busy / customers.end.back();
  EXPECT_NEAR(waited / static_cast<double>(customers.start.size()) / busy, 1, 0.02);
}

INSTANTIATE_TEST_SUITE_P(of_a_service, law, testing::ValuesIn(every_service));

TEST(simulate, draws_have_their_mean_and_variation) {
  for (const Distribution& service : every_service) {
    const Trace customers = trace(station(1, 0.1, service), 400'000);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < customers.end.size(); ++i) {
      const double time = customers.end[i] - customers.start[i];
      sum += time, squares += time * time;
    }
    const double n = static_cast<double>(customers.end.size()), mean = sum / n;
    EXPECT_NEAR(mean, 1, 0.01) << name(service);
    EXPECT_NEAR(squares / n / mean / mean - 1, scv(service), 0.05 * scv(service) + 1e-9) << name(service);
  }
}

TEST(simulate, arrivals_may_be_of_any_kind) {
  // D/M/1 at 0.8: the share that waits is the root of x = exp(-(1 - x) / 0.8) below 1 (Tijms 2003, section 9.3):
  // 0.6286.
  const Simulated regular = simulate({1, {Kind::constant, 1.25}, {Kind::exponential}}, {.customers = 100'000});
  double root = 0.5;
  for (int i = 0; i < 200; ++i) root = std::exp(-(1 - root) / 0.8);
  expect_within(regular.probability_of_waiting, root);
  expect_within(regular.mean_wait, root / (1 - root));
}

TEST(simulate, nobody_waits_where_nothing_takes_time_or_nobody_comes) {
  const Simulated instant = simulate({2, {}, {Kind::exponential, 0}}, {.customers = 1000});
  EXPECT_EQ(instant.mean_wait.value, 0);
  EXPECT_EQ(instant.probability_of_waiting.value, 0);
  EXPECT_EQ(instant.utilisation.value, 0);
  const Simulated even = simulate({1, {Kind::constant, 1}, {Kind::constant, 0.999999}}, {.customers = 1000});
  EXPECT_EQ(even.largest.value, 0);
}

TEST(simulate, refuses_what_has_no_answer) {
  const auto problem = [](const Station& station, const Replications& run) {
    return refusal([&] { simulate(station, run); }).problem();
  };
  const std::string overload = "the load is not below the capacity, so waiting grows without end";
  EXPECT_EQ(problem(station(2, 1), {}), overload);
  EXPECT_EQ(problem({1, {Kind::exponential, 0}, {}}, {}), overload);
  EXPECT_EQ(problem({0, {}, {}}, {}), "out of range");
  EXPECT_EQ(problem(station(1, 0.5), {.customers = 0}), "out of range");
  EXPECT_EQ(problem(station(1, 0.5), {.customers = 1, .warm_up = most_customers}), "out of range");
  EXPECT_EQ(problem(station(1, 0.5), {.count = 0}), "out of range");
}

TEST(simulate, ends_when_it_is_told_to) {
  std::atomic<bool> stop = true;
  const Replications run{.customers = most_customers / 2, .stop = &stop};
  EXPECT_EQ(refusal([&] { simulate(station(1, 0.5), run); }).problem(), "stopped before the first was counted");
}

TEST(simulate, one_replication_has_no_interval) {
  const Simulated waiting = simulate(station(1, 0.5), {.customers = 1000, .count = 1});
  EXPECT_TRUE(std::isnan(waiting.mean_wait.half_width));
  EXPECT_GT(waiting.mean_wait.value, 0);
}

}  // namespace
}  // namespace sizing
