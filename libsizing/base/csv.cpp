#include "libsizing/base/csv.h"

#include <algorithm>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Reads one quoted field whose opening quote is at text[at]; leaves `at` behind the closing one.
std::string quoted_field(std::string_view text, std::size_t& at, int& line, const std::string& file) {
  const int opened = line;
  std::string field;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
    } else if (text[at] == '"') {
      ++at;
      if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r')
        throw InputError({file, line, 0, ""}, "text after a closing quote");
      return field;
    }
    if (text[at] == '\n') ++line;
    field += text[at];
  }
  throw InputError({file, opened, 0, ""}, "a quoted field is never closed");
}

CsvRow read_row(std::string_view text, std::size_t& at, int& line, const std::string& file) {
  CsvRow row{line, {}};
  for (;;) {
    std::string field;
    if (at < text.size() && text[at] == '"')
      field = quoted_field(text, at, line, file);
    else
      while (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') field += text[at++];
    row.fields.push_back(std::move(field));
    if (at >= text.size() || text[at] != ',') break;
    ++at;
  }
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at, ++line;
  return row;
}

std::vector<std::string> read_comments(std::string_view text, std::size_t& at, int& line) {
  std::vector<std::string> comments;
  for (; at < text.size() && text[at] == '#'; ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view comment = text.substr(at + 1, end - at - 1);
    if (comment.ends_with('\r')) comment.remove_suffix(1);
    comments.emplace_back(trim(comment));
    at = std::min(end + 1, text.size());
  }
  return comments;
}

}  // namespace

Csv parse_csv(std::string_view text, const std::string& file) {
  Csv csv;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  int line = 1;
  csv.comments = read_comments(text, at, line);
  if (at >= text.size()) throw InputError({file, line, 0, ""}, "the table is empty: it needs a header row");
  csv.header = read_row(text, at, line, file).fields;
  while (at < text.size()) {
    CsvRow row = read_row(text, at, line, file);
    if (row.fields.size() != csv.header.size())
      throw InputError({file, row.line, 0, ""}, "a row has another number of fields than the header",
                       is_empty(row) ? "an empty line" : std::to_string(row.fields.size()),
                       std::to_string(csv.header.size()));
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

bool is_empty(const CsvRow& row) { return row.fields.size() == 1 && row.fields[0].empty(); }

std::optional<std::size_t> find_column(const Csv& csv, std::string_view name) {
  const auto at = std::find(csv.header.begin(), csv.header.end(), name);
  if (at == csv.header.end()) return {};
  return static_cast<std::size_t>(at - csv.header.begin());
}

std::string csv_field(std::string_view field) {
  // What a file starts with is no field, but a comment or a mark.
  const bool like_a_start = field.starts_with('#') || field.starts_with(byte_order_mark);
  if (!like_a_start && field.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace sizing
