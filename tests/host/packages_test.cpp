#include "libsizing/host/packages.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

TEST(installed_version, is_that_of_an_installed_package) {
  const std::string list =
      "Package: opsi-utils\nStatus: install ok installed\nVersion: 4.3.1\n\n"
      "Package: opsiconfd\nStatus: install ok installed\nDescription: x\n Version: 9\nVersion: 4.3.24.1-1\n";
  EXPECT_EQ(installed_version(list, "opsiconfd"), "4.3.24.1-1");
  EXPECT_EQ(installed_version(list, "opsi-utils"), "4.3.1");
  EXPECT_EQ(installed_version(list, "opsi"), "");
  EXPECT_EQ(installed_version("Package: opsiconfd\nStatus: deinstall ok config-files\nVersion: 4.2\n", "opsiconfd"),
            "");
  EXPECT_EQ(installed_version("Package: opsiconfd\nStatus: install ok not-installed\nVersion: 4.2\n", "opsiconfd"), "");
  EXPECT_EQ(installed_version("", "opsiconfd"), "");
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
