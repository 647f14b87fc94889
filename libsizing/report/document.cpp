#include "libsizing/report/document.h"

#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/report/chart.h"

namespace sizing {
namespace {

std::string drawn(const Charts& charts, std::size_t columns) {
  std::vector<std::string> all;
  for (const ChartCurve& curve : charts.curves)
    all.push_back(curve.x_title.empty() ? day_chart(curve.title, curve.x, curve.y, columns)
                                        : chart(curve.title, curve.x_title, curve.x, curve.y, columns));
  return join(all, "\n");
}

std::string painted(const std::string& text, const char* code, bool colour) {
  return colour ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
}

const char* colour_of(const std::string& mark) {
  return mark == "error" || mark == "fail" || mark == "falls short" ? "31;1"
         : mark == "warning"                                        ? "33"
         : mark == "fits"                                           ? "32"
                                                                    : "2";
}

std::string padded(const std::string& text, std::size_t to, bool right) {
  const std::size_t has = width(text);
  const std::string blanks(to > has ? to - has : 0, ' ');
  return right ? blanks + text : text + blanks;
}

// Words of `text` in lines of at most `columns`, continued lines behind `indent` blanks.
std::string wrapped(const std::string& text, std::size_t columns, std::size_t start, std::size_t indent) {
  std::string result;
  std::size_t at = start;
  bool first = true;
  for (const std::string& word : split(text, ' ')) {
    const std::size_t length = width(word);
    if (!first && at + 1 + length > columns) {
      result += "\n" + std::string(indent, ' ');
      at = indent;
    } else if (!first) {
      result += ' ';
      ++at;
    }
    result += word;
    at += length;
    first = false;
  }
  return result;
}

struct TextWriter {
  TextStyle style;
  std::string out;
  bool after_paragraph = false;

  // A blank line between a paragraph and what is no heading.
  void part_from_paragraph() {
    if (after_paragraph) out += '\n';
    after_paragraph = false;
  }

  void operator()(const Heading& heading) {
    if (!out.empty()) out += '\n';
    after_paragraph = false;
    out += painted(heading.text, "1", style.colour) + '\n';
    if (heading.level < 3) out += std::string(width(heading.text), heading.level == 1 ? '=' : '-') + '\n';
  }

  void operator()(const Paragraph& paragraph) {
    if (!out.empty() && !out.ends_with("-\n") && !out.ends_with("=\n")) out += '\n';
    out += wrapped(paragraph.text, style.width, 0, 0) + '\n';
    after_paragraph = true;
  }

  void operator()(const Items& items) {
    part_from_paragraph();
    std::size_t marks = 0;
    for (const Item& item : items.items) marks = std::max(marks, width(item.mark));
    for (const Item& item : items.items) {
      const std::size_t start = marks > 0 ? marks + 4 : 4;
      out += "  " + (marks > 0 ? painted(padded(item.mark, marks, false), colour_of(item.mark), style.colour) : "-") +
             std::string(start - 2 - std::max<std::size_t>(marks, 1), ' ') +
             wrapped(item.text, style.width, start, start) + '\n';
    }
  }

  void operator()(const TextTable& table) {
    part_from_paragraph();
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.header.size(); ++c) {
      widths.push_back(width(table.header[c]));
      for (const auto& row : table.rows) widths[c] = std::max(widths[c], width(row[c]));
    }
    const auto line = [&](const std::vector<std::string>& cells) {
      std::string text;
      for (std::size_t c = 0; c < cells.size(); ++c) text += "  " + padded(cells[c], widths[c], table.right[c]);
      text.erase(text.find_last_not_of(' ') + 1);
      return text;
    };
    out += painted(line(table.header), "2", style.colour) + '\n';
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      out += line(table.rows[r]) + '\n';
      if (r < table.notes.size() && !table.notes[r].empty())
        out += painted("      " + wrapped(table.notes[r], style.width, 6, 6), "2", style.colour) + '\n';
    }
  }

  void operator()(const Verbatim& verbatim) {
    part_from_paragraph();
    out += verbatim.text;
  }

  void operator()(const Charts& charts) {
    part_from_paragraph();
    out += drawn(charts, std::min(style.width, most_chart_columns));
  }
};

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '<' || c == '`' || c == '[' || c == ']' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

