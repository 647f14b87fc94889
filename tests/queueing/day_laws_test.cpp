// Laws that every simulated day keeps.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/queueing/day.h"
#include "libsizing/queueing/occupancy.h"
#include "tests/queueing/distributions.h"
#include "tests/queueing/shapes.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

std::string of(const Arrivals& arrivals, const Distribution& time) {
  return name(time) + " of arrivals of kind " + std::to_string(static_cast<int>(arrivals.shape.kind));
}

// The exact mean number present, on average over a step: more points at its start, where all may come at once.
double mean_over_step(const Occupancy& occupancy, double from, double step) {
  const int points = 24;
  const auto edge = [&](int i) { return from + step * std::pow(static_cast<double>(i) / points, 3); };
  double sum = 0;
  for (int i = 0; i < points; ++i)
    sum += mean_present(occupancy, (edge(i) + edge(i + 1)) / 2) * (edge(i + 1) - edge(i)) / step;
  return sum;
}

// With a thread for everybody those in service are those present without waiting: m(t) of occupancy.h, exact. The
// number at a time is binomial, so the mean of 48 replications is within five standard errors; there are 1200 of them.
TEST(day_law, busy_threads_are_those_present_where_nobody_waits) {
  const double step = 10;
  const std::size_t replications = 48;
  for (const Arrivals& arrivals : some_arrivals(800, 20, 60))
    for (const Distribution& length : every_distribution(20)) {
      SCOPED_TRACE(of(arrivals, length));
      const Day day = simulate_day({{.arrivals = arrivals, .time = length}}, {.threads = 800}, {},
                                   {.replications = replications, .step = step});
      EXPECT_EQ(day.waited.value, 0);
      const std::vector<Sessions> sessions = {{arrivals, length}};
      const Occupancy exact = occupancy(sessions);
      for (std::size_t k = 0; k < std::min<std::size_t>(day.steps.size(), 11); ++k) {
        const double mean = mean_over_step(exact, day.steps[k].from, step);
        EXPECT_NEAR(day.steps[k].busy, mean, 5 * std::sqrt(mean / replications) + 0.002 * mean + 0.25) << k;
      }
    }
}

// Little's law, exactly: the area under the queue is the sum of the waits, and that under those in service the sum of
// the services; by events with chains, and in lanes.
TEST(day_law, little) {
  const double step = 3;
  for (const Arrivals& arrivals : some_arrivals(500, 20, 60))
    for (const Distribution& time : every_distribution(1)) {
      SCOPED_TRACE(of(arrivals, time));
      const Clients once{.arrivals = arrivals, .time = time};
      const Clients chain{.arrivals = arrivals, .requests = 3, .time = time, .pause = time};
      for (const std::vector<Clients>& clients : {std::vector{once}, std::vector{chain, once}}) {
        const Day day = simulate_day(clients, {.threads = 9}, {}, {.replications = 5, .step = step});
        if (day.last_answer.value > step * most_steps / 2) continue;  // a tail beyond the steps
        double waiting = 0, busy = 0;
        for (const DayStep& each : day.steps) waiting += each.waiting * step, busy += each.busy * step;
        const double requests = day.requests.value;
        EXPECT_NEAR(waiting, day.mean_wait.value * requests, 1e-9 * (waiting + busy));
        EXPECT_NEAR(busy, (day.mean_response.value - day.mean_wait.value) * requests, 1e-9 * (waiting + busy));
      }
    }
}

// Everybody who comes is answered once for every request, and counted in the steps.
TEST(day_law, nobody_is_lost) {
  for (const Arrivals& arrivals : some_arrivals(321, 20, 60))
    for (const Distribution& time : every_distribution(1)) {
      const Clients chain{.arrivals = arrivals, .requests = 4, .time = time, .core_share = 0.5, .pause = time};
      const Day day = simulate_day({chain}, {.threads = 7, .cores = 3, .pool = 5}, {}, {.replications = 2, .step = 5});
      double came = 0, requests = 0;
      for (const DayStep& each : day.steps) came += each.arrivals, requests += each.requests;
      EXPECT_EQ(came, 321) << of(arrivals, time);
      EXPECT_EQ(requests, 4 * 321);
      EXPECT_EQ(day.requests.value, 4 * 321);
      EXPECT_EQ(day.sessions.value, 321);
      EXPECT_LE(day.threads.mean.value, 1);
      EXPECT_LE(day.cores.busiest, 1 + 1e-9);
      EXPECT_LE(day.pool.busiest, 1 + 1e-9);
    }
}

