#include "libsizing/base/csv.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Fields = std::vector<std::string>;

TEST(csv, reads_a_header_and_rows) {
  const Csv csv = parse_csv("a,b\n1,2\n3,4\n", "t.csv");
  EXPECT_EQ(csv.header, (Fields{"a", "b"}));
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(csv.rows[0].fields, (Fields{"1", "2"}));
  EXPECT_EQ(csv.rows[1].fields, (Fields{"3", "4"}));
  EXPECT_EQ(csv.rows[1].line, 3);
}

// RFC 4180, section 2, rules 2, 6 and 7.
TEST(csv, keeps_commas_quotes_and_line_breaks_in_quotes) {
  const Csv csv = parse_csv("a,b\n\"x,y\",\"say \"\"no\"\"\"\n\"two\nlines\",\"\"\nlast,row", "t.csv");
  ASSERT_EQ(csv.rows.size(), 3U);
  EXPECT_EQ(csv.rows[0].fields, (Fields{"x,y", "say \"no\""}));
  EXPECT_EQ(csv.rows[1].fields, (Fields{"two\nlines", ""}));
  EXPECT_EQ(csv.rows[2].fields, (Fields{"last", "row"}));
  EXPECT_EQ(csv.rows[2].line, 5);
}

TEST(csv, reads_crlf_like_lf) {
  const Csv csv = parse_csv("a,b\r\n1,\"2\"\r\n3,4\r\n", "t.csv");
  EXPECT_EQ(csv.header, (Fields{"a", "b"}));
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(csv.rows[0].fields, (Fields{"1", "2"}));
  EXPECT_EQ(csv.rows[1].line, 3);
}

TEST(csv, reads_empty_fields) {
  const Csv csv = parse_csv("a,b,c\n,,\n", "t.csv");
  ASSERT_EQ(csv.rows.size(), 1U);
  EXPECT_EQ(csv.rows[0].fields, (Fields{"", "", ""}));
}

TEST(csv, keeps_the_comments_before_the_header_and_no_others) {
  const Csv csv = parse_csv("\xEF\xBB\xBF# host: opsi.example.org\r\n#units: KiB\n#\na,b\n1,2\n#3,4\n", "t.csv");
  EXPECT_EQ(csv.comments, (Fields{"host: opsi.example.org", "units: KiB", ""}));
  EXPECT_EQ(csv.header, (Fields{"a", "b"}));
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(csv.rows[0].line, 5);
  EXPECT_EQ(csv.rows[1].fields, (Fields{"#3", "4"}));
  EXPECT_EQ(describe(refusal([] { parse_csv("# only\n# comments", "t.csv"); }).place()), "t.csv:3");
  EXPECT_EQ(parse_csv("\"#a\",b\n", "t.csv").header, (Fields{"#a", "b"}));
}

TEST(csv, names_file_and_line_of_what_is_wrong) {
  const auto error = [](const char* text) { return refusal([&] { parse_csv(text, "t.csv"); }); };
  EXPECT_EQ(describe(error("").place()), "t.csv:1");
  EXPECT_EQ(describe(error("a,b\n1,2\n3\n").place()), "t.csv:3");
  EXPECT_EQ(error("a,b\n1,2,3\n").found(), "3");
  EXPECT_EQ(error("a,b\n1,2,3\n").allowed(), "2");
  EXPECT_EQ(describe(error("a,b\n1,2\n\n").place()), "t.csv:3");
  EXPECT_EQ(error("a\n\"x\"y\n").problem(), "text after a closing quote");
  EXPECT_EQ(describe(error("a\n\n\n\"x\"y\n").place()), "t.csv:4");
}

TEST(csv, names_the_line_where_an_unclosed_quote_opens) {
  const InputError error = refusal([] { parse_csv("a\nx\n\"open\nand\nopen", "t.csv"); });
  EXPECT_EQ(describe(error.place()), "t.csv:3");
  EXPECT_EQ(error.problem(), "a quoted field is never closed");
}

TEST(csv_field, quotes_only_where_it_must) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_field("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_field("a\rb"), "\"a\rb\"");
  EXPECT_EQ(csv_field("#a"), "\"#a\"") << "no comment where a table starts with it";
  EXPECT_EQ(csv_field("\xEF\xBB\xBFx"), "\"\xEF\xBB\xBFx\"") << "no mark";
  EXPECT_EQ(csv_field("a#"), "a#");
}

TEST(csv_field, reads_back_as_the_first_of_a_table) {
  for (const std::string name : {"#a", "\xEF\xBB\xBFx"})
    EXPECT_EQ(parse_csv(csv_field(name) + "\n1", "t.csv").header[0], name);
}

TEST(csv_field, reads_back_whatever_it_holds) {
  std::mt19937 random(2);
  for (int i = 0; i < 500; ++i) {
    Fields fields(1 + random() % 4);
    std::string line;
    for (std::string& field : fields) {
      for (auto n = random() % 6; n > 0; --n) field += "a,\"\n\r "[random() % 6];
      line += (line.empty() && &field == &fields[0] ? "" : ",") + csv_field(field);
    }
    std::string header = "h";
    for (std::size_t n = 1; n < fields.size(); ++n) header += ",h";
    if (line.empty()) continue;  // a last line without anything is no row
    const Csv csv = parse_csv(header + "\n" + line, "t.csv");
    ASSERT_EQ(csv.rows.size(), 1U) << line;
    EXPECT_EQ(csv.rows[0].fields, fields);
  }
}

}  // namespace
}  // namespace sizing
