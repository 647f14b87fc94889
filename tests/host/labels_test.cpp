#include "libsizing/host/labels.h"

#include <gtest/gtest.h>

namespace sizing {
namespace {

// RFC 3492: "München" is the usual example; the prefix is RFC 5890's.
TEST(meaning, is_what_an_international_label_stands_for) { EXPECT_EQ(meaning({"xn--mnchen-3ya", 0}), "münchen"); }

// Found by tests/fuzz/addresses.cpp: a label shorter than the prefix ended the program.
TEST(meaning, is_nothing_for_a_label_without_the_prefix) {
  for (const char* label : {"", "a", "xn-", "server", "mnchen-3ya"})
    EXPECT_EQ(meaning({label, 0}), std::nullopt) << label;
}

}  // namespace
}  // namespace sizing
