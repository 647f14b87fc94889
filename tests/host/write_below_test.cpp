#include "libsizing/host/write_below.h"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/tree.h"

namespace sizing {
namespace {

using Files = std::map<std::string, std::string>;

FileChange fresh(const std::string& path, const std::string& line, unsigned mode = 0644) {
  return {path, std::nullopt, {{1, 0, {line}}}, mode};
}

TEST(write_below, makes_folders_and_files_with_their_rights) {
  Tree tree;
  const std::string folder = tree.path("out");
  EXPECT_EQ(write_below(folder, {fresh("/etc/a/x", "1"), fresh("/etc/b/y", "2", 0600)}, false),
            (std::vector<std::string>{"/etc/a/x", "/etc/b/y"}));
  EXPECT_EQ(tree.all(), (Files{{"/out/etc/a/x", "1\n"}, {"/out/etc/b/y", "2\n"}}));
  struct stat status {};
  ASSERT_EQ(::stat((folder + "/etc/b/y").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(write_below, refuses_a_file_with_another_content_until_told) {
  Tree tree;
  tree.put("/etc/y", "mine\n");
  const auto error = refusal([&] {
    write_below(tree.folder.string(), {fresh("/etc/x", "1"), fresh("/etc/y", "2")}, false);
  });
  EXPECT_TRUE(contains(error.what(), "exists already")) << error.what();
  EXPECT_EQ(tree.all(), (Files{{"/etc/y", "mine\n"}}));  // all or none
  write_below(tree.folder.string(), {fresh("/etc/x", "1"), fresh("/etc/y", "2")}, true);
  EXPECT_EQ(tree.all(), (Files{{"/etc/x", "1\n"}, {"/etc/y", "2\n"}}));
  EXPECT_TRUE(write_below(tree.folder.string(), {fresh("/etc/x", "1")}, false).empty());  // is so already
}

TEST(write_below, removes_the_folders_that_it_made_in_vain) {
  Tree tree;
  tree.put("/out/etc/y", "mine\n");
  refusal([&] { write_below(tree.path("out"), {fresh("/new/x", "1"), fresh("/etc/y", "2")}, false); });
  EXPECT_FALSE(std::filesystem::exists(tree.folder / "out/new"));
}

TEST(write_below, follows_no_link_out_of_the_folder) {
  Tree tree;
  std::filesystem::create_directory(tree.folder / "elsewhere");
  std::filesystem::create_directory(tree.folder / "out");
  std::filesystem::create_symlink("../elsewhere", tree.folder / "out/etc");
  EXPECT_TRUE(contains(refusal([&] { write_below(tree.path("out"), {fresh("/etc/x", "1")}, true); }).what(), "link"));
  tree.put("/victim", "mine\n");
  std::filesystem::create_symlink("../victim", tree.folder / "out/x");
  EXPECT_TRUE(contains(refusal([&] { write_below(tree.path("out"), {fresh("/x", "1")}, true); }).what(), "link"));
  EXPECT_EQ(tree.all(), (Files{{"/victim", "mine\n"}}));
}

TEST(write_below, never_writes_into_this_machines_etc) {
  Tree tree;
  std::filesystem::create_symlink("/etc", tree.folder / "link");
  std::filesystem::create_directory(tree.folder / "out");
  std::filesystem::create_symlink("/etc", tree.folder / "out/etc");
  for (const std::string& folder :
       {std::string("/"), std::string("/etc"), std::string("/etc/opsi-sizing"), std::string("//"),
        std::string("/etc/../etc/"), std::string("/tmp/.."), tree.path("link"), tree.path("link") + "/x",
        tree.path("out"), std::string("/proc/self/root")})
    EXPECT_TRUE(
        contains(refusal([&] { write_below(folder, {fresh("/opsi-sizing-test", "1")}, false); }).what(), "own /etc"))
        << folder;
  EXPECT_FALSE(refusal([] { write_below("", {fresh("/x", "1")}, false); }).problem().empty());
}

}  // namespace
}  // namespace sizing
