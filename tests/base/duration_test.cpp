#include "libsizing/base/duration.h"

#include <gtest/gtest.h>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

TEST(duration, is_a_number_with_its_unit) {
  EXPECT_EQ(parse_duration("30s"), 30);
  EXPECT_EQ(parse_duration("0.5s"), 0.5);
  EXPECT_EQ(parse_duration("5m"), 300);
  EXPECT_EQ(parse_duration("1h"), 3600);
  EXPECT_EQ(parse_duration("2d"), 172800);
  EXPECT_EQ(parse_duration("0s"), 0);
  EXPECT_EQ(parse_duration("15 min"), 900);
  EXPECT_EQ(parse_duration("0.05 s"), 0.05);
  EXPECT_EQ(parse_duration("10 ms"), 0.01);
  EXPECT_EQ(parse_duration("1e3s"), 1000);
}

TEST(duration, is_nothing_else) {
  for (const char* text : {"", "s", "30", "-1s", "nans", "infh", "1e308d", "30 S", "30S", "5 minutes", "1h30m", "5 .",
                           ".", "0x10s", "1,5s"})
    EXPECT_THROW((void)parse_duration(text), InputError) << text;
}

TEST(time_of_day, is_hours_and_minutes) {
  EXPECT_EQ(parse_time_of_day("00:00"), 0);
  EXPECT_EQ(parse_time_of_day("07:45"), 27900);
  EXPECT_EQ(parse_time_of_day("23:59:59"), 86399);
  for (const char* text : {"", "7:45", "24:00", "07:60", "0745", "07:45:00:00", "07:4x", "-1:00", "07:45:", " 07:45"})
    EXPECT_THROW((void)parse_time_of_day(text), InputError) << text;
}

TEST(time_of_day, is_shown_of_any_time) {
  EXPECT_EQ(time_of_day(27900), "07:45");
  EXPECT_EQ(time_of_day(27930.4), "07:45:30");
  EXPECT_EQ(time_of_day(86400 + 60), "00:01");
  EXPECT_EQ(time_of_day(-60), "23:59");
  EXPECT_EQ(time_of_day(86399.9), "00:00");
}

TEST(duration, reads_as_people_say_it) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(0.5), "500 ms");
  EXPECT_EQ(duration_text(0.00123), "1.23 ms");
  EXPECT_EQ(duration_text(4.2e-5), "42 µs");
  EXPECT_EQ(duration_text(1e-9), "under 1 µs");
  EXPECT_EQ(duration_text(45), "45 s");
  EXPECT_EQ(duration_text(60), "1 min");
  EXPECT_EQ(duration_text(95), "1 min 35 s");
  EXPECT_EQ(duration_text(3600), "1 h");
  EXPECT_EQ(duration_text(5400), "1 h 30 min");
}

}  // namespace
}  // namespace sizing
