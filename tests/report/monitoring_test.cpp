// The forms of monitoring: the plug-in guidelines of Monitoring Plugins, the local checks of Checkmk's manual.
#include "libsizing/report/monitoring.h"

#include <regex>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

const Stamp stamp{"2026-01-02", "opsi-sizing check"};

CheckAnswer answer_with(Verdict verdict, const std::string& found = "x") {
  CheckAnswer answer;
  answer.subject = "host";
  answer.answer = "host: " + found;
  answer.checks = {{"disk.tmp", "Free space in /tmp", verdict, found, "15 GB", "req42", "Free space", {}},
                   {"note", "A note", Verdict::note, "n", "r", "req42", "", {}},
                   {"cores", "Cores", Verdict::pass, "4", "2", "req42", "", {}}};
  answer.measures = {{"disk.tmp", "free", 14e9, "B", 15e9, 7.5e9}, {"cores", "processors", 4, "", std::nullopt, 2.0}};
  return answer;
}

TEST(nagios, has_the_state_of_the_worst_row) {
  const auto word = [](Verdict verdict) { return split(to_nagios(answer_with(verdict), stamp), ' ')[1]; };
  EXPECT_EQ(word(Verdict::pass), "OK");
  EXPECT_EQ(word(Verdict::note), "OK");
  EXPECT_EQ(word(Verdict::warning), "WARNING");
  EXPECT_EQ(word(Verdict::fail), "CRITICAL");
  EXPECT_EQ(word(Verdict::unseen), "UNKNOWN");
  CheckAnswer both = answer_with(Verdict::unseen);
  both.checks[1].verdict = Verdict::warning;  // unseen alone is UNKNOWN
  EXPECT_EQ(split(to_nagios(both, stamp), ' ')[1], "WARNING");
}

TEST(nagios, has_performance_data_with_units_and_ranges) {
  const std::string first = split(to_nagios(answer_with(Verdict::warning), stamp), '\n')[0];
  EXPECT_EQ(first,
            "OPSI-SIZING WARNING - host: x | 'disk.tmp.free'=14000000000B;15000000000:;7500000000: "
            "'cores.processors'=4;;2:");
}

TEST(nagios, has_a_line_for_each_row_that_is_not_met_and_the_stamp) {
  const auto lines = split(to_nagios(answer_with(Verdict::fail), stamp), '\n');
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[1], "CRITICAL Free space in /tmp: x; required: 15 GB. Free space.");
  EXPECT_EQ(lines[2], "note A note: n; required: r");
  EXPECT_NE(lines[3].find("2026-01-02: opsi-sizing check"), std::string::npos);
}

// One pipe, of the performance data; no line that the text made; no quote that ends a name.
TEST(monitoring, is_not_broken_by_text_from_outside) {
  const CheckAnswer answer = answer_with(Verdict::fail, "a|b\n2 \"forged\" - c\x1b[31m");
  const std::string nagios = to_nagios(answer, stamp), checkmk = to_checkmk(answer, stamp);
  EXPECT_EQ(std::count(nagios.begin(), nagios.end(), '|'), 1);
  EXPECT_EQ(split(nagios, '\n').size(), 5U);
  EXPECT_EQ(split(checkmk, '\n').size(), 5U);
  for (const std::string& line : split(checkmk, '\n'))
    EXPECT_TRUE(line.empty() || std::count(line.begin(), line.end(), '"') == 2) << line;
  for (const char c : nagios + checkmk) EXPECT_NE(c, '\x1b');
}

TEST(checkmk, has_a_line_for_each_requirement) {
  const auto lines = split(to_checkmk(answer_with(Verdict::warning), stamp), '\n');
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_TRUE(lines[0].starts_with("1 \"opsi requirements\" - host: x"));
  EXPECT_EQ(lines[1],
            "1 \"opsi Free space in /tmp\" opsi_disk_tmp_free=14000000000;15000000000:;7500000000: x. Free space");
  EXPECT_EQ(lines[2], "0 \"opsi A note\" - n");
  EXPECT_EQ(lines[3], "0 \"opsi Cores\" opsi_cores_processors=4;;2: 4");
  const std::regex form("[0-3] \"[^\"]+\" (-|[a-z_0-9]+=[^ ]+) .+");
  for (const std::string& line : lines) EXPECT_TRUE(line.empty() || std::regex_match(line, form)) << line;
}

TEST(checkmk, takes_rows_of_one_title_together) {
  CheckAnswer answer = answer_with(Verdict::pass);
  answer.checks[2] = {"disk.tmp", "Free space in /tmp", Verdict::fail, "y", "15 GB", "req42", "Do it", {}};
  const auto lines = split(to_checkmk(answer, stamp), '\n');
  EXPECT_TRUE(lines[1].starts_with("2 \"opsi Free space in /tmp\" ")) << lines[1];
  EXPECT_TRUE(lines[1].ends_with(" x. Free space; y. Do it")) << lines[1];
}

TEST(monitoring, says_unknown_where_there_is_no_answer) {
  EXPECT_EQ(nagios_refusal("a|b"), "OPSI-SIZING UNKNOWN - a¦b\n");
  EXPECT_EQ(checkmk_refusal("bad"), "3 \"opsi requirements\" - bad\n");
}

}  // namespace
}  // namespace sizing
