#include "libsizing/plan/service_level.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

TEST(service_level, reads_a_figure_and_its_limit) {
  const ServiceLevel level = parse_service_level(" p95 < 2 s ", {});
  EXPECT_EQ(level.figure, "p95");
  EXPECT_EQ(level.limit, 2);
  EXPECT_FALSE(level.response);
  EXPECT_EQ(level.text, "p95 < 2 s");
  EXPECT_TRUE(parse_service_level("response p99<=50ms", {}).response);
  EXPECT_EQ(parse_service_level("wait mean < 1 min", {}).limit, 60);
  EXPECT_EQ(parse_service_level("largest<10s", {}).figure, "largest");
  EXPECT_EQ(parse_service_level("mean < 1 µs", {}).limit, 1e-6);
  EXPECT_EQ(parse_service_level("p95 < 2 min 30 s", {}).limit, 150);
}

TEST(service_level, of_an_unknown_unit_names_it) {
  const InputError error = refusal([] { (void)parse_service_level("p95 < 2 sec", {"", 0, 0, "--within"}); });
  EXPECT_EQ(error.problem(), "the limit has an unknown unit, sec");
  EXPECT_EQ(error.place().key, "--within");
}

TEST(service_level, is_nothing_else) {
  for (const char* text : {"", "p95", "p95 < ", "p95 < 2", "p95 > 2 s", "p96 < 2 s", "p95 < 0 s", "p95 < -1 s", "< 2 s",
                           "answer p95 < 2 s", "p95 p99 < 2 s", "p95 < 2 s < 3 s", "p95 < inf s"}) {
    const InputError error = refusal([&] { (void)parse_service_level(text, {"", 0, 0, "--within"}); });
    EXPECT_EQ(error.problem(), "is no service level") << text;
    EXPECT_EQ(error.place().key, "--within");
  }
}

TEST(service_level, is_kept_where_figure_and_half_width_are_within_it_and_nobody_gives_up) {
  Day day;
  day.p95 = {1.5, 0.4};
  day.p95_response = {2.5, 0.4};
  EXPECT_TRUE(keeps(day, parse_service_level("p95 < 2 s", {})));
  EXPECT_FALSE(keeps(day, parse_service_level("p95 < 1.8 s", {})));
  EXPECT_FALSE(keeps(day, parse_service_level("response p95 < 2 s", {})));
  day.gave_up = {1, 0};
  EXPECT_FALSE(keeps(day, parse_service_level("p95 < 2 s", {})));
}

}  // namespace
}  // namespace sizing
