#include "libsizing/queueing/returning.h"

#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/queueing/finite_source.h"
#include "tests/queueing/distributions.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

// Two and a half half-widths are five standard errors: with a fixed seed it holds or does not. What is rarer than a
// few of a million requests may not be seen.
void expect_within(const Estimate& estimate, double expected) {
  EXPECT_NEAR(estimate.value, expected, 2.5 * estimate.half_width + 5e-6);
}

// Exact for exponential service, whatever the thinking.
TEST(returning, matches_the_exact_answer) {
  const Distribution thinking[] = {
      {Kind::exponential, 10}, {Kind::constant, 10}, {Kind::erlang, 10, 3}, {Kind::lognormal, 10, 1.5}};
  for (const std::size_t population : {1UL, 5UL, 30UL, 200UL})
    for (const std::size_t servers : {1UL, 3UL, 16UL})
      for (const Distribution& think : thinking) {
        SCOPED_TRACE(name(think) + " of " + std::to_string(population) + " at " + std::to_string(servers));
        const FiniteSourceAnswer exact =
            finite_source({static_cast<std::int64_t>(population), 10, 1, static_cast<std::int64_t>(servers)});
        const SimulatedReturning found =
            simulate_returning({population, think, servers, {Kind::exponential, 1}}, {.customers = 30'000});
        expect_within(found.throughput, exact.throughput);
        expect_within(found.mean_response, exact.response);
        expect_within(found.mean_wait, exact.mean_wait);
        expect_within(found.utilisation, exact.utilisation);
        expect_within(found.probability_of_waiting, exact.probability_of_waiting);
        expect_within(found.at_servers, exact.at_servers);
      }
}

// N = X (Z + R), whatever the service; and nobody waits where there is a server for everybody.
TEST(returning, the_population_is_the_throughput_times_the_cycle) {
  for (const Distribution& service : some_distributions(1)) {
    if (scv(service) > 10) continue;  // means of such need more requests than a test has
    SCOPED_TRACE(name(service));
    const SimulatedReturning some = simulate_returning({50, {Kind::erlang, 20, 2}, 2, service}, {.customers = 50'000});
    EXPECT_NEAR(some.throughput.value * (20 + some.mean_response.value), 50, 0.5);
    const SimulatedReturning alone = simulate_returning({5, {}, 5, service}, {.customers = 1000, .count = 2});
    EXPECT_EQ(alone.largest_wait.value, 0);
  }
}

// Constant times of a single server: everybody waits for the others in turn.
TEST(returning, constant_times_are_answered_exactly) {
  const SimulatedReturning full = simulate_returning({4, {Kind::constant, 1}, 1, {Kind::constant, 2}}, {.count = 2});
  EXPECT_NEAR(full.throughput.value, 0.5, 1e-4);
  EXPECT_NEAR(full.mean_response.value, 4 * 2 - 1, 1e-9);
  EXPECT_NEAR(full.utilisation.value, 1, 1e-4);
}

TEST(returning, more_servers_let_nobody_wait_longer_and_more_clients_wait_longer) {
  double before = INFINITY;
  for (const std::size_t servers : {1UL, 2UL, 3UL, 5UL, 8UL}) {
    const double wait =
        simulate_returning({60, {Kind::exponential, 10}, servers, {Kind::lognormal, 1, 1}}).mean_wait.value;
    EXPECT_LT(wait, before);
    before = wait;
  }
  before = -1;
  for (const std::size_t population : {1UL, 10UL, 30UL, 60UL, 300UL}) {
    const double wait = simulate_returning({population, {Kind::exponential, 10}, 3, {}}).mean_wait.value;
    EXPECT_GT(wait, before);
    before = wait;
  }
}

TEST(returning, gives_the_same_bits_on_every_instruction_set_and_any_number_of_threads) {
  const ReturningClients clients{40, {Kind::lognormal, 5, 1}, 3, {Kind::hyperexponential, 1, 3}};
  const SimulatedReturning one = simulate_returning(
      clients, {.customers = 5000, .count = 5, .threads = 1, .instructions = InstructionSet::baseline});
  for (const InstructionSet set : instruction_sets()) {
    const SimulatedReturning other =
        simulate_returning(clients, {.customers = 5000, .count = 5, .threads = 3, .instructions = set});
    EXPECT_EQ(one.mean_wait.value, other.mean_wait.value);
    EXPECT_EQ(one.throughput.half_width, other.throughput.half_width);
  }
}

TEST(returning, refuses_what_has_no_answer) {
  const auto key = [](const ReturningClients& clients, const Replications& run) {
    return refusal([&] { simulate_returning(clients, run); }).place().key;
  };
  EXPECT_EQ(key({0, {}, 1, {}}, {}), "population");
  EXPECT_EQ(key({1, {}, 0, {}}, {}), "servers");
  EXPECT_EQ(key({1, {Kind::constant, 0}, 1, {Kind::constant, 0}}, {}), "think_time");
  EXPECT_EQ(key({1, {}, 1, {}}, {.customers = 0}), "customers");
  EXPECT_EQ(key({1, {}, 1, {}}, {.count = 0}), "replications");
  std::atomic<bool> stop = true;
  EXPECT_EQ(refusal([&] { simulate_returning({}, {.stop = &stop}); }).problem(),
            "stopped before the first replication was complete");
}

}  // namespace
}  // namespace sizing
