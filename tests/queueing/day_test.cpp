#include "libsizing/queueing/day.h"

#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/queueing/erlang.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
using Shape = ArrivalShape::Kind;

Distribution constant(double time) { return {Kind::constant, time}; }

Clients clients(double count, Shape shape, double window, const Distribution& time) {
  return {.arrivals = {count, 0, window, {shape, 0.5, {1, 3, 2}}}, .other_time = time};
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
  Clients all = clients(100, Shape::at_once, 0, constant(0.5));
  all.core_time = constant(0.5);
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
    chain.core_time = {Kind::erlang, 0.2, 3};
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

TEST(day, gives_the_same_bits_on_any_number_of_threads) {
  const std::vector<Clients> all = {clients(900, Shape::normal, 60, {Kind::exponential, 0.5})};
  const Day one = simulate_day(all, {.threads = 4}, {}, {.threads = 1});
  const Day many = simulate_day(all, {.threads = 4}, {}, {.threads = 5});
  EXPECT_EQ(one.mean_wait.value, many.mean_wait.value);
  EXPECT_EQ(one.p99.half_width, many.p99.half_width);
  for (std::size_t k = 0; k < one.steps.size(); ++k) EXPECT_EQ(one.steps[k].waiting, many.steps[k].waiting);
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
  EXPECT_EQ(refusal([&] { simulate_day(many, {}, {}, {.stop = &stop}); }).problem(), "stopped");
}

}  // namespace
}  // namespace sizing
