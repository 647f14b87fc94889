// A document: what a result says to people, once, for every format that people read.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace sizing {

struct Heading {
  int level = 1;  // 1 to 3
  std::string text;
};

struct Paragraph {
  std::string text;
};

/// One line each; `mark` stands before it: "warning".
struct Item {
  std::string mark, text;
};
struct Items {
  std::vector<Item> items;
};

struct TextTable {
  std::vector<std::string> header;
  std::vector<bool> right;  // by column: aligned right
  std::vector<std::vector<std::string>> rows{};
  std::string note_title{};          // of the notes, where there are any
  std::vector<std::string> notes{};  // by row: in text a line below the row, in Markdown a last column
};

/// Kept as it is: a tree, a chart.
struct Verbatim {
  std::string text;
};

using Document = std::vector<std::variant<Heading, Paragraph, Items, TextTable, Verbatim>>;

struct TextStyle {
  bool colour = false;
  std::size_t width = 100;  // paragraphs and items are wrapped here; tables are not
};

std::string to_text(const Document& document, const TextStyle& style);
std::string to_markdown(const Document& document);
/// A fragment: no page around it, no styles but that numbers stand at the right.
std::string to_html(const Document& document);

}  // namespace sizing
