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
}

TEST(duration, is_nothing_else) {
  for (const char* text :
       {"", "s", "30", "-1s", "nans", "infh", "1e308d", "30 s", "30S", "5min", "1h30m", "0x10s", "1,5s"})
    EXPECT_THROW((void)parse_duration(text), InputError) << text;
}

TEST(duration, reads_as_people_say_it) {
  EXPECT_EQ(duration_text(0.5), "0.5 s");
  EXPECT_EQ(duration_text(45), "45 s");
  EXPECT_EQ(duration_text(60), "1 min");
  EXPECT_EQ(duration_text(95), "1 min 35 s");
  EXPECT_EQ(duration_text(3600), "1 h");
  EXPECT_EQ(duration_text(5400), "1 h 30 min");
}

}  // namespace
}  // namespace sizing
