#include "libsizing/host/file_edit.h"

#include <random>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "tests/support/tree.h"

namespace sizing {
namespace {

FileChange change(const std::optional<std::string>& before, const std::vector<Edit>& edits) {
  return {"/etc/x.conf", before, edits, 0644};
}

TEST(file_edit, keeps_every_other_byte) {
  EXPECT_EQ(after(change("a\nb\nc\n", {{2, 1, {"B1", "B2"}}})), "a\nB1\nB2\nc\n");
  EXPECT_EQ(after(change("a\r\nb\r\n", {{3, 0, {"c"}}})), "a\r\nb\r\nc\r\n");
  EXPECT_EQ(after(change("a\nb", {{3, 0, {"c"}}})), "a\nb\nc\n");
  EXPECT_EQ(after(change("a\nb", {{1, 1, {"A"}}})), "A\nb");
  EXPECT_EQ(after(change(std::nullopt, {{1, 0, {"a"}}})), "a\n");
  EXPECT_EQ(after(change("", {{1, 0, {"a"}}})), "a\n");
  EXPECT_EQ(unified_diff(change("a\n", {})), "");
}

TEST(file_edit, prints_a_unified_diff) {
  EXPECT_EQ(unified_diff(change("1\n2\n3\n4\n5\n6\n7\n8\n9\n", {{5, 1, {"five"}}})),
            "--- a/etc/x.conf\n+++ b/etc/x.conf\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  EXPECT_EQ(unified_diff(change(std::nullopt, {{1, 0, {"a"}}})),
            "--- /dev/null\n+++ b/etc/x.conf\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff(change("a", {{2, 0, {"b"}}})),
            "--- a/etc/x.conf\n+++ b/etc/x.conf\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n");
}

bool runs(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

// Random files and edits: what patch and git make of the diff is what `after` says.
TEST(file_edit, patch_and_git_apply_its_diffs) {
  const bool patch = runs("patch --version"), git = runs("git --version");
  if (!patch && !git) GTEST_SKIP() << "neither patch nor git is installed";
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    const std::size_t count = random() % 30;
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "line " + std::to_string(random() % 5) + "\n";
    if (random() % 3 == 0 && !text.empty()) text.pop_back();
    std::vector<Edit> edits;
    for (std::size_t at = 1; at <= lines_of(text).size(); at += 1 + random() % 12)
      if (random() % 2 == 0) edits.push_back({at, random() % 2, {"new " + std::to_string(round)}});
    edits.push_back({lines_of(text).size() + 1, 0, {"", "last"}});
    const bool fresh = text.empty();
    const FileChange made = change(fresh ? std::nullopt : std::optional(text), edits);
    for (const std::string& tool : {std::string(patch ? "patch -s -p1 -i" : ""), std::string(git ? "git apply" : "")}) {
      if (tool.empty()) continue;
      Tree tree;
      tree.put("/etc/other.conf", "kept");
      if (!fresh) tree.put("/etc/x.conf", text);
      tree.put("/the.diff", unified_diff(made));
      ASSERT_TRUE(runs("cd '" + tree.folder.string() + "' && GIT_CEILING_DIRECTORIES=/ " + tool + " the.diff"))
          << tool << "\n"
          << unified_diff(made);
      ASSERT_EQ(tree.get("/etc/x.conf"), after(made)) << tool << "\n" << unified_diff(made);
    }
  }
}

}  // namespace
}  // namespace sizing
