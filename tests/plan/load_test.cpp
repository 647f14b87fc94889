#include "libsizing/plan/load.h"

#include <gtest/gtest.h>

#include "libsizing/plan/resolve.h"
#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

TEST(load, says_how_long_an_upgrade_takes) {
  const LoadAnswer answer = ask_load(load_site("data/sites/upgrade.toml"));
  ASSERT_EQ(answer.servers.size(), 1U);
  const TransferAnswer& t = answer.servers[0].routines.at(0).transfer.value();
  // The line is busy from the first coming, 1.5 s after 22:00 (the middle of 1200 s / 400), until all is through:
  // 400 × 6 GB / 125 MB/s = 19200 s. A batch of 100 takes 100 × 6 GB / 125 MB/s = 4800 s.
  EXPECT_NEAR(t.end, 22 * 3600 + 1.5 + 19200, 0.01);
  EXPECT_EQ(t.most_at_once, 100);
  EXPECT_EQ(t.most_waiting, 300);
  EXPECT_NEAR(t.longest_time, 4800, 60);
  EXPECT_EQ(answer.answer,
            "opsi-upgrade is busiest at 22:02: then it has at most 55 connections on 99 % of days, 40 on average. "
            "upgrade: 400 clients fetch 6 GB each, at most 100 at once, until 03:20:01 +1 d (5 h 20 min).");
}

TEST(load, shows_the_day_from_midnight_to_midnight) {
  const LoadAnswer answer = ask_load(load_site("data/sites/school.toml"));
  ASSERT_EQ(answer.times.size(), 289U);
  EXPECT_EQ(answer.times.front(), 0);
  EXPECT_EQ(answer.times.back(), day_seconds);
  const ServerLoad& load = answer.servers.at(0);
  ASSERT_EQ(load.courses.size(), load.peaks.size());
  for (std::size_t i = 0; i < load.peaks.size(); ++i) {
    EXPECT_EQ(load.courses[i].input, load.peaks[i].input);
    EXPECT_EQ(load.courses[i].mean.front(), 0);
    for (const double mean : load.courses[i].mean) EXPECT_LE(mean, load.peaks[i].mean * (1 + 1e-9));
    for (const double most : load.courses[i].most) EXPECT_LE(most, load.peaks[i].most);
    EXPECT_NEAR(load.close_ups[i].times.front(), 27900 - course_step, 2 * course_step);
  }
  EXPECT_EQ(load.planned, (std::vector<std::string>{"", "60 connections (data/sites/school.toml:9)"}));
}

TEST(load, needs_a_routine) {
  EXPECT_EQ(refusal([] { (void)ask_load(one_server("4.3", "clients=100")); }).problem(), "the site has no routine");
}

}  // namespace
}  // namespace sizing
