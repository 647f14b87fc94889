#include "libsizing/queueing/day.h"

#include <bit>
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

// A service where nobody may wait loses who finds all threads busy (Erlang B); an idle thread serves.
TEST(day, without_a_backlog_only_who_finds_all_threads_busy_cannot_connect) {
  const Day day = simulate_day({clients(10, Shape::at_once, 0, constant(1))}, {.threads = 4}, {.backlog = 0});
  EXPECT_EQ(day.requests.value, 4);
  EXPECT_EQ(day.refused.value, 6);
  const Day long_run = simulate_day({clients(200'000, Shape::uniform, 50'000, {Kind::exponential, 1})}, {.threads = 4},
                                    {.backlog = 0}, {.replications = 8});
  EXPECT_NEAR(long_run.refused.value / 200'000, erlang_b(4, 4), 0.003);
}

// The third of three waits 2 s for a thread, but its client no longer than 1.5 s.
TEST(day, who_loses_patience_waits_until_then) {
  const Day day = simulate_day({clients(3, Shape::at_once, 0, constant(1))}, {.threads = 1}, {.answer = 1.5});
  EXPECT_EQ(day.timed_out.value, 2);  // answered after 2 s and after 3 s
  EXPECT_DOUBLE_EQ(day.mean_wait.value, (0 + 1 + 1.5) / 3);
  EXPECT_EQ(day.largest.value, 1.5);
  EXPECT_EQ(day.mean_response.value, 1);
}

TEST(day, times_of_waiting_are_of_the_replications_in_which_somebody_waits) {
  Clients few = clients(20, Shape::uniform, 600, constant(2));
  few.arrivals.start = 28'800;
  const Day day = simulate_day({few}, {.threads = 2}, {}, {.replications = 200});
  ASSERT_GT(day.with_waits, 0U);
  ASSERT_LT(day.with_waits, 200U);
  for (const Estimate& time : {day.first_wait, day.last_wait, day.most_waiting_at}) {
    EXPECT_GE(time.value, 28'800);
    EXPECT_LE(time.value, 29'400);
  }
  EXPECT_EQ(simulate_day({few}, {.threads = 20}).first_wait.value, 0);
}

TEST(day, refuses_times_that_it_cannot_count) {
  const auto key = [](const Arrivals& arrivals, const Patience& patience, const DayRun& run) {
    const std::vector<Clients> all = {{.arrivals = arrivals}};
    return refusal([&] { simulate_day(all, {}, patience, run); }).place().key;
  };
  EXPECT_EQ(key({1, 1.7e9, 3600, {}}, {}, {}), "step");
  EXPECT_EQ(key({1, 0, 100, {}}, {}, {.step = 0.0005}), "step");
  EXPECT_EQ(key({1, 0, 100, {}}, {.answer = std::nan("")}, {}), "answer");
  EXPECT_EQ(key({1, 0, 100, {}}, {.connect = -1}, {}), "connect");
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
  for (Estimate Day::*figure : {&Day::requests,
                                &Day::sessions,
                                &Day::waited,
                                &Day::mean_wait,
                                &Day::p50,
                                &Day::p90,
                                &Day::p95,
                                &Day::p99,
                                &Day::largest,
                                &Day::mean_response,
                                &Day::p50_response,
                                &Day::p90_response,
                                &Day::p95_response,
                                &Day::p99_response,
                                &Day::largest_response,
                                &Day::most_waiting,
                                &Day::most_waiting_at,
                                &Day::first_wait,
                                &Day::last_wait,
                                &Day::storm,
                                &Day::last_answer,
                                &Day::refused,
                                &Day::timed_out,
                                &Day::gave_up}) {
    EXPECT_EQ((a.*figure).value, (b.*figure).value);
    EXPECT_EQ(std::bit_cast<std::uint64_t>((a.*figure).half_width),  // NaN of a single replication as well
              std::bit_cast<std::uint64_t>((b.*figure).half_width));
  }
  for (Utilisation Day::*servers : {&Day::threads, &Day::cores, &Day::pool}) {
    EXPECT_EQ((a.*servers).mean.value, (b.*servers).mean.value);
    EXPECT_EQ((a.*servers).busiest, (b.*servers).busiest);
  }
  EXPECT_EQ(a.replications, b.replications);
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t k = 0; k < a.steps.size(); ++k)
    for (double DayStep::*figure :
         {&DayStep::arrivals, &DayStep::requests, &DayStep::busy, &DayStep::waiting, &DayStep::mean_wait,
          &DayStep::p50_wait, &DayStep::p95_wait, &DayStep::largest_wait})
      EXPECT_EQ(a.steps[k].*figure, b.steps[k].*figure) << k;
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

// A second kind of clients, of whom nobody comes, is left to the events, one replication at a time.
std::vector<Clients> by_events(const Clients& one) { return {one, {.arrivals = {0, 0, 0, {}}}}; }

TEST(day, gives_the_same_bits_in_lanes_and_by_events) {
  for (const Arrivals& arrivals : some_arrivals(1234, -5, 60))
    for (const Distribution& time : every_distribution(1))
      for (const std::size_t threads : {1UL, 8UL, 23UL, 900UL}) {
        SCOPED_TRACE(name(time) + " at " + std::to_string(threads) + " of arrivals of kind " +
                     std::to_string(static_cast<int>(arrivals.shape.kind)));
        const Clients one{.arrivals = arrivals, .time = time, .core_share = 0.1};
        const DayRun run{.replications = 11, .step = 7};
        expect_same(simulate_day({one}, {threads}, {}, run), simulate_day(by_events(one), {threads}, {}, run));
      }
}

// With cores that bind, that never do, and none; with a pool that is never empty; after pauses of any length; of equal
// times too, whose order at one time is left to the events.
TEST(day, gives_the_same_bits_in_lanes_and_by_events_for_chains) {
  const std::pair<Facility, double> facilities[] = {{{1}, 0},         {{4}, 0},     {{4, 1, 4}, 0.3},
                                                    {{9, 16, 12}, 0}, {{33, 3}, 0}, {{6, 2}, 20}};
  for (const Arrivals& arrivals : some_arrivals(151, -5, 60))
    for (const Distribution& time : every_distribution(0.5))
      for (const auto& each : facilities) {  // clang 14 captures no part of a binding
        const auto& facility = each.first;
        const auto& pause = each.second;
        SCOPED_TRACE(name(time) + " at " + std::to_string(facility.threads) + " of arrivals of kind " +
                     std::to_string(static_cast<int>(arrivals.shape.kind)));
        const Clients chain{
            .arrivals = arrivals, .requests = 4, .time = time, .core_share = 0.3, .pause = constant(pause)};
        const auto day = [&](const std::vector<Clients>& clients, InstructionSet set) {
          return simulate_day(clients, facility, {}, {.replications = 9, .instructions = set, .step = 7});
        };
        const Day events = day(by_events(chain), InstructionSet::baseline);
        for (const InstructionSet set : instruction_sets()) expect_same(day({chain}, set), events);
      }
}

// Longer than any block and any line at first.
TEST(day, gives_the_same_bits_in_lanes_and_by_events_for_long_lines) {
  for (const double pause : {0., 100.}) {
    Clients chain = clients(5000, Shape::triangular, 60, {Kind::exponential, 0.1});
    chain.requests = 3, chain.pause = constant(pause);
    for (const InstructionSet set : instruction_sets()) {
      const DayRun run{.replications = 8, .instructions = set};
      expect_same(simulate_day({chain}, {5}, {}, run), simulate_day(by_events(chain), {5}, {}, run));
    }
  }
}

// Patience that nobody loses, that is lost at last, and that is lost at once.
TEST(day, gives_the_same_bits_in_lanes_and_by_events_for_the_impatient) {
  for (const std::uint32_t requests : {1U, 4U})
    for (const std::size_t cores : {0UL, 2UL})
      for (const Patience& bound :
           {Patience{.backlog = 1000, .answer = 1e6}, Patience{.backlog = 60}, Patience{.answer = 8},
            Patience{.backlog = 1}, Patience{.backlog = 0}, Patience{.answer = 1}}) {
        SCOPED_TRACE(std::to_string(requests) + " of " + std::to_string(bound.backlog) + " within " +
                     std::to_string(bound.answer));
        Clients chain = clients(400, Shape::normal, 300, {Kind::exponential, 1});
        chain.requests = requests, chain.core_share = 0.5;
        Patience patience = bound;
        patience.connect = 2, patience.retry_low = 1, patience.retry_high = 5, patience.tries = 3;
        for (const InstructionSet set : instruction_sets()) {
          std::atomic<std::uint64_t> done = 0;
          const DayRun run{.replications = 16, .instructions = set, .done = &done};
          const Day lanes = simulate_day({chain}, {.threads = 4, .cores = cores}, patience, run);
          const std::uint64_t in_lanes = done.exchange(0);
          expect_same(lanes, simulate_day(by_events(chain), {.threads = 4, .cores = cores}, patience, run));
          EXPECT_EQ(in_lanes, done);
        }
      }
}

TEST(day, gives_the_same_bits_on_any_number_of_threads) {
  Clients chain = clients(900, Shape::normal, 60, {Kind::exponential, 0.5});
  for (chain.requests = 1; chain.requests < 8; chain.requests += 3)
    for (const double answer : {1e9, 30.})
      expect_same(simulate_day({chain}, {.threads = 4}, {.answer = answer}, {.replications = 41, .threads = 1}),
                  simulate_day({chain}, {.threads = 4}, {.answer = answer}, {.replications = 41, .threads = 5}));
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
