#include "libsizing/host/fields.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace sizing {
namespace {

TEST(words, stand_between_blanks) {
  EXPECT_EQ(words("  a bc   d "), (std::vector<std::string_view>{"a", "bc", "d"}));
  EXPECT_EQ(words("a"), std::vector<std::string_view>{"a"});
  EXPECT_TRUE(words("").empty());
  EXPECT_TRUE(words("   ").empty());
}

TEST(whole_number, is_all_of_the_text_and_within_its_type) {
  EXPECT_EQ(whole_number<int>("-12"), -12);
  EXPECT_EQ(whole_number<unsigned>("0A", 16), 10U);
  EXPECT_EQ(whole_number<std::uint16_t>("FFFF", 16), 0xFFFF);
  EXPECT_FALSE(whole_number<std::uint16_t>("10000", 16));
  for (const char* text : {"", " 1", "1 ", "+1", "0x1", "1.5", "99999999999999999999"})
    EXPECT_FALSE(whole_number<int>(text)) << text;
}

}  // namespace
}  // namespace sizing
