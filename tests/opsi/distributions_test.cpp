#include "libsizing/opsi/distributions.h"

#include <gtest/gtest.h>

namespace sizing {
namespace {

std::string status(const char* id, const char* release, const char* opsi) {
  const auto row = distribution_of(id, release, opsi);
  return row ? row->status : "not named";
}

// Expected: the matrix of the 4.2 page and the two of 4.3, the newest source of each release.
TEST(distribution_of, answers_by_the_newest_source) {
  EXPECT_EQ(status("debian", "11", "4.3"), "discontinued");  // supported until the matrix of 2024
  EXPECT_EQ(status("debian", "12", "4.3"), "supported");
  EXPECT_EQ(status("debian", "12", "4.2"), "unsupported");
  EXPECT_EQ(status("debian", "12", "4.1"), "not named");
  EXPECT_EQ(status("fedora", "40", "4.3"), "not named");
}

TEST(distribution_of, takes_a_minor_release_for_its_major_where_only_majors_are_listed) {
  EXPECT_EQ(status("rhel", "9.4", "4.3"), "supported");
  EXPECT_EQ(status("almalinux", "9.6", "4.2"), "supported");
  EXPECT_EQ(status("sles", "12.5", "4.2"), "unsupported");
  EXPECT_EQ(status("opensuse-leap", "15.6", "4.3"), "supported");
  EXPECT_EQ(status("opensuse-leap", "15.6", "4.2"), "not named");  // Leap 15 is 15.0
  EXPECT_EQ(status("ubuntu", "24.10", "4.3"), "not named");
  EXPECT_EQ(status("debian", "1", "4.3"), "not named");
}

// Expected: opsiconfd/check/system.py.
TEST(end_of_life_of, has_the_dates_of_the_health_check) {
  ASSERT_NE(end_of_life_of("debian", "12"), nullptr);
  EXPECT_EQ(end_of_life_of("debian", "12")->date, "2026-06-10");
  EXPECT_EQ(end_of_life_of("almalinux", "9.4")->date, "2027-05-31");
  EXPECT_EQ(end_of_life_of("opensuse-leap", "15.7"), nullptr);
  EXPECT_EQ(end_of_life_of("ubuntu", "22.10"), nullptr);
}

TEST(days_left, are_none_on_the_last_day) {
  const EndOfLife& end = *end_of_life_of("debian", "12");
  EXPECT_EQ(days_left(end, "2026-06-10"), 0);
  EXPECT_EQ(days_left(end, "2026-06-11"), -1);
  EXPECT_EQ(days_left(end, "2026-03-12"), 90);
}

}  // namespace
}  // namespace sizing
