#include "libsizing/report/table.h"

#include "libsizing/base/csv.h"
#include "libsizing/base/number.h"

namespace sizing {

Cell cell(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

std::string to_csv(const Table& table) {
  std::string out;
  for (std::size_t c = 0; c < table.columns.size(); ++c) out += (c > 0 ? "," : "") + csv_field(table.columns[c]);
  out += '\n';
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += ',';
      if (const auto* text = std::get_if<std::string>(&row[c])) out += csv_field(*text);
      if (const auto* number = std::get_if<double>(&row[c])) out += exact(*number);
    }
    out += '\n';
  }
  return out;
}

TextTable to_text_table(const Table& table) {
  TextTable text{table.columns, std::vector<bool>(table.columns.size())};
  for (const auto& row : table.rows) {
    auto& cells = text.rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      const auto* number = std::get_if<double>(&row[c]);
      if (number) text.right[c] = true;
      const auto* words = std::get_if<std::string>(&row[c]);
      cells.push_back(number ? rounded(*number) : words ? *words : "");
    }
  }
  return text;
}

}  // namespace sizing
