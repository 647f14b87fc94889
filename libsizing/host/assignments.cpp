#include "libsizing/host/assignments.h"

#include <algorithm>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_key(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); });
}

// Reads the value that starts at line[at]: an automaton over its characters, for each of them outside quotes, in single
// or in double ones.
class ValueReader {
 public:
  explicit ValueReader(std::string_view line) : line_(line) {}

  void read(std::size_t at) {
    for (; at < line_.size() && !(quote_ == 0 && comment_at(at)); ++at) take(at);
    if (quote_ == 0) drop_blanks();
  }

  const std::string& value() const { return value_; }
  bool open() const { return quote_ != 0; }
  std::size_t opened() const { return opened_; }

 private:
  bool comment_at(std::size_t at) const { return line_[at] == '#' && is_blank(line_[at - 1]); }

  void take(std::size_t& at) {
    const char c = line_[at];
    if (quote_ == 0 && (c == '"' || c == '\'')) {
      quote_ = c;
      opened_ = at;
    } else if (c == quote_) {
      quote_ = 0;
      kept_ = value_.size();
    } else if (c == '\\' && quote_ != '\'' && escapes(at + 1)) {
      value_ += line_[++at];
      kept_ = value_.size();
    } else {
      value_ += c;
    }
  }

  bool escapes(std::size_t at) const {
    return at < line_.size() && (quote_ == 0 || std::string_view("\"\\$`").find(line_[at]) != std::string_view::npos);
  }

  // Blanks at the end, but not quoted ones.
  void drop_blanks() {
    while (value_.size() > kept_ && is_blank(value_.back())) value_.pop_back();
  }

  std::string_view line_;
  std::string value_;
  char quote_ = 0;          // the open one
  std::size_t opened_ = 0;  // where
  std::size_t kept_ = 0;    // so much of the value was quoted or stands before something quoted
};

void read_line(std::string_view line, int number, Assignments& result) {
  std::size_t from = std::min(line.find_first_not_of(" \t"), line.size());
  if (from == line.size() || line[from] == '#') return;
  constexpr std::string_view keyword = "export";
  if (line.substr(from).starts_with(keyword) && from + keyword.size() < line.size() &&
      is_blank(line[from + keyword.size()]))
    from = std::min(line.find_first_not_of(" \t", from + keyword.size()), line.size());

  const std::size_t equals = line.find('=', from);
  const std::string_view key = line.substr(from, std::min(equals, line.size()) - from);
  if (equals == std::string_view::npos || !is_key(key)) {
    result.faults.push_back({number, column_in(line, from), "no assignment KEY=value", std::string(line.substr(from))});
    return;
  }
  ValueReader reader(line);
  std::size_t start = std::min(line.find_first_not_of(" \t", equals + 1), line.size());
  if (start < line.size() && line[start] == '#' && start > equals + 1) start = line.size();  // nothing but a comment
  reader.read(start);
  const bool quoted = start < line.size() && (line[start] == '"' || line[start] == '\'');
  if (reader.open())
    result.faults.push_back({number, column_in(line, reader.opened()), "a quote is not closed", std::string(key)});
  result.all.push_back(
      {std::string(key), reader.value(), number, column_in(line, from), column_in(line, quoted ? start + 1 : start)});
}

}  // namespace

const Assignment* Assignments::find(std::string_view key) const {
  const auto last = std::find_if(all.rbegin(), all.rend(), [&](const Assignment& a) { return a.key == key; });
  return last == all.rend() ? nullptr : &*last;
}

std::string Assignments::value(std::string_view key) const {
  const Assignment* found = find(key);
  return found ? found->value : "";
}

Assignments read_assignments(std::string_view text) {
  Assignments result;
  int number = 0;
  for (const std::string_view line : lines_of(text)) read_line(line, ++number, result);
  return result;
}

Assignments read_environment(std::string_view text) {
  Assignments result;
  for (const std::string& part : split(text, '\0')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0) continue;  // the end, or what a process wrote over its own
    result.all.push_back({part.substr(0, equals), part.substr(equals + 1), 0, 0, 0});
  }
  return result;
}

Place place_of(const Assignment& assignment, const std::string& file) {
  return {file, assignment.line, assignment.value_column, assignment.key};
}

}  // namespace sizing
