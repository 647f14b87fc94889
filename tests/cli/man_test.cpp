// Man pages: what roff makes of the commands' own data. tests/cli/man.sh lets the formatters read them.
#include "cli/man.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "tests/cli/call.h"

namespace sizing::cli {
namespace {

constexpr char day[] = "2026-01-02";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> all_pages() {
  std::vector<std::string> pages = {overview_man_page(day)};
  for (const Command& command : commands()) pages.push_back(man_page(command, day));
  return pages;
}

// groff_char(7) names the characters, groff(7) the request at the start of a line.
TEST(roff, shows_text_letter_by_letter) {
  EXPECT_EQ(roff("plain text"), "plain text");
  EXPECT_EQ(roff("--samba-connections"), "\\-\\-samba\\-connections");
  EXPECT_EQ(roff("a\\nb"), "a\\(rsnb");
  EXPECT_EQ(roff(".SH\nx\n.PP"), "\\&.SH\nx\n\\&.PP");
  EXPECT_EQ(roff("'SH\n\"q\" ~^`"), "\\(aqSH\n\\(dqq\\(dq \\(ti\\(ha\\(ga");
  EXPECT_EQ(roff("1.5"), "1.5");
}

TEST(roff, names_what_is_not_ascii) {
  EXPECT_EQ(roff("5 × 4 → ä… 𝄞"), "5 \\[u00D7] 4 \\[u2192] \\[u00E4]\\[u2026] \\[u1D11E]");
}

TEST(man_pages, are_ascii_and_make_no_requests_of_their_texts) {
  const std::vector<std::string> requests = {".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE",
                                             ".EX", ".EE", ".BR", ".br", ".nh", ".ad"};
  for (const std::string& page : all_pages()) {
    EXPECT_TRUE(std::all_of(page.begin(), page.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    for (const std::string& line : split(page, '\n')) {
      EXPECT_FALSE(line.starts_with('\'')) << line;
      const bool known = std::find(requests.begin(), requests.end(), line.substr(0, 3)) != requests.end();
      EXPECT_TRUE(known || !line.starts_with('.')) << line;
    }
  }
}

TEST(man_pages, have_each_option_and_example_of_the_command) {
  for (const Command& command : commands()) {
    const std::string page = man_page(command, day);
    EXPECT_TRUE(contains(page, "\\fBopsi\\-sizing " + roff(command.name) + "\\fR")) << command.name;
    for (const OptionGroup& group : command.options)
      for (const Option& option : group.options) {
        EXPECT_TRUE(contains(page, ".TP\n\\fB\\-\\-" + roff(option.name) + "\\fR")) << option.name;
        EXPECT_TRUE(contains(page, roff(option.help))) << option.name;
        for (const std::string& word : option.values) EXPECT_TRUE(contains(page, roff(word))) << word;
      }
    for (const Example& example : command.examples) {
      EXPECT_TRUE(contains(page, "\n" + roff("opsi-sizing " + example.arguments) + "\n")) << example.arguments;
      EXPECT_TRUE(contains(page, roff(example.about))) << example.about;
    }
    EXPECT_TRUE(contains(page, ".SH EXIT STATUS\n")) << command.name;
  }
}

TEST(man_pages, refer_to_each_other_and_not_to_themselves) {
  for (const Command& command : commands()) {
    const std::string own = ".BR opsi\\-sizing\\-" + command.name + " (1)";
    EXPECT_TRUE(contains(overview_man_page(day), own)) << command.name;
    EXPECT_FALSE(contains(man_page(command, day), own)) << command.name;
    EXPECT_TRUE(contains(man_page(command, day), ".BR opsi\\-sizing (1)")) << command.name;
  }
}

TEST(man_pages, carry_version_and_date) {
  for (const std::string& page : all_pages())
    EXPECT_TRUE(contains(split(page, '\n')[0], " 1 2026-01-02 \"opsi\\-sizing " + std::string(version()) + "\""))
        << page;
}

TEST(man_pages, are_printed_by_help) {
  EXPECT_EQ(call({"help", "--man"}).out, overview_man_page(day));
  for (const Command& command : commands())
    EXPECT_EQ(call({"help", command.name, "--man"}).out, man_page(command, day)) << command.name;
  EXPECT_EQ(call({"help", "--man", "plna"}).code, bad_input);
}

}  // namespace
}  // namespace sizing::cli
