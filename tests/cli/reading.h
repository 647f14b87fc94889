// What text, Markdown and CSV say, read back, so that tests can hold the formats against each other.
#pragma once

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "libsizing/base/csv.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/unit.h"

namespace sizing::cli {

/// A row of CSV by its columns' names.
using Record = std::map<std::string, std::string>;

inline std::vector<Record> csv_records(const std::string& text) {
  const Csv csv = parse_csv(text, "output");
  std::vector<Record> records;
  for (const CsvRow& row : csv.rows) {
    Record& record = records.emplace_back();
    for (std::size_t c = 0; c < csv.header.size(); ++c) record[csv.header[c]] = row.fields[c];
  }
  return records;
}

struct MarkdownTable {
  std::string heading;  // the last one above it
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// The cells of "| a | b\|c |", without escapes.
inline std::vector<std::string> markdown_cells(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '|')
      cells.emplace_back();
    else if (line[i] == '\\' && i + 1 < line.size())
      cells.back() += line[++i];
    else
      cells.back() += line[i];
  }
  cells.pop_back();  // behind the last bar
  for (std::string& cell : cells) cell = trim(cell);
  return cells;
}

inline std::string markdown_plain(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) plain += text[i] == '\\' && i + 1 < text.size() ? text[++i] : text[i];
  return plain;
}

inline std::vector<MarkdownTable> markdown_tables(const std::string& text) {
  std::vector<MarkdownTable> tables;
  std::string heading;
  bool inside = false;
  for (const std::string& line : split(text, '\n')) {
    if (line.starts_with("#")) heading = markdown_plain(line.substr(line.find(' ') + 1));
    if (!line.starts_with("|")) {
      inside = false;
    } else if (!inside) {
      tables.push_back({heading, markdown_cells(line), {}});
      inside = true;
    } else if (!line.starts_with("| --")) {
      tables.back().rows.push_back(markdown_cells(line));
    }
  }
  return tables;
}

/// The items "- **mark**: text" as "mark text".
inline std::vector<std::string> markdown_items(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string& line : split(text, '\n'))
    if (line.starts_with("- "))
      items.push_back(markdown_plain(replace_all(replace_all(line.substr(2), "**: ", " "), "**", "")));
  return items;
}

/// Every word of a document, in order, without the marks of the format. The titles of
/// columns of notes, which stand in Markdown only, are left out.
inline std::vector<std::string> words_of_text(const std::string& text) {
  std::vector<std::string> words;
  for (const std::string& line : split(text, '\n')) {
    if (line.size() > 1 && line.find_first_not_of(line[0] == '=' ? "=" : "-") == std::string::npos) continue;
    for (const std::string& word : split(line, ' '))
      if (!word.empty() && word != "-") words.push_back(word);
  }
  return words;
}

inline std::vector<std::string> words_of_markdown(const std::string& text, const std::set<std::string>& note_titles) {
  std::string plain;
  bool verbatim = false, first_of_table = true;
  for (const std::string& line : split(text, '\n')) {
    if (line.starts_with("```")) {
      verbatim = !verbatim;
    } else if (verbatim) {
      plain += line + '\n';
    } else if (line.starts_with("|")) {
      auto cells = markdown_cells(line);
      if (first_of_table && note_titles.contains(cells.back())) cells.pop_back();
      if (!line.starts_with("| --")) plain += join(cells, " ") + '\n';
    } else {
      const bool mark = line.starts_with("- **") || line.starts_with("#");
      plain += (mark ? replace_all(replace_all(markdown_plain(line.substr(line.find(' ') + 1)), "**: ", " "), "**", "")
                     : markdown_plain(line)) +
               '\n';
    }
    first_of_table = !line.starts_with("|");
  }
  return words_of_text(plain);
}

/// Whether `shown`, a number for people, is `value` at two decimals, or at three digits below 1.
inline bool rounds_to(const std::string& shown, double value) {
  const double number = parse_number(replace_all(shown, "−", "-"));
  const double most = std::abs(value) >= 1 ? 0.005 : 0.005 * std::abs(value);
  return std::abs(number - value) <= most * (1 + 1e-9) + 1e-300;
}

/// Whether `shown` ("1105.26 MB", "5 workers") is `value` of `unit` ("MB", "worker").
inline bool shows(const std::string& shown, double value, const std::string& unit) {
  const std::string number = split(shown, ' ')[0];
  return rounds_to(number, value) && shown == with_unit(number, parse_unit(unit));
}

}  // namespace sizing::cli
