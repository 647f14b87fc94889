// Copied trees of hosts, right and broken: what is found wrong with each, written by hand from the page and the tables
// (trees/expected.csv). What is not listed there passes.
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "libsizing/base/csv.h"
#include "libsizing/base/file.h"
#include "libsizing/host/check_answer.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

namespace fs = std::filesystem;

const std::string trees = "tests/host/trees/";
const std::string today = "2026-01-02";

// What no copied tree tells, and the connections that none makes.
const std::map<std::string, std::string> of_every_tree = {{"disk.tmp", "unseen"},
                                                          {"disk.var_lib_opsi", "unseen"},
                                                          {"disk.free", "unseen"},
                                                          {"resolution.interface", "unseen"},
                                                          {"connection", "note"}};

std::vector<std::string> tree_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(trees))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

CheckAnswer check(const std::string& tree, const std::string& opsi = "4.3") {
  Demand demand;
  demand.opsi = opsi;
  demand.date = today;
  return check_host(read_facts(open_root(trees + tree)), demand, "test");
}

std::map<std::string, std::string> expected(const std::string& tree) {
  auto rows = of_every_tree;
  const std::string file = trees + "expected.csv";
  for (const CsvRow& row : parse_csv(read_file(file, 1 << 20), file).rows)
    if (row.fields[0] == tree) rows[row.fields[1]] = row.fields[2];
  // Nothing to compare where the own name has no address that is not of the loopback interface.
  if (rows.contains("resolution.forward")) rows.erase("resolution.interface");
  return rows;
}

class tree : public testing::TestWithParam<std::string> {};

TEST_P(tree, has_the_faults_that_were_put_into_it_and_no_other) {
  std::map<std::string, std::string> found;
  for (const Check& row : check(GetParam()).checks)
    if (row.verdict != Verdict::pass) found[row.id] = name(row.verdict);
  if (found.contains("resolution.interface") && found.contains("resolution.forward"))
    found.erase("resolution.interface");
  EXPECT_EQ(found, expected(GetParam()));
}

TEST_P(tree, gets_an_answer_on_every_requirement) {
  const auto rows = check(GetParam()).checks;
  for (const std::string prefix : {"architecture", "memory", "cores", "disk.tmp", "disk.var_lib_opsi", "disk.free",
                                   "distribution", "distribution.end_of_life", "domain", "host_name",
                                   "resolution.forward", "locale.set", "port.4447.tcp", "port.445.tcp", "port.69.udp"})
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const Check& c) { return c.id.starts_with(prefix); }))
        << prefix;
}

TEST_P(tree, has_a_known_source_for_each_row_and_advice_unless_it_passes) {
  for (const char* opsi : {"4.1", "4.2", "4.3"})
    for (const Check& row : check(GetParam(), opsi).checks) {
      EXPECT_TRUE(std::any_of(sources().begin(), sources().end(), [&](const Source& s) { return s.id == row.source; }))
          << row.id << " " << row.source;
      EXPECT_FALSE(row.title.empty() || row.found.empty() || row.required.empty()) << row.id;
      EXPECT_NE(row.verdict == Verdict::pass, !row.advice.empty()) << row.id;
    }
}

// Names, links, sizes and times of all that is below a folder.
std::string listing(const std::string& folder) {
  std::string text;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    text += entry.path().string() + " ";
    if (entry.is_symlink()) text += fs::read_symlink(entry.path()).string();
    if (entry.is_regular_file() && !entry.is_symlink())
      text +=
          std::to_string(entry.file_size()) + " " + std::to_string(entry.last_write_time().time_since_epoch().count());
    text += "\n";
  }
  return text;
}

TEST_P(tree, is_as_it_was) {
  const std::string before = listing(trees + GetParam());
  (void)check(GetParam());
  EXPECT_EQ(listing(trees + GetParam()), before);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(all, tree, testing::ValuesIn(tree_names()), test_name);

TEST(trees, are_of_every_family_right_and_broken) {
  std::size_t right = 0, broken = 0;
  for (const std::string& name : tree_names()) {
    const bool fails = check(name).verdict() == Verdict::fail;
    EXPECT_EQ(fails, name.ends_with("-broken")) << name;
    ++(fails ? broken : right);
  }
  EXPECT_EQ(right, 5U);
  EXPECT_EQ(broken, 5U);
}

TEST(trees, say_which_distribution_they_are) {
  const auto os = [](const std::string& name) {
    const OsRelease found = read_facts(open_root(trees + name)).os.value;
    return found.id + " " + found.version_id;
  };
  EXPECT_EQ(os("ucs-5.0-broken"), "univention-corporate-server 5.0");  // "5.0-8 errata1152" of /etc/lsb-release
  EXPECT_EQ(os("ucs-5.2"), "univention-corporate-server 5.2");
  EXPECT_EQ(os("almalinux-9"), "almalinux 9.4");
}

TEST(trees, say_which_release_is_installed) {
  const auto installed = [](const std::string& name) {
    const Facts facts = read_facts(open_root(trees + name));
    return choose_release({}, facts).opsi + " " + (facts.opsiconfd.value.installed ? "installed" : "not installed");
  };
  EXPECT_EQ(installed("debian-12"), "4.3 installed");
  EXPECT_EQ(installed("almalinux-9"), "4.2 installed");              // by its program; the version cannot be seen
  EXPECT_EQ(installed("ubuntu-24.04"), "4.2 not installed");         // the default
  EXPECT_EQ(installed("ubuntu-20.04-broken"), "4.2 not installed");  // removed, its configuration left
}

}  // namespace
}  // namespace sizing
