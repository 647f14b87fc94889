#include "libsizing/host/root.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "libsizing/base/error.h"
#include "libsizing/host/check.h"
#include "tests/support/scratch.h"

namespace sizing {
namespace {

namespace fs = std::filesystem;

// A tree whose links point in every way that a copied system has, and out of it.
struct Tree : Scratch {
  Root root;
  Tree() {
    fs::create_directories(path("tree/etc"));
    fs::create_directories(path("tree/usr/lib"));
    std::ofstream(path("tree/usr/lib/os-release")) << "ID=debian\n";
    std::ofstream(path("outside")) << "not to be read\n";
    fs::create_symlink("../usr/lib/os-release", path("tree/etc/relative"));
    fs::create_symlink("/usr/lib/os-release", path("tree/etc/absolute"));
    fs::create_symlink("../../../../usr/lib/os-release", path("tree/etc/above"));
    fs::create_symlink("../../outside", path("tree/etc/out"));
    fs::create_symlink(path("outside"), path("tree/etc/out-absolute"));
    fs::create_symlink("loop", path("tree/etc/loop"));
    fs::create_directory_symlink("/usr/lib", path("tree/lib"));
    root = open_root(path("tree"));
  }
};

TEST(root, follows_links_inside_the_tree) {
  const Tree tree;
  for (const char* file : {"/usr/lib/os-release", "/etc/relative", "/etc/absolute", "/etc/above", "/lib/os-release"})
    EXPECT_EQ(read_text(tree.root, file).text, "ID=debian\n") << file;
}

TEST(root, never_leaves_the_tree) {
  const Tree tree;
  for (const char* file : {"/etc/out", "/etc/out-absolute", "/../outside", "/etc/../../outside"}) {
    EXPECT_EQ(read_text(tree.root, file).text, "") << file;
    EXPECT_FALSE(read_text(tree.root, file).ok()) << file;
  }
}

TEST(root, says_why_a_file_cannot_be_read) {
  const Tree tree;
  EXPECT_EQ(read_text(tree.root, "/etc/nothing").problem, "not there");
  EXPECT_EQ(read_text(tree.root, "/etc").problem, "no regular file");
  EXPECT_EQ(read_text(tree.root, "/etc/loop").problem, "too many links");
  EXPECT_EQ(read_text(tree.root, "/etc/relative", 3).problem, "too large");
}

TEST(root, is_a_folder) {
  const Tree tree;
  EXPECT_THROW((void)open_root(tree.path("outside")), InputError);
  EXPECT_THROW((void)open_root(tree.path("nowhere")), InputError);
  EXPECT_TRUE(open_root("/").live());
  EXPECT_FALSE(tree.root.live());
}

TEST(root, lists_folders_in_order) {
  const Tree tree;
  EXPECT_EQ(list_folder(tree.root, "/"), (std::vector<std::string>{"etc", "lib", "usr"}));
  EXPECT_EQ(list_folder(tree.root, "/lib"), std::vector<std::string>{"os-release"});
  EXPECT_TRUE(list_folder(tree.root, "/nothing").empty());
}

TEST(check, what_was_not_seen_never_passes) {
  const auto of = [](Verdict v) {
    Check check;
    check.verdict = v;
    return check;
  };
  EXPECT_EQ(worst({}), Verdict::pass);
  EXPECT_EQ(worst({of(Verdict::pass), of(Verdict::unseen), of(Verdict::note)}), Verdict::unseen);
  EXPECT_EQ(worst({of(Verdict::unseen), of(Verdict::warning)}), Verdict::warning);
  EXPECT_EQ(worst({of(Verdict::fail), of(Verdict::warning), of(Verdict::pass)}), Verdict::fail);
}

}  // namespace
}  // namespace sizing
