#include "libsizing/host/packages.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

std::string version(std::string_view list, const std::string& package) {
  const Packages packages = parse_packages(list);
  return packages.contains(package) ? packages.at(package) : "";
}

TEST(parse_packages, has_the_versions_of_installed_ones) {
  const std::string list =
      "Package: opsi-utils\nStatus: install ok installed\nVersion: 4.3.1\n\n"
      "Package: opsiconfd\nStatus: install ok installed\nDescription: x\n Version: 9\nVersion: 4.3.24.1-1\n";
  EXPECT_EQ(version(list, "opsiconfd"), "4.3.24.1-1");
  EXPECT_EQ(version(list, "opsi-utils"), "4.3.1");
  EXPECT_EQ(version(list, "opsi"), "");
  EXPECT_EQ(version("Package: opsiconfd\nStatus: deinstall ok config-files\nVersion: 4.2\n", "opsiconfd"), "");
  EXPECT_EQ(version("Package: opsiconfd\nStatus: install ok not-installed\nVersion: 4.2\n", "opsiconfd"), "");
  EXPECT_EQ(version("", "opsiconfd"), "");
}

TEST(release_of, is_the_first_two_numbers) {
  EXPECT_EQ(release_of("4.3.24.1-1"), "4.3");
  EXPECT_EQ(release_of("4.2"), "4.2");
  for (const char* version : {"", "4", "4.", ".3", "4.x.1", "v4.3.1"}) EXPECT_EQ(release_of(version), "") << version;
}

TEST(read_opsiconfd, says_why_it_is_not_known) {
  const Scratch empty;
  const auto found = read_opsiconfd(open_root(empty.folder.string()));
  EXPECT_EQ(found.unseen, "/var/lib/dpkg/status: not there, and no /usr/bin to look into");
}

}  // namespace
}  // namespace sizing
