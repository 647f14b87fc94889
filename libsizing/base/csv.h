// Reading tables of comma-separated values (RFC 4180): a header row, quoted fields, LF or CRLF. A byte order mark is
// skipped; lines before the header that begin with '#' are kept as comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

struct CsvRow {
  int line = 0;  // of its first character, from 1
  std::vector<std::string> fields;
};

struct Csv {
  std::vector<std::string> comments;  // without '#', blanks and tabs at their ends
  std::vector<std::string> header;
  std::vector<CsvRow> rows;
};

/// Every row has as many fields as the header. Throws InputError with `file` and line: no header, a row of another
/// length, an open quote at the end, text after a closing quote.
Csv parse_csv(std::string_view text, const std::string& file);

/// Whether its line is empty: a single field without text.
bool is_empty(const CsvRow& row);

/// The first column of this name, or nothing.
std::optional<std::size_t> find_column(const Csv& csv, std::string_view name);

/// `field` as one CSV field: quoted where it holds a comma, quote or line break, or starts as a comment or a mark does.
std::string csv_field(std::string_view field);

}  // namespace sizing
