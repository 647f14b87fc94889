#include "libsizing/base/duration.h"

#include <gtest/gtest.h>

#include "libsizing/base/error.h"
#include "tests/support/refusal.h"

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

TEST(duration, has_several_parts_of_falling_units) {
  EXPECT_EQ(parse_duration("2 min 30 s"), 150);
  EXPECT_EQ(parse_duration("28 min 50 s"), 1730);
  EXPECT_EQ(parse_duration("1h30m"), 5400);
  EXPECT_EQ(parse_duration(" 1 d  2 h 3 min 4.5 s "), 93784.5);
  EXPECT_EQ(parse_duration("1 s 500 ms"), 1.5);
  EXPECT_EQ(parse_duration("1 h 1e1 s"), 3610);
  for (const char* text : {"30 s 2 min", "1 min 2 m", "1 s 2 s", "1 ms 1 us 1 µs"})
    EXPECT_EQ(refusal([&] { (void)parse_duration(text); }).problem(), "has its units out of order") << text;
}

TEST(duration, has_microseconds_by_any_of_their_names) {
  EXPECT_EQ(parse_duration("42 µs"), 42e-6);
  EXPECT_EQ(parse_duration("42us"), 42e-6);
  EXPECT_EQ(parse_duration("42 \u03BCs"), 42e-6);  // with the Greek letter
}

TEST(duration, is_read_as_it_is_shown) {
  for (const double seconds : {0.0, 4.2e-5, 0.00123, 0.5, 45.0, 150.0, 1730.0, 5400.0, 1e5, 1e9})
    EXPECT_NEAR(parse_duration(duration_text(seconds)), seconds, 30) << seconds;
  EXPECT_EQ(parse_duration(duration_text(4.2e-5)), 4.2e-5);
}

TEST(duration, of_an_unknown_unit_names_it_and_those_that_there_are) {
  const InputError error = refusal([] { (void)parse_duration("2 min 30 sec"); });
  EXPECT_STREQ(
      error.what(),
      "has an unknown unit, sec; found 2 min 30 sec; allowed: the units d, h, min (or m), s, ms and µs (or us)");
}

TEST(duration, is_nothing_else) {
  for (const char* text :
       {"",    "s", "30",    "-1s",  "nans",   "infh",    "1e308d",      "30 S",       "30S",     "5 minutes",
        "5 .", ".", "0x10s", "1,5s", "1 h 30", "1 h 5 .", "1 h, 30 min", "1 h -5 min", "1.5.2 s", "5 s \xff"})
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
  EXPECT_EQ(time_of_day(86400 + 60), "00:01 +1 d");
  EXPECT_EQ(time_of_day(-60), "23:59 -1 d");
  EXPECT_EQ(time_of_day(86399.9), "00:00 +1 d");
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