// At the start of a line these would make a heading, a list or a quotation.
std::string escaped_start(const std::string& text) {
  const std::string line = escaped(text);
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')'))
    return line.substr(0, digits) + "\\" + line.substr(digits);
  return (line.find_first_of("#-+>=") == 0 ? "\\" : "") + line;
}

struct MarkdownWriter {
  std::string out;

  void gap() {
    if (!out.empty()) out += '\n';
  }

  void operator()(const Heading& heading) {
    gap();
    out += std::string(static_cast<std::size_t>(heading.level), '#') + " " + escaped(heading.text) + '\n';
  }

  void operator()(const Paragraph& paragraph) {
    gap();
    out += escaped_start(paragraph.text) + '\n';
  }

  void operator()(const Items& items) {
    gap();
    for (const Item& item : items.items)
      out += "- " + (item.mark.empty() ? "" : "**" + escaped(item.mark) + "**: ") + escaped(item.text) + '\n';
  }

  void operator()(const TextTable& table) {
    gap();
    const auto line = [&](const std::vector<std::string>& cells) {
      out += "|";
      for (const std::string& cell : cells) out += " " + escaped(cell) + " |";
      out += '\n';
    };
    const bool noted = !table.notes.empty();
    const auto with_note = [&](std::vector<std::string> cells, const std::string& note) {
      if (noted) cells.push_back(note);
      line(cells);
    };
    with_note(table.header, table.note_title);
    out += "|";
    for (const bool right : table.right) out += right ? " ---: |" : " --- |";
    out += noted ? " --- |\n" : "\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) with_note(table.rows[r], noted ? table.notes[r] : "");
  }

  void operator()(const Verbatim& verbatim) {
    gap();
    out += "```text\n" + verbatim.text + "```\n";
  }

  void operator()(const Charts& charts) { (*this)(Verbatim{drawn(charts, most_chart_columns)}); }
};

std::string escaped_html(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

struct HtmlWriter {
  std::string out;

  void element(const std::string& tag, const std::string& text, const std::string& attributes = "") {
    out += "<" + tag + attributes + ">" + escaped_html(text) + "</" + tag + ">\n";
  }

  void operator()(const Heading& heading) { element("h" + std::to_string(heading.level + 1), heading.text); }
  void operator()(const Paragraph& paragraph) { element("p", paragraph.text); }
  void operator()(const Verbatim& verbatim) { element("pre", verbatim.text); }
  void operator()(const Charts& charts) { element("pre", drawn(charts, most_chart_columns)); }

  void operator()(const Items& items) {
    out += "<ul>\n";
    for (const Item& item : items.items)
      out += "<li>" + (item.mark.empty() ? "" : "<strong>" + escaped_html(item.mark) + "</strong>: ") +
             escaped_html(item.text) + "</li>\n";
    out += "</ul>\n";
  }

  void operator()(const TextTable& table) {
    const auto align = [&](std::size_t column) {
      return std::string(" style=\"text-align:") + (table.right[column] ? "right\"" : "left\"");
    };
    const bool noted = !table.notes.empty();
    out += "<table>\n<thead><tr>\n";
    for (std::size_t c = 0; c < table.header.size(); ++c) element("th", table.header[c], align(c));
    if (noted) element("th", table.note_title, " style=\"text-align:left\"");
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      out += "<tr>\n";
      for (std::size_t c = 0; c < table.rows[r].size(); ++c) element("td", table.rows[r][c], align(c));
      if (noted) element("td", table.notes[r], " style=\"text-align:left\"");
      out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
  }
};

}  // namespace

std::string to_text(const Document& document, const TextStyle& style) {
  TextWriter writer{style, "", false};
  for (const auto& block : document) std::visit(writer, block);
  return writer.out;
}

std::string to_markdown(const Document& document) {
  MarkdownWriter writer;
  for (const auto& block : document) std::visit(writer, block);
  return writer.out;
}

std::string to_html(const Document& document) {
  HtmlWriter writer;
  for (const auto& block : document) std::visit(writer, block);
  return writer.out;
}

}  // namespace sizing
