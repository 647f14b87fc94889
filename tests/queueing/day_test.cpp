#include "libsizing/queueing/day.h"

#include <cmath>
#include <thread>

#include <gtest/gtest.h>

#include "libsizing/queueing/erlang.h"
#include "tests/queueing/distributions.h"
#include "tests/queueing/shapes.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
using Shape = ArrivalShape::Kind;

Distribution constant(double time) { return {Kind::constant, time}; }

Clients clients(double count, Shape shape, double window, const Distribution& time) {
  return {.arrivals = {count, 0, window, {shape, 0.5, {1, 3, 2}}}, .time = time};
}

// Who come together to c threads of equal service wait a whole number of services: k / c of them, rounded down.
TEST(day, all_at_once_with_equal_services_wait_in_rounds) {
  const Day day = simulate_day({clients(100, Shape::at_once, 0, constant(2))}, {.threads = 8});
  double sum = 0;
  for (int k = 0; k < 100; ++k) sum += 2 * (k / 8);
  EXPECT_DOUBLE_EQ(day.mean_wait.value, sum / 100);
  EXPECT_NEAR(day.mean_wait.half_width, 0, 1e-12);
  EXPECT_EQ(day.largest.value, 24);
  EXPECT_EQ(day.waited.value, 0.92);
  EXPECT_EQ(day.most_waiting.value, 92);
  EXPECT_EQ(day.last_answer.value, 26);
  EXPECT_EQ(day.last_wait.value, 24);
  EXPECT_EQ(day.sessions.value, 100);
}

// A client's requests follow one another: as many clients as threads never wait, twice as many wait a service each.
TEST(day, requests_of_a_client_follow_one_another) {
  Clients chain = clients(8, Shape::at_once, 0, constant(1));
  chain.requests = 5;
  const Day alone = simulate_day({chain}, {.threads = 8});
  EXPECT_EQ(alone.mean_wait.value, 0);
  EXPECT_EQ(alone.last_answer.value, 5);
  EXPECT_EQ(alone.requests.value, 40);
  chain.arrivals.clients = 16;
  const Day two = simulate_day({chain}, {.threads = 8});
  EXPECT_EQ(two.last_answer.value, 10);
  chain.pause = constant(1);  // now the two halves alternate
  EXPECT_EQ(simulate_day({chain}, {.threads = 8}).last_answer.value, 10);
}

// Half of each request needs a core: two cores carry one request per half time, whatever the threads.
TEST(day, cores_limit_what_threads_would_carry) {
  Clients all = clients(100, Shape::at_once, 0, constant(1));
  all.core_share = 0.5;
  EXPECT_EQ(simulate_day({all}, {.threads = 100}).last_answer.value, 1);
  EXPECT_EQ(simulate_day({all}, {.threads = 100, .cores = 2}).last_answer.value, 25.5);
  EXPECT_EQ(simulate_day({all}, {.threads = 100, .pool = 10}).last_answer.value, 10);
  EXPECT_EQ(simulate_day({all}, {.threads = 5, .cores = 100, .pool = 100}).last_answer.value, 20);
}

TEST(day, who_finds_the_backlog_full_cannot_connect) {
  const std::vector<Clients> all = {clients(100, Shape::at_once, 0, constant(1))};
  const Day once = simulate_day(all, {.threads = 4}, {.backlog = 6, .connect = 10});
  EXPECT_EQ(once.requests.value, 10);
  EXPECT_EQ(once.refused.value, 90);
  EXPECT_EQ(once.gave_up.value, 90);
  const Day again = simulate_day(all, {.threads = 4}, {.backlog = 6, .connect = 10, .tries = 10});
  EXPECT_EQ(again.requests.value, 100);
  EXPECT_EQ(again.refused.value, 90 + 80 + 70 + 60 + 50 + 40 + 30 + 20 + 10);
  EXPECT_EQ(again.gave_up.value, 0);
}

// One thread, a second each, patience of 3.5: three are answered in time, the server works for all ten.
TEST(day, who_is_answered_too_late_asks_again_while_the_server_works_in_vain) {
  const std::vector<Clients> all = {clients(10, Shape::at_once, 0, constant(1))};
  const Day day = simulate_day(all, {.threads = 1}, {.answer = 3.5});
  EXPECT_EQ(day.requests.value, 3);
  EXPECT_EQ(day.timed_out.value, 7);
  EXPECT_EQ(day.gave_up.value, 7);
  EXPECT_EQ(day.last_answer.value, 10);
}

