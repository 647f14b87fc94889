// A table of data: the one form of a result behind CSV, and of a list's JSON, text and Markdown.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "libsizing/report/document.h"

namespace sizing {

/// Nothing, a word or a number. Numbers keep full precision; only text for people rounds them.
using Cell = std::variant<std::monostate, std::string, double>;

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// `text`, or nothing where it is empty.
Cell cell(const std::string& text);

std::string to_csv(const Table& table);
TextTable to_text_table(const Table& table);

}  // namespace sizing
