#include "libsizing/host/space.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

TEST(read_space, looks_at_the_nearest_parent_that_is_there) {
  const Scratch scratch;
  const std::string folder = scratch.folder.string();
  const auto there = read_space({}, folder), below = read_space({}, folder + "/not/there");
  ASSERT_TRUE(there.seen() && below.seen());
  EXPECT_EQ(there.value.at, folder);
  EXPECT_EQ(below.value.at, folder);
  EXPECT_EQ(below.value.folder, folder + "/not/there");
  EXPECT_EQ(below.value.size, there.value.size);
  EXPECT_EQ(below.value.device, there.value.device);
}

// A second way to the same numbers.
TEST(read_space, is_what_the_standard_library_says) {
  const auto standard = std::filesystem::space("/");
  const auto own = read_space({}, "/");
  EXPECT_EQ(own.value.size, static_cast<double>(standard.capacity));
  EXPECT_LE(own.value.free, own.value.size);
}

TEST(read_space, is_not_told_by_a_tree) {
  EXPECT_FALSE(read_space(open_root("tests/host/trees/debian-12"), "/tmp").seen());
}

TEST(parse_mounts, undoes_octal_escapes) {
  EXPECT_EQ(parse_mounts(
                "/dev/a / ext4 rw 0 0\n/dev/b /var/lib/opsi/my\\040depot ext4 rw 0 0\nbroken\n/dev/a / ext4 rw 0 0\n"),
            (std::vector<std::string>{"/", "/var/lib/opsi/my depot"}));
  EXPECT_EQ(parse_mounts("a /x\\04 c\n").at(0), "/x\\04");
}

// opsiconfd/check/system.py, get_disk_mountpoints: the innermost of /var, /var/lib and /var/lib/opsi alone.
TEST(watched_mounts, are_those_of_the_health_check) {
  const auto watched = [](std::vector<std::string> mounts) { return watched_mounts(mounts); };
  EXPECT_EQ(watched({"/", "/proc", "/home"}), (std::vector<std::string>{"/"}));
  EXPECT_EQ(watched({"/", "/tmp", "/var", "/var/lib"}), (std::vector<std::string>{"/", "/tmp", "/var/lib"}));
  EXPECT_EQ(watched({"/", "/var/lib/opsi", "/var/lib/opsi/depot", "/var/lib/opsiX"}),
            (std::vector<std::string>{"/", "/var/lib/opsi", "/var/lib/opsi/depot"}));
}

}  // namespace
}  // namespace sizing