// Every client is answered or gives up; requests that came are those answered, and the tries that failed.
TEST(day, nobody_is_lost) {
  for (const Shape shape : {Shape::at_once, Shape::uniform, Shape::triangular, Shape::normal, Shape::histogram}) {
    Clients chain = clients(500, shape, 20, {Kind::exponential, 1});
    chain.requests = 4;
    chain.core_share = 0.2;
    const Patience patience{.backlog = 60, .connect = 2, .answer = 8, .retry_low = 1, .retry_high = 5, .tries = 3};
    const Day day = simulate_day({chain, chain}, {.threads = 40, .cores = 16}, patience);
    EXPECT_DOUBLE_EQ(day.sessions.value + day.gave_up.value, 1000);
    EXPECT_GT(day.gave_up.value, 0);
    double came = 0;
    for (const DayStep& step : day.steps) came += step.requests;
    EXPECT_NEAR(came, day.requests.value + day.timed_out.value, 1e-6);
  }
}

// The requests' total time is what the threads are busy, and the wait for a thread what the queue is long.
TEST(day, areas_are_sums_of_times) {
  const Day day = simulate_day({clients(3000, Shape::triangular, 600, constant(0.7))}, {.threads = 3}, {}, {.step = 7});
  double busy = 0, waiting = 0;
  for (const DayStep& step : day.steps) busy += step.busy * 7, waiting += step.waiting * 7;
  EXPECT_NEAR(busy, 3000 * 0.7, 1e-6);
  EXPECT_NEAR(waiting, day.mean_wait.value * 3000, 1e-6);
  EXPECT_LE(day.busiest, 3 + 1e-9);
}