// With the same clients, who come at the same times and need as long: a thread more, or less to do, and nobody waits
// longer; so no figure of waiting grows.
TEST(day_law, more_threads_or_less_to_do_let_nobody_wait_longer) {
  const auto expect_less = [](const Day& less, const Day& more) {
    for (Estimate Day::*figure : {&Day::waited, &Day::mean_wait, &Day::p50, &Day::p90, &Day::p95, &Day::p99,
                                  &Day::largest, &Day::largest_response, &Day::last_answer, &Day::most_waiting})
      EXPECT_LE((less.*figure).value, (more.*figure).value * (1 + 1e-9));
  };
  for (const Arrivals& arrivals : some_arrivals(400, 20, 60))
    for (const Distribution& time : every_distribution(1)) {
      SCOPED_TRACE(of(arrivals, time));
      const auto day = [&](std::size_t threads, double less) {
        Distribution scaled = time;
        scaled.mean *= less;
        return simulate_day({{.arrivals = arrivals, .time = scaled}}, {threads}, {}, {.replications = 5});
      };
      const Day before = day(6, 1);
      expect_less(day(7, 1), before);
      expect_less(day(60, 1), before);
      expect_less(day(6, 0.8), before);
    }
}

// Those who come at random find what is there on average: visitors that need nothing wait as often, and as long, as the
// clients among whom they come.
TEST(day_law, arrivals_see_time_averages) {
  const Arrivals evenly{100'000, 0, 30'000, {}};
  for (const Distribution& time : {Distribution{Kind::exponential, 1}, Distribution{Kind::erlang, 1, 4}}) {
    const Clients clients{.arrivals = evenly, .time = time};
    const Clients visitors{.arrivals = evenly, .time = {Kind::constant, 0}};
    const Day alone = simulate_day({clients}, {.threads = 4}),
              visited = simulate_day({clients, visitors}, {.threads = 4});
    EXPECT_NEAR(visited.waited.value, alone.waited.value, 2.5 * (alone.waited.half_width + visited.waited.half_width));
    EXPECT_NEAR(visited.mean_wait.value, alone.mean_wait.value,
                2.5 * (alone.mean_wait.half_width + visited.mean_wait.half_width));
  }
}

TEST(day_law, odd_questions_have_answers) {
  const auto day = [](const Arrivals& arrivals, const Distribution& time, std::size_t threads) {
    return simulate_day({{.arrivals = arrivals, .time = time}}, {threads}, {}, {.replications = 3, .step = 1});
  };
  for (const Arrivals& none : some_arrivals(0, 20, 60)) EXPECT_EQ(day(none, {}, 1).requests.value, 0);
  for (const Arrivals& some : some_arrivals(0.99, 20, 60)) EXPECT_EQ(day(some, {}, 1).requests.value, 0);
  for (const Distribution& nothing : every_distribution(0)) {
    const Day quick = day({1000, 0, 60, {}}, nothing, 1);
    EXPECT_EQ(quick.largest.value, 0) << name(nothing);
    EXPECT_EQ(quick.threads.mean.value, 0);
    EXPECT_EQ(quick.requests.value, 1000);
  }
  // A microsecond is as good as at once: all of equal service in turn.
  for (const Arrivals& burst : some_arrivals(300, 20, 1e-6)) {
    const Day day_of_burst = day(burst, {Kind::constant, 1}, 3);
    EXPECT_NEAR(day_of_burst.mean_wait.value, 49.5, 1e-5);
    EXPECT_NEAR(day_of_burst.last_answer.value, 120, 1e-5);
  }
  // A hundred times more than one thread can do: it works without a break until all is done.
  const Day overloaded = day({1000, 0, 10, {}}, {Kind::constant, 1}, 1);
  EXPECT_NEAR(overloaded.last_answer.value, 1000, 0.2);
  EXPECT_NEAR(overloaded.threads.mean.value, 1, 1e-9);
}

}  // namespace
}  // namespace sizing
