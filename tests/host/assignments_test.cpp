#include "libsizing/host/assignments.h"

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/host/os_release.h"
#include "tests/support/checks.h"

namespace sizing {
namespace {

std::string value(const std::string& line) { return read_assignments("K=" + line).value("K"); }

TEST(assignments, take_values_out_of_quotes) {
  EXPECT_EQ(value("plain"), "plain");
  EXPECT_EQ(value("\"in double\""), "in double");
  EXPECT_EQ(value("'in single'"), "in single");
  EXPECT_EQ(value("a'b c'\"d e\""), "ab cd e");
  EXPECT_EQ(value("\"it's\""), "it's");
  EXPECT_EQ(value("'say \"x\"'"), "say \"x\"");
  EXPECT_EQ(value(R"("a\"b\\c\$d\`e\n")"), R"(a"b\c$d`e\n)");
  EXPECT_EQ(value(R"('a\b')"), R"(a\b)");
  EXPECT_EQ(value(R"(a\ b\#c)"), "a b#c");
  EXPECT_EQ(value(""), "");
  EXPECT_EQ(value("\"\""), "");
}

TEST(assignments, end_at_a_comment_and_without_blanks) {
  EXPECT_EQ(value("a b \t"), "a b");
  EXPECT_EQ(value("a # said"), "a");
  EXPECT_EQ(value("a#b"), "a#b");
  EXPECT_EQ(value("  # nothing"), "");
  EXPECT_EQ(value("'a # b ' # c"), "a # b ");
  EXPECT_EQ(value("localhost, 127.0.0.1"), "localhost, 127.0.0.1");  // as PAM reads /etc/environment
  EXPECT_EQ(value("$HOME `id`"), "$HOME `id`");                      // nothing is expanded
}

TEST(assignments, know_line_and_column_of_key_and_value) {
  const Assignments read =
      read_assignments("\xEF\xBB\xBF# ü\r\n\r\nA=1\r\n  export  B_2=\"two\" \r\nC= 'x'\r\n\tD=\r\n");
  ASSERT_EQ(read.all.size(), 4u);
  const auto expect = [&](std::size_t i, const char* key, const char* text, int line, int key_column,
                          int value_column) {
    EXPECT_EQ(read.all[i].key, key);
    EXPECT_EQ(read.all[i].value, text);
    EXPECT_EQ(read.all[i].line, line);
    EXPECT_EQ(read.all[i].key_column, key_column);
    EXPECT_EQ(read.all[i].value_column, value_column);
  };
  expect(0, "A", "1", 3, 1, 3);
  expect(1, "B_2", "two", 4, 11, 16);
  expect(2, "C", "x", 5, 1, 5);
  expect(3, "D", "", 6, 2, 4);
  EXPECT_TRUE(read.faults.empty());
}

TEST(assignments, the_last_of_a_key_holds) {
  const Assignments read = read_assignments("A=1\nB=2\nA=3");
  EXPECT_EQ(read.value("A"), "3");
  EXPECT_EQ(read.find("A")->line, 3);
  EXPECT_EQ(read.find("C"), nullptr);
}

TEST(assignments, report_what_they_cannot_use_and_go_on) {
  const Assignments read = read_assignments("if true; then\nA=\"open\n  2X=1\nB=2\n=x\n");
  EXPECT_EQ(read.value("A"), "open");
  EXPECT_EQ(read.value("B"), "2");
  ASSERT_EQ(read.faults.size(), 4u);
  EXPECT_EQ(read.faults[0].line, 1);
  EXPECT_EQ(read.faults[0].column, 1);
  EXPECT_EQ(read.faults[1].line, 2);
  EXPECT_EQ(read.faults[1].column, 3);
  EXPECT_EQ(read.faults[1].problem, "a quote is not closed");
  EXPECT_EQ(read.faults[2].line, 3);
  EXPECT_EQ(read.faults[2].column, 3);
  EXPECT_EQ(read.faults[3].line, 5);
}

TEST(environment, is_split_at_zero_bytes) {
  using namespace std::string_literals;
  const Assignments read = read_environment("A=1\0B=two\nlines\0C\0=D\0E==\0"s);
  ASSERT_EQ(read.all.size(), 3u);
  EXPECT_EQ(read.value("B"), "two\nlines");
  EXPECT_EQ(read.value("E"), "=");
  EXPECT_EQ(read.all[0].line, 0);
}

// Any value, quoted as the shell wants it, is read as it was; in single quotes each character stands for itself.
TEST(assignments, read_what_was_quoted) {
  RandomNames random(6);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::size_t k = random.below(12); k > 0; --k) text += random.pick("ab '\"\\$`#=,;\xC3\xBC\t");
    std::string doubled;
    for (const char c : text)
      doubled += (std::string("\"\\$`").find(c) != std::string::npos ? "\\" : "") + std::string(1, c);
    const Assignments read =
        read_assignments("A='" + replace_all(text, "'", "'\\''") + "' # x\nexport B=\"" + doubled + "\"  \n");
    EXPECT_EQ(read.value("A"), text);
    EXPECT_EQ(read.value("B"), text);
    EXPECT_TRUE(read.faults.empty()) << text;
  }
}

// Files as the distributions ship them, shortened.
TEST(os_release, knows_a_distribution_and_its_family) {
  const OsRelease debian = read_os_release(
      "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n"
      "VERSION_CODENAME=bookworm\nID=debian\n");
  EXPECT_EQ(debian.id, "debian");
  EXPECT_EQ(debian.version_id, "12");
  EXPECT_EQ(debian.version_codename, "bookworm");
  EXPECT_EQ(debian.pretty_name, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(family(debian), Family::debian);
  EXPECT_EQ(family(read_os_release("ID=ubuntu\nID_LIKE=debian\n")), Family::debian);

  const OsRelease alma = read_os_release("ID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.3\"\n");
  EXPECT_EQ(alma.id_like, (std::vector<std::string>{"rhel", "centos", "fedora"}));
  EXPECT_EQ(family(alma), Family::redhat);
  EXPECT_EQ(family(read_os_release("ID='ol'\nID_LIKE=fedora\n")), Family::redhat);
  EXPECT_EQ(family(read_os_release("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n")), Family::suse);
  EXPECT_EQ(family(read_os_release("ID=\"sles\"\nID_LIKE=\"suse\"\n")), Family::suse);
  EXPECT_EQ(family(read_os_release("ID=unheard\nID_LIKE=\"of debian\"\n")), Family::debian);
  EXPECT_EQ(family(read_os_release("ID=arch\n")), Family::other);
}

// os-release(5): without ID it is "linux".
TEST(os_release, of_nothing_is_linux) {
  EXPECT_EQ(read_os_release("").id, "linux");
  EXPECT_EQ(read_os_release("").version_id, "");
}

}  // namespace
}  // namespace sizing
