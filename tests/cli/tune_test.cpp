// tune and firewall on the command line: what they print, write and refuse.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libsizing/base/csv.h"
#include "libsizing/base/text.h"
#include "tests/cli/call.h"
#include "tests/support/tree.h"

namespace sizing::cli {
namespace {

constexpr char school[] = "data/sites/school.toml", host[] = "data/hosts/school";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool runs(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

void expect_refused(const std::vector<std::string>& args, const std::string& part) {
  const Outcome outcome = call(args);
  EXPECT_EQ(outcome.code, bad_input) << join(args, " ");
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(contains(outcome.err, part)) << outcome.err;
}

void copy_host(const Tree& tree) { std::filesystem::copy(host, tree.folder, std::filesystem::copy_options::recursive); }

TEST(tune, its_diff_applied_and_its_files_written_are_the_same) {
  if (!runs("patch --version")) GTEST_SKIP() << "patch is not installed";
  Tree tree;
  copy_host(tree);
  const std::string root = tree.folder.string();
  Tree out;
  const Outcome written = call({"tune", school, "--root", root, "--write", out.folder.string()});
  ASSERT_EQ(written.code, fits) << written.err;
  const Outcome diff = call({"tune", school, "--root", root, "--diff"});
  tree.put("/the.diff", diff.out);
  ASSERT_TRUE(runs("cd '" + root + "' && patch -s -p1 -i the.diff && rm the.diff"));
  // The stamps name their own command; everything else is equal.
  const auto unstamped = [](const std::string& text) {
    std::string rest;
    for (const std::string& line : split(text, '\n'))
      if (!contains(line, "# Written by opsi-sizing")) rest += line + "\n";
    return rest;
  };
  const auto files = out.all();
  EXPECT_EQ(files.size(), 4U);
  for (const auto& [path, text] : files) EXPECT_EQ(unstamped(tree.get(path)), unstamped(text)) << path;
  // Against its own output nothing is left to change.
  EXPECT_EQ(call({"tune", school, "--root", root, "--diff"}).out, "");
  EXPECT_EQ(call({"tune", school, "--root", root, "--diff"}).code, fits);
}

TEST(tune, never_changes_the_tree_that_it_reads) {
  Tree tree;
  copy_host(tree);
  const auto before = tree.all();
  Tree out;
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--diff"}, {"--write", out.folder.string()}}) {
    std::vector<std::string> args = {"tune", school, "--root", tree.folder.string()};
    args.insert(args.end(), more.begin(), more.end());
    EXPECT_EQ(call(args).code, fits);
  }
  EXPECT_EQ(tree.all(), before);
}

TEST(tune, names_the_files_that_it_wrote_and_writes_over_none_unasked) {
  Tree out;
  const std::string folder = out.folder.string();
  const std::vector<std::string> args = {"tune", school, "--root", host, "--write", folder};
  EXPECT_TRUE(contains(call(args).out, folder + "/etc/opsi/opsiconfd.conf"));
  out.put("/etc/opsi/opsiconfd.conf", "mine\n");
  const auto before = out.all();
  expect_refused(args, "exists already");
  EXPECT_EQ(out.all(), before);
  std::vector<std::string> forced = args;
  forced.push_back("--force");
  EXPECT_EQ(call(forced).code, fits);
  EXPECT_TRUE(contains(out.get("/etc/opsi/opsiconfd.conf"), "workers = 4"));
}

TEST(tune, refuses_what_it_cannot_do) {
  expect_refused({"tune", school, "--diff", "--write", "/tmp/x"}, "--write");
  expect_refused({"tune", school, "--diff", "--format", "json"}, "--format");
  expect_refused({"tune", school, "--force"}, "--write");
  expect_refused({"tune", school, "--root", "data/none"}, "data/none");
  expect_refused({"tune", school, "--family", "windows"}, "--family");
  expect_refused({"tune", school, "--server", "nobody"}, "--server");
  expect_refused({"tune", school, "--root", host, "--write", "/etc"}, "own /etc");
  expect_refused({"tune", school, "--root", host, "--write", "/"}, "own /etc");
  expect_refused({"tune", school, "--root", host, "--write", ""}, "no folder");
}

TEST(tune, says_the_same_in_json_and_csv) {
  const auto json = nlohmann::json::parse(call({"tune", school, "--root", host, "--format", "json"}).out);
  const Csv csv = parse_csv(call({"tune", school, "--root", host, "--format", "csv"}).out, "csv");
  ASSERT_EQ(json["settings"].size(), csv.rows.size());
  for (std::size_t r = 0; r < csv.rows.size(); ++r)
    for (std::size_t c = 0; c < csv.header.size(); ++c) {
      const auto& member = json["settings"][r][csv.header[c]];
      EXPECT_EQ(member.is_null() ? "" : member.get<std::string>(), csv.rows[r].fields[c]);
    }
}

TEST(firewall, refuses_what_is_no_address_or_no_word) {
  expect_refused({"firewall", school, "--clients-from", "10.1.2.3/16"}, "10.1.0.0/16");
  expect_refused({"firewall", school, "--clients-from", "10.0.0.0/8,"}, "--clients-from");
  expect_refused({"firewall", school, "--admins-from", "$(reboot)"}, "--admins-from");
  expect_refused({"firewall", school, "--servers-from", "depot.example.org"}, "--servers-from");
  expect_refused({"firewall", school, "--with", "grafna"}, "grafana");
  expect_refused({"firewall", school, "--without", "ssh"}, "locked out");
  expect_refused({"firewall", school, "--format", "iptables"}, "nftables");
}

// What was typed stands in the rules as a comment, and as nothing else.
TEST(firewall, keeps_foreign_text_in_comments) {
  Tree tree;
  tree.put("/site.toml", "[[server]]\nname = \"a'; reboot; \\u0022 <x> -- #\"\nclients = 9\n");
  for (const char* format : {"nftables", "ufw", "firewalld"}) {
    const std::string rules = call({"firewall", tree.path("site.toml"), "--format", format}).out;
    ASSERT_FALSE(rules.empty());
    for (const std::string& line : split(rules, '\n'))
      EXPECT_TRUE(!contains(line, "reboot") || line.starts_with("#")) << line;
  }
}

}  // namespace
}  // namespace sizing::cli
