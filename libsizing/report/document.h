// A document: what a result says to people, once, for every format that people read.
#pragma once

#include <cstddef>
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

/// Kept as it is: a tree.
struct Verbatim {
  std::string text;
};

/// A curve of at least one point (chart.h).
struct ChartCurve {
  std::string title, x_title;  // without the second: over seconds since midnight
  std::vector<double> x, y;
};
/// Below one another.
struct Charts {
  std::vector<ChartCurve> curves;
};
inline constexpr std::size_t most_chart_columns = 80;

using Document = std::vector<std::variant<Heading, Paragraph, Items, TextTable, Verbatim, Charts>>;

struct TextStyle {
  bool colour = false;
  std::size_t width = 100;  // paragraphs and items are wrapped here, charts fit in; tables are as wide as they are
};

std::string to_text(const Document& document, const TextStyle& style);
std::string to_markdown(const Document& document);
/// A fragment: no page around it, no styles but that numbers stand at the right.
std::string to_html(const Document& document);

}  // namespace sizing
