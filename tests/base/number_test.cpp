#include "libsizing/base/number.h"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

TEST(exact, reads_back_as_the_same_bits) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 50'000; ++i) {
    const std::uint64_t bits = random();
    const double value = std::bit_cast<double>(bits);
    if (std::isfinite(value)) {
      ASSERT_EQ(std::bit_cast<std::uint64_t>(parse_number(exact(value))), bits) << exact(value);
    }
  }
}

TEST(exact, reads_back_at_the_ends_of_the_range) {
  using Limits = std::numeric_limits<double>;
  for (const double value : {0.0, 1.0, -1.0, Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(), 0.1})
    EXPECT_EQ(parse_number(exact(value)), value);
}

TEST(exact, is_the_shortest_text) {
  EXPECT_EQ(exact(0.1), "0.1");
  EXPECT_EQ(exact(1250), "1250");
  EXPECT_EQ(exact(21000.0 / 19), "1105.2631578947369");  // 50 digits by bc: 1105.26315789473684…
}

TEST(rounded, has_two_decimals_above_one) {
  EXPECT_EQ(rounded(1105.2631578947369), "1105.26");
  EXPECT_EQ(rounded(1250), "1250");
  EXPECT_EQ(rounded(2.5), "2.5");
  EXPECT_EQ(rounded(99.999), "100");
  EXPECT_EQ(rounded(-2.346), "-2.35");
  EXPECT_EQ(rounded(1e7), "10000000");
  EXPECT_EQ(rounded(1.001), "1");
}

TEST(rounded, has_three_digits_below_one) {
  EXPECT_EQ(rounded(0.0237), "0.0237");
  EXPECT_EQ(rounded(0.023749), "0.0237");
  EXPECT_EQ(rounded(0.5), "0.5");
  EXPECT_EQ(rounded(0.99999), "1");
  EXPECT_EQ(rounded(0.00058), "0.00058");
  EXPECT_EQ(rounded(0), "0");
  EXPECT_EQ(rounded(-0.0), "0");
}

TEST(two_digits, are_the_nearest) {
  EXPECT_EQ(two_digits(0), 0);
  EXPECT_DOUBLE_EQ(two_digits(393.98), 390);
  EXPECT_DOUBLE_EQ(two_digits(0.02341), 0.023);
  EXPECT_DOUBLE_EQ(two_digits(-99.6), -100);
}

TEST(rough, has_two_significant_digits) {
  EXPECT_EQ(rough(5531.6), "5500");
  EXPECT_EQ(rough(5551), "5600");
  EXPECT_EQ(rough(99.6), "100");
  EXPECT_EQ(rough(12), "12");
  EXPECT_EQ(rough(9.96), "10");
  EXPECT_EQ(rough(2.34), "2.3");
  EXPECT_EQ(rough(0.0237), "0.024");
  EXPECT_EQ(rough(0), "0");
  EXPECT_EQ(rough(123456789), "120000000");
}

TEST(parse_number, reads_decimal_numbers) {
  EXPECT_EQ(parse_number("20"), 20);
  EXPECT_EQ(parse_number("1e3"), 1000);
  EXPECT_EQ(parse_number("1E+3"), 1000);
  EXPECT_EQ(parse_number("-0.5"), -0.5);
  EXPECT_EQ(parse_number("+5"), 5);
  EXPECT_EQ(parse_number("2.5e-3"), 0.0025);
}

TEST(parse_number, refuses_everything_else) {
  for (const char* text :
       {"",    " ",   " 5",    "5 ",    "nan",   "NaN", "inf", "-inf", "infinity", "0x10", "0x1p3", "1,5",   "1e", "e5",
        "--5", "++5", "1.2.3", "1_000", "1 000", "5\n", "½",   "five", "-",        "+",    ".",     "1e+-3", "5-3"}) {
    const InputError error = refusal([&] { parse_number(text); });
    EXPECT_EQ(error.problem(), "not a number") << text;
    EXPECT_EQ(describe(error.place()), "") << text;
  }
  EXPECT_EQ(refusal([] { parse_number(""); }).found(), "nothing");
  EXPECT_EQ(refusal([] { parse_number(std::string_view("5\0", 2)); }).problem(), "not a number");
}

TEST(parse_number, says_that_a_number_is_too_large) {
  for (const char* text : {"1e309", "-1e400", "1e99999999999"})
    EXPECT_TRUE(contains(refusal([&] { parse_number(text); }).allowed(), "1e308")) << text;
}

}  // namespace
}  // namespace sizing
