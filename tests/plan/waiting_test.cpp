// Simulated days of a site against the textbook, which is computed by other formulas.
#include "libsizing/plan/waiting.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

Serving serving(const std::string& routine, const Instead& instead) {
  return serving_of(
      read_site("opsi = \"4.3\"\n[[server]]\nname = \"a\"\nclients = 1000\n[[routine]]\n" + routine, "s.toml"),
      instead);
}

// 1000 clients an hour with 8 requests each are 2.22 requests a second all day long.
const std::string timer = "preset = \"WAN timer every hour\"\ncore_share = \"100 %\"\n";

void expect_within(const Estimate& simulated, double exact, double share) {
  EXPECT_NEAR(simulated.value, exact, 2 * simulated.half_width + share * exact);
}

TEST(waiting, of_a_steady_timer_is_that_of_the_textbook) {
  // Two cores, each request takes 700 ms of one: 78 % of them are in use. M/M/2: W = S ρ² / (1 - ρ²).
  const WaitingAnswer a = ask_waiting(serving(timer + "request_time = \"700 ms\"\n", {2, 2, "test"}), {});
  const double rate = 8000.0 / 3600, used = rate * 0.7 / 2;
  ASSERT_TRUE(a.textbook.steady);
  EXPECT_NEAR(a.textbook.rate, rate, 1e-9);
  const TextbookStage& cores = a.textbook.stages.at(1);
  EXPECT_EQ(cores.stage, "cores");
  EXPECT_NEAR(cores.answer.mean_wait.value, 0.7 * used * used / (1 - used * used), 1e-9);
  EXPECT_TRUE(cores.answer.mean_wait.exact);
  expect_within(a.day.mean_wait, cores.answer.mean_wait.value, 0.02);
  expect_within(a.day.cores.mean, used, 0.01);
  // The same 1000 clients come back: with some ten of them at the server, a hundredth of the others is missing.
  ASSERT_TRUE(cores.finite);
  EXPECT_LT(cores.finite->mean_wait, cores.answer.mean_wait.value);
  EXPECT_NEAR(cores.finite->mean_wait, cores.answer.mean_wait.value, 0.05 * cores.answer.mean_wait.value);
}

TEST(waiting, of_constant_times_is_shorter) {
  // One core: Pollaczek and Khinchine, W = ρ S / (2 (1 - ρ)); and twice that where times are exponential.
  const std::string constant = timer + "request_time = \"300 ms\"\nrequest_distribution = \"constant\"\n";
  const WaitingAnswer a = ask_waiting(serving(constant, {1, 1, "test"}), {});
  const double used = 8000.0 / 3600 * 0.3;
  EXPECT_NEAR(a.textbook.stages.at(1).answer.mean_wait.value, used * 0.3 / 2 / (1 - used), 1e-9);
}

TEST(waiting, knows_the_busiest_step) {
  // All at once: 8 requests of each client come in the step that 07:45 begins.
  const Serving rush = serving("name = \"r\"\nstart = \"07:45\"\nshape = \"at once\"\nclients = 300\n", {});
  const BusiestStep step = busiest_step(rush.clients, 60);
  EXPECT_EQ(step.from, 27900);
  EXPECT_DOUBLE_EQ(step.rate, 300 * 8 / 60.0);
  EXPECT_EQ(busiest_step({}, 60).rate, 0);
}

TEST(waiting, of_all_at_once_is_that_of_a_line_of_customers) {
  // 160 clients with one request of exactly 1 s at 16 threads of one worker, without a core: ten batches, the last of
  // which waits 9 s, on average 4.5 s.
  const WaitingAnswer a = ask_waiting(
      serving(
          "name = \"r\"\nstart = \"07:45\"\nshape = \"at once\"\nclients = 160\nrequests = 1\nrequest_time = \"1 s\"\n"
          "request_distribution = \"constant\"\ncore_share = 0\n",
          {1, 1, "test"}),
      {});
  EXPECT_DOUBLE_EQ(a.day.mean_wait.value, 4.5);
  EXPECT_DOUBLE_EQ(a.day.largest.value, 9);
  EXPECT_EQ(a.day.most_waiting.value, 144);
  EXPECT_EQ(a.day.storm.value, 9);
  EXPECT_EQ(a.textbook.steady, false);
}

TEST(waiting, has_steps_from_a_second_to_a_day) {
  const auto with_step = [](double step) {
    return ask_waiting(serving("name = \"r\"\nstart = \"07:45\"\nclients = 3\n", {}),
                       {.replications = 2, .step = step});
  };
  for (const double step : {0.0, 0.5, 86'401.0, -1.0, std::nan("")})
    EXPECT_EQ(refusal([&] { (void)with_step(step); }).place().key, "step") << step;
  EXPECT_EQ(with_step(86'400).day.steps.at(0).arrivals, 3);
  EXPECT_EQ(with_step(1).day.replications, 2U);
}

TEST(waiting, says_what_it_is_asked) {
  const auto asked = [](const std::string& level) {
    return ask_waiting(serving(timer + "request_time = \"700 ms\"\n", {2, 2, "test"}), {},
                       parse_service_level(level, {}));
  };
  EXPECT_TRUE(asked("p95 < 1 h").kept);
  EXPECT_FALSE(asked("p95 < 1 ms").kept);
  EXPECT_TRUE(contains(asked("p95 < 1 ms").answer, "\"p95 < 1 ms\" is not kept."));
}

}  // namespace
}  // namespace sizing
