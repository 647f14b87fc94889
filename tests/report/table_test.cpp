// Tables of data as CSV and as tables for people.
#include "libsizing/report/table.h"

#include <gtest/gtest.h>

#include "libsizing/base/csv.h"
#include "libsizing/base/number.h"

namespace sizing {
namespace {

TEST(csv, quotes_what_needs_quotes_and_nothing_else) {
  const Table table{{"a", "b,c"}, {{std::string("x\"y"), std::string("two\nlines")}, {std::string("plain"), {}}}};
  EXPECT_EQ(to_csv(table), "a,\"b,c\"\n\"x\"\"y\",\"two\nlines\"\nplain,\n");
}

TEST(csv, reads_back_as_what_was_written) {
  const std::vector<std::string> fields = {"",    "plain", "a,b",  "\"",  "\"\"", "a\nb", "a\r\nb", " blank ",
                                           "ä–…", "=1+1",  "0012", "1e5", "'",    ";",    "\t",     ",,,"};
  Table table{{"field", "number"}, {}};
  for (const std::string& field : fields) table.rows.push_back({cell(field), 0.1});
  const Csv csv = parse_csv(to_csv(table), "test");
  ASSERT_EQ(csv.rows.size(), fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) EXPECT_EQ(csv.rows[i].fields[0], fields[i]);
}

TEST(csv, has_every_number_to_its_last_bit) {
  for (const double value : {0.0, 1.0, 0.1, 1105.2631578947369, 1e15, 123456789012345680.0, 1e-300, 1.0 / 3, -2.5}) {
    const Csv csv = parse_csv(to_csv(Table{{"x"}, {{value}}}), "test");
    EXPECT_EQ(parse_number(csv.rows.at(0).fields[0]), value);
  }
}

TEST(csv, of_no_rows_is_its_header) { EXPECT_EQ(to_csv(Table{{"a", "b"}, {}}), "a,b\n"); }

TEST(text_table, rounds_numbers_and_puts_their_columns_right) {
  const TextTable table =
      to_text_table({{"name", "value", "mixed"}, {{std::string("x"), 1105.263, {}}, {{}, 0.02371, std::string("y")}}});
  EXPECT_EQ(table.header, (std::vector<std::string>{"name", "value", "mixed"}));
  EXPECT_EQ(table.right, (std::vector<bool>{false, true, false}));
  EXPECT_EQ(table.rows[0], (std::vector<std::string>{"x", "1105.26", ""}));
  EXPECT_EQ(table.rows[1], (std::vector<std::string>{"", "0.0237", "y"}));
}

TEST(cells, of_empty_texts_are_nothing) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(cell("")));
  EXPECT_EQ(std::get<std::string>(cell("a")), "a");
}

}  // namespace
}  // namespace sizing