// Where nobody waits the mean number busy is m(t) = N (F(t) - F(t - S)), averaged over each step: here by a fine sum.
TEST(day, busy_threads_without_waiting_match_the_formula) {
  for (const Shape shape : {Shape::uniform, Shape::triangular, Shape::normal, Shape::histogram}) {
    const Clients one = clients(20'000, shape, 600, constant(45));
    const Day day = simulate_day({one}, {.threads = 100'000}, {}, {.replications = 40, .step = 30});
    EXPECT_EQ(day.waited.value, 0);
    const ArrivalCurve curve = arrival_curve(one.arrivals);
    for (const DayStep& step : day.steps) {
      double mean = 0;
      for (int i = 0; i < 300; ++i) {
        const double t = step.from + 30 * (i + 0.5) / 300;
        mean += 20'000 * (arrived(curve, t) - arrived(curve, t - 45)) / 300;
      }
      EXPECT_NEAR(step.busy, mean, 5 * std::sqrt(mean / 40) + 2) << static_cast<int>(shape) << " " << step.from;
    }
  }
}

// Evenly over a long time, few at a time: a stationary M/M/c, but for its ends.
TEST(day, a_long_even_day_is_stationary) {
  const Day day = simulate_day({clients(200'000, Shape::uniform, 100'000, {Kind::exponential, 1})}, {.threads = 3});
  const double load = 2, probability = erlang_c(load, 3);
  EXPECT_NEAR(day.waited.value, probability, 0.01);
  EXPECT_NEAR(day.mean_wait.value, probability / (3 - load), 0.02);
  EXPECT_NEAR(day.p95.value, std::log(probability / 0.05), 0.05);
}

TEST(day, more_threads_let_nobody_wait_longer) {
  double before = std::numeric_limits<double>::infinity();
  for (const std::size_t threads : {2UL, 3UL, 4UL, 8UL, 16UL}) {
    const Day day = simulate_day({clients(2000, Shape::normal, 300, {Kind::lognormal, 0.4, 1})}, {.threads = threads});
    EXPECT_LT(day.mean_wait.value, before);
    before = day.mean_wait.value;
  }
}

void expect_same(const Day& a, const Day& b) {
  EXPECT_EQ(a.requests.value, b.requests.value);
  EXPECT_EQ(a.mean_wait.value, b.mean_wait.value);
  EXPECT_EQ(a.mean_wait.half_width, b.mean_wait.half_width);
  EXPECT_EQ(a.largest.value, b.largest.value);
  EXPECT_EQ(a.p99_response.value, b.p99_response.value);
  EXPECT_EQ(a.most_waiting_at.value, b.most_waiting_at.value);
  EXPECT_EQ(a.storm.value, b.storm.value);
  EXPECT_EQ(a.last_answer.value, b.last_answer.value);
  EXPECT_EQ(a.threads.mean.value, b.threads.mean.value);
  EXPECT_EQ(a.timed_out.value, b.timed_out.value);
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t k = 0; k < a.steps.size(); ++k) {
    EXPECT_EQ(a.steps[k].requests, b.steps[k].requests) << k;
    EXPECT_EQ(a.steps[k].busy, b.steps[k].busy) << k;
    EXPECT_EQ(a.steps[k].waiting, b.steps[k].waiting) << k;
    EXPECT_EQ(a.steps[k].p95_wait, b.steps[k].p95_wait) << k;
  }
}

TEST(day, gives_the_same_bits_on_every_instruction_set) {
  const Patience patience{.backlog = 60, .connect = 2, .answer = 8, .retry_low = 1, .retry_high = 5, .tries = 3};
  for (const Arrivals& arrivals : some_arrivals(700, -5, 60))
    for (const Distribution& time : every_distribution(1)) {
      SCOPED_TRACE(name(time) + " of arrivals of kind " + std::to_string(static_cast<int>(arrivals.shape.kind)));
      const Clients one{.arrivals = arrivals, .time = time};
      const Clients chain{.arrivals = arrivals, .requests = 3, .time = time, .core_share = 0.2, .pause = time};
      const auto both = [&](InstructionSet set) {
        const DayRun run{.replications = 5, .threads = 1, .instructions = set, .step = 7};
        return std::pair(simulate_day({one, chain}, {.threads = 20, .cores = 16}, patience, run),
                         simulate_day({one}, {.threads = 8}, {}, run));
      };
      const auto baseline = both(InstructionSet::baseline);
      for (const InstructionSet set : instruction_sets()) {
        const auto other = both(set);
        expect_same(other.first, baseline.first);
        expect_same(other.second, baseline.second);
      }
    }
}

// A backlog that never is full goes by events, one replication at a time; so do those that would fill few lanes.
TEST(day, gives_the_same_bits_in_lanes_and_by_events) {
  const Patience events{.backlog = Patience{}.backlog - 1};
  for (const Arrivals& arrivals : some_arrivals(1234, -5, 60))
    for (const Distribution& time : every_distribution(1))
      for (const std::size_t threads : {1UL, 8UL, 23UL, 900UL}) {
        SCOPED_TRACE(name(time) + " at " + std::to_string(threads) + " of arrivals of kind " +
                     std::to_string(static_cast<int>(arrivals.shape.kind)));
        const std::vector<Clients> one = {{.arrivals = arrivals, .time = time, .core_share = 0.1}};
        const DayRun run{.replications = 11, .step = 7};
        expect_same(simulate_day(one, {threads}, {}, run), simulate_day(one, {threads}, events, run));
      }
}

TEST(day, gives_the_same_bits_on_any_number_of_threads) {
  const std::vector<Clients> all = {clients(900, Shape::normal, 60, {Kind::exponential, 0.5})};
  const Day one = simulate_day(all, {.threads = 4}, {}, {.threads = 1});
  const Day many = simulate_day(all, {.threads = 4}, {}, {.threads = 5});
  EXPECT_EQ(one.mean_wait.value, many.mean_wait.value);
  EXPECT_EQ(one.p99.half_width, many.p99.half_width);
  for (std::size_t k = 0; k < one.steps.size(); ++k) EXPECT_EQ(one.steps[k].waiting, many.steps[k].waiting);
}

// 100 of 2 at 8 threads are done in 26: 200 of the 208; the pool of 4 is never idle, each core half of the time.
TEST(day, servers_are_used_from_the_first_arrival_to_the_last_answer) {
  Clients all = clients(100, Shape::at_once, 0, constant(2));
  all.arrivals.start = 50;
  const Day day = simulate_day({all}, {.threads = 8}, {}, {.step = 10});
  EXPECT_NEAR(day.threads.mean.value, 200. / 208, 1e-12);
  EXPECT_NEAR(day.threads.busiest, 1, 1e-12);
  EXPECT_EQ(day.cores.mean.value, 0);
  EXPECT_EQ(day.storm.value, 24);
  all.core_share = 0.5;
  const Day limited = simulate_day({all}, {.threads = 8, .cores = 4, .pool = 4}, {}, {.step = 10});
  EXPECT_NEAR(limited.pool.mean.value, 1, 1e-12);
  EXPECT_NEAR(limited.cores.mean.value, 0.5, 1e-12);
  EXPECT_NEAR(limited.cores.busiest, 0.5, 1e-12);
}

// k / 8 rounds of 2, and the own one.
TEST(day, responses_have_percentiles) {
  const Day day = simulate_day({clients(1000, Shape::at_once, 0, constant(2))}, {.threads = 8});
  const auto percentile = [](double share) { return 2 * (std::floor(share * 1000 / 8) + 1); };
  EXPECT_NEAR(day.p50_response.value, percentile(0.50), 0.02 * percentile(0.50));
  EXPECT_NEAR(day.p90_response.value, percentile(0.90), 0.02 * percentile(0.90));
  EXPECT_NEAR(day.p95_response.value, percentile(0.95), 0.02 * percentile(0.95));
  EXPECT_NEAR(day.p99_response.value, percentile(0.99), 0.02 * percentile(0.99));
  EXPECT_EQ(day.largest_response.value, 250);
  EXPECT_NEAR(day.steps[0].p50_wait, percentile(0.5), percentile(0.5) / 8);
}

TEST(day, steps_count_the_clients_that_came) {
  Clients chain = clients(1000, Shape::uniform, 100, constant(1));
  chain.requests = 3;
  const Day day = simulate_day({chain}, {.threads = 5}, {.backlog = 3, .connect = 1, .tries = 2}, {.step = 10});
  double came = 0;
  for (const DayStep& step : day.steps) came += step.arrivals;
  EXPECT_NEAR(came, 1000, 1e-9);
  EXPECT_EQ(day.steps[10].arrivals, 0);
}

TEST(day, every_request_is_told_to_who_watches) {
  Clients chain = clients(1001, Shape::uniform, 100, constant(1));
  chain.requests = 3;
  std::atomic<std::uint64_t> done = 0;
  const DayRun run{.replications = 5, .done = &done};
  simulate_day({chain}, {.threads = 20}, {}, run);
  EXPECT_EQ(static_cast<double>(done), expected_requests({chain}, run));
  EXPECT_EQ(done, 5U * 3003U);
}

// One after the other, so that those that are complete are the first ones.
TEST(day, what_is_complete_is_given_where_it_is_stopped) {
  const std::vector<Clients> some = {clients(50'000, Shape::uniform, 1000, {Kind::exponential, 1})};
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> done = 0;
  const DayRun run{.replications = 400, .threads = 1, .stop = &stop, .done = &done};
  std::jthread watch([&] {
    while (done < 700'000) std::this_thread::yield();
    stop = true;
  });
  const Day day = simulate_day(some, {.threads = 60}, {}, run);
  ASSERT_GE(day.replications, 1U);
  ASSERT_LT(day.replications, 400U);
  const Day whole = simulate_day(some, {.threads = 60}, {}, {.replications = day.replications, .threads = 1});
  EXPECT_EQ(day.mean_wait.value, whole.mean_wait.value);
}

TEST(day, nobody_at_all_is_a_quiet_day) {
  const Day day = simulate_day({clients(0, Shape::uniform, 10, {})}, {.threads = 1});
  EXPECT_EQ(day.requests.value, 0);
  EXPECT_EQ(day.mean_wait.value, 0);
  EXPECT_EQ(simulate_day({}, {.threads = 1}).requests.value, 0);
}

TEST(day, refuses_what_has_no_answer) {
  const std::vector<Clients> some = {clients(10, Shape::uniform, 1, {})};
  const auto key = [&](const Facility& facility, const Patience& patience, const DayRun& run) {
    return refusal([&] { simulate_day(some, facility, patience, run); }).place().key;
  };
  EXPECT_EQ(key({.threads = 0}, {}, {}), "threads");
  EXPECT_EQ(key({}, {.tries = 0}, {}), "tries");
  EXPECT_EQ(key({}, {.retry_low = 2, .retry_high = 1}, {}), "retry");
  EXPECT_EQ(key({}, {}, {.replications = 0}), "replications");
  EXPECT_EQ(key({}, {}, {.step = 0}), "step");
  std::atomic<bool> stop = true;
  const std::vector<Clients> many = {clients(1e9, Shape::uniform, 1, {})};
  EXPECT_EQ(refusal([&] { simulate_day(many, {}, {}, {.stop = &stop}); }).problem(),
            "stopped before the first replication was complete");
}

}  // namespace
}  // namespace sizing
