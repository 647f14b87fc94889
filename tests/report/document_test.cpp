// A document as text and as Markdown.
#include "libsizing/report/document.h"

#include <gtest/gtest.h>

namespace sizing {
namespace {

std::string text(const Document& document, std::size_t columns = 100) { return to_text(document, {false, columns}); }

const TextTable towns{{"town", "clients"}, {false, true}, {{"Köln", "7"}, {"Mainz", "1205"}, {"", "–"}}, "", {}};

TEST(text, wraps_paragraphs_at_words_and_counts_characters_not_bytes) {
  EXPECT_EQ(text({Paragraph{"one two three"}}, 7), "one two\nthree\n");
  EXPECT_EQ(text({Paragraph{"äöü äöü äöü"}}, 7), "äöü äöü\näöü\n");
  EXPECT_EQ(text({Paragraph{"unbreakably_long a"}}, 5), "unbreakably_long\na\n");
  EXPECT_EQ(text({Paragraph{""}}), "\n");
}

TEST(text, separates_blocks_by_one_blank_line) {
  EXPECT_EQ(text({Paragraph{"a"}, Paragraph{"b"}, Heading{1, "Ä"}, Paragraph{"c"}, Heading{2, "bb"}, Heading{3, "d"}}),
            "a\n\nb\n\nÄ\n=\nc\n\nbb\n--\n\nd\n");
}

TEST(text, aligns_the_columns_of_a_table_by_characters) {
  EXPECT_EQ(text({towns}), "  town   clients\n  Köln         7\n  Mainz     1205\n               –\n");
}

TEST(text, leaves_no_blanks_at_the_ends_of_lines) {
  const TextTable table{{"a", "b"}, {false, false}, {{"x", ""}, {"", ""}}, "", {}};
  EXPECT_EQ(text({table}), "  a  b\n  x\n\n");
}

TEST(text, puts_notes_below_their_rows_and_wraps_them) {
  TextTable table = towns;
  table.note_title = "why";
  table.notes = {"a note of words", "", ""};
  EXPECT_EQ(text({table}, 14),
            "  town   clients\n  Köln         7\n      a note\n      of words\n  Mainz     1205\n"
            "               –\n");
}

TEST(text, hangs_the_lines_of_an_item_behind_its_mark) {
  EXPECT_EQ(text({Items{{{"error", "one two three"}, {"note", "four"}}}}, 18),
            "  error  one two\n         three\n  note   four\n");
  EXPECT_EQ(text({Items{{{"", "one two three"}}}}, 12), "  - one two\n    three\n");
}

TEST(text, keeps_what_is_verbatim) {
  EXPECT_EQ(text({Verbatim{"a  b\n   c that is longer than the line\n"}}, 10),
            "a  b\n   c that is longer than the line\n");
}

TEST(text, has_colour_only_where_it_is_asked_for) {
  const Document document = {Heading{1, "Title"}, towns, Items{{{"error", "x"}, {"warning", "y"}, {"note", "z"}}}};
  const std::string plain = to_text(document, {false, 80}), coloured = to_text(document, {true, 80});
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  EXPECT_NE(coloured.find("\x1b[31;1merror"), std::string::npos);
  std::string stripped;
  for (std::size_t at = 0; at < coloured.size(); ++at) {
    if (coloured[at] == '\x1b')
      at = coloured.find('m', at);
    else
      stripped += coloured[at];
  }
  EXPECT_EQ(stripped, plain);
}

TEST(markdown, escapes_what_would_be_markup) {
  EXPECT_EQ(to_markdown({Paragraph{"a|b [c](d) *e* _f_ <g> `h` \\ i"}}),
            "a\\|b \\[c\\](d) \\*e\\* \\_f\\_ \\<g> \\`h\\` \\\\ i\n");
  const TextTable table{{"a|b"}, {false}, {{"x_y[z]|"}}, "", {}};
  EXPECT_EQ(to_markdown({table}), "| a\\|b |\n| --- |\n| x\\_y\\[z\\]\\| |\n");
}

TEST(markdown, does_not_turn_the_start_of_a_paragraph_into_a_list_or_heading) {
  for (const std::string start : {"# no heading", "- no item", "> no quote"}) {
    const std::string markdown = to_markdown({Paragraph{start}});
    EXPECT_FALSE(markdown.starts_with(start)) << markdown;
  }
}

TEST(markdown, says_how_columns_are_aligned_and_gives_notes_a_column) {
  TextTable table = towns;
  EXPECT_EQ(to_markdown({table}), "| town | clients |\n| --- | ---: |\n| Köln | 7 |\n| Mainz | 1205 |\n|  | – |\n");
  table.note_title = "why";
  table.notes = {"a|note", "", ""};
  EXPECT_EQ(to_markdown({table}),
            "| town | clients | why |\n| --- | ---: | --- |\n| Köln | 7 | a\\|note |\n"
            "| Mainz | 1205 |  |\n|  | – |  |\n");
}

TEST(markdown, separates_blocks_and_fences_what_is_verbatim) {
  EXPECT_EQ(to_markdown({Paragraph{"a"}, Heading{2, "b"}, Items{{{"error", "c"}, {"", "d"}}}, Verbatim{"| e |\n"}}),
            "a\n\n## b\n\n- **error**: c\n- d\n\n```text\n| e |\n```\n");
}

TEST(documents, may_be_empty) {
  EXPECT_EQ(text({}), "");
  EXPECT_EQ(to_markdown({}), "");
  const TextTable nothing{{"a"}, {false}, {}, "", {}};
  EXPECT_EQ(text({nothing}), "  a\n");
  EXPECT_EQ(to_markdown({nothing}), "| a |\n| --- |\n");
  EXPECT_EQ(text({Items{}}), "");
}

TEST(html, escapes_every_text) {
  const std::string evil = "<b>&\"";
  const std::string safe = "&lt;b&gt;&amp;&quot;";
  const Document document = {Heading{1, evil}, Paragraph{evil}, Items{{{evil, evil}}}, Verbatim{evil},
                             TextTable{{evil}, {false}, {{evil}}, evil, {evil}}};
  const std::string html = to_html(document);
  EXPECT_EQ(html.find(evil), std::string::npos);
  std::size_t found = 0;
  for (std::size_t at = html.find(safe); at != std::string::npos; at = html.find(safe, at + 1)) ++found;
  EXPECT_EQ(found, 9U);  // each text that the document holds
}

TEST(html, aligns_the_columns_of_a_table) {
  EXPECT_EQ(to_html({TextTable{{"a", "b"}, {false, true}, {{"x", "1"}}, "", {}}}),
            "<table>\n<thead><tr>\n<th style=\"text-align:left\">a</th>\n<th style=\"text-align:right\">b</th>\n"
            "</tr></thead>\n<tbody>\n<tr>\n<td style=\"text-align:left\">x</td>\n"
            "<td style=\"text-align:right\">1</td>\n</tr>\n</tbody>\n</table>\n");
}

}  // namespace
}  // namespace sizing
