#include "libsizing/base/rate.h"

#include <gtest/gtest.h>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

TEST(rate, is_bits_or_bytes_in_a_second) {
  EXPECT_EQ(parse_rate("1 Gbit/s"), 125e6);
  EXPECT_EQ(parse_rate("16Mbit/s"), 2e6);
  EXPECT_EQ(parse_rate("100 MB/s"), 100e6);
  EXPECT_EQ(parse_rate("1 MiB/s"), 1048576);
}

TEST(rate, is_nothing_else) {
  for (const char* text :
       {"", "/s", "1 Gbit", "1", "1/s", "0 Mbit/s", "-1 Mbit/s", "1 Gbps", "x Gbit/s", "1e300 Gbit/s"})
    EXPECT_THROW((void)parse_rate(text), InputError) << text;
}

}  // namespace
}  // namespace sizing
