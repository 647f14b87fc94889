#include "libsizing/host/settings_syntax.h"

#include <algorithm>
#include <limits>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

std::string_view stripped(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string unquoted(std::string_view text) {
  const bool quoted = text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

// A line, or several that a backslash joins.
struct Logical {
  std::string text;
  int line = 0, lines = 1;
};

bool is_comment(std::string_view line) { return !line.empty() && (line[0] == '#' || line[0] == ';'); }

std::vector<Logical> logical_lines(std::string_view text, bool joined) {
  std::vector<Logical> result;
  bool open = false;
  int number = 0;
  for (const std::string& raw : split(text, '\n')) {
    ++number;
    std::string_view line = stripped(raw);
    if (open) result.back().lines = number - result.back().line + 1;
    if (open && is_comment(line)) continue;
    if (!open) result.push_back({"", number, 1});
    open = joined && line.ends_with('\\') && !is_comment(line);
    if (open) line.remove_suffix(1);
    result.back().text += (result.back().text.empty() ? "" : " ") + std::string(line);
  }
  return result;
}

// "name" of "[name]", nothing for another line.
std::optional<std::string> section_of(std::string_view line) {
  if (line.empty() || line[0] != '[') return std::nullopt;
  return std::string(stripped(line.substr(1, std::min(line.find(']'), line.size()) - 1)));
}

// Splits at the first of `separators`; a line without one is a key alone.
SettingAssignment split_at(std::string_view line, std::string_view separators) {
  const std::size_t at = std::min(line.find_first_of(separators), line.size());
  SettingAssignment a;
  a.key = stripped(line.substr(0, at));
  if (at < line.size()) a.value = stripped(line.substr(at + 1));
  return a;
}

// Without what follows a '#' outside of quotes.
std::string_view without_comment(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote) {
      if (line[i] == quote) quote = 0;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    } else if (line[i] == '#') {
      return stripped(line.substr(0, i));
    }
  }
  return line;
}

std::optional<SettingAssignment> of_opsiconfd(std::string_view line) {
  if (line[0] == '[' || line.starts_with("---")) return std::nullopt;
  const std::size_t end = std::min(line.find_first_of(":=;# \t"), line.size());
  SettingAssignment a;
  a.key = line.substr(0, end);
  if (a.key.starts_with("--")) a.key.erase(0, 2);
  std::string_view rest = line.substr(end);
  for (std::size_t i = 1; i < rest.size(); ++i)
    if ((rest[i] == '#' || rest[i] == ';') && blanks.find(rest[i - 1]) != std::string_view::npos)
      rest = rest.substr(0, i);
  rest = stripped(rest);
  if (!rest.empty() && (rest[0] == '=' || rest[0] == ':')) rest = stripped(rest.substr(1));
  a.value = unquoted(rest);
  return a;
}

std::optional<SettingAssignment> of_my_cnf(std::string_view line) {
  if (line[0] == '!') {
    SettingAssignment a = split_at(line, " \t");
    a.include = a.key == "!include" || a.key == "!includedir";
    return a;
  }
  SettingAssignment a = split_at(without_comment(line), "=");
  a.value = unquoted(a.value);
  return a;
}

std::optional<SettingAssignment> of_redis(std::string_view line) {
  SettingAssignment a = split_at(line, " \t");
  a.value = unquoted(a.value);
  a.include = lower(a.key) == "include";
  return a;
}

std::optional<SettingAssignment> of_samba(std::string_view line) {
  SettingAssignment a = split_at(line, "=");
  a.include = same_key(Syntax::samba, a.key, "include");
  return a;
}

std::optional<SettingAssignment> read_line(Syntax syntax, std::string_view line) {
  switch (syntax) {
    case Syntax::opsiconfd: return of_opsiconfd(line);
    case Syntax::my_cnf: return of_my_cnf(line);
    case Syntax::redis: return of_redis(line);
    case Syntax::samba: return of_samba(line);
    case Syntax::systemd: return split_at(line, "=");
    case Syntax::python: break;
  }
  return std::nullopt;
}

bool has_sections(Syntax syntax) {
  return syntax == Syntax::my_cnf || syntax == Syntax::systemd || syntax == Syntax::samba;
}

// Where the text of a Python string goes on behind its closing quote; npos where it never closes.
std::size_t behind_string(std::string_view text, std::size_t open) {
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == text[open])
      return i + 1;
  }
  return std::string_view::npos;
}

std::vector<SettingAssignment> read_python(std::string_view text) {
  std::vector<SettingAssignment> result;
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '"' || text[at] == '\'') {
      const std::size_t end = behind_string(text, at);
      if (end == std::string_view::npos) return result;
      const std::string key(text.substr(at + 1, end - at - 2));
      const std::size_t colon = text.find_first_not_of(blanks, end);
      line += static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                          text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      at = end;
      if (colon == std::string_view::npos || text[colon] != ':') continue;
      const std::size_t stop = std::min(text.find_first_of(",}#\n", colon), text.size());
      const std::string_view value = stripped(text.substr(colon + 1, stop - colon - 1));
      // A value that is a string itself may hold a comma: only numbers are of interest here.
      if (value.find_first_of("\"'") == std::string_view::npos)
        result.push_back({"", key, std::string(value), line, 1, false});
    } else {
      line += text[at] == '\n';
      ++at;
    }
  }
  return result;
}

std::string normal_key(Syntax syntax, std::string_view key) {
  std::string name(key);
  if (syntax == Syntax::my_cnf) {
    name = replace_all(name, "_", "-");
    if (name.starts_with("loose-")) name.erase(0, 6);
  }
  if (syntax == Syntax::redis) name = lower(name);
  if (syntax == Syntax::samba) name = replace_all(replace_all(lower(name), " ", ""), "\t", "");
  if (syntax == Syntax::python) name = replace_all(lower(name), "_", "");
  return name;
}

// 1 for "", 1024 for "k" of my.cnf; 0 for another text.
double scale_of(Syntax syntax, std::string_view suffix) {
  if (suffix.empty()) return 1;
  const std::string word = lower(suffix);
  constexpr std::string_view letters = "kmgtpe";
  const std::size_t power = letters.find(word[0]);
  const auto raised = [&](double base) {
    double scale = 1;
    for (std::size_t i = 0; i <= power; ++i) scale *= base;
    return scale;
  };
  if (syntax == Syntax::my_cnf) return power != std::string_view::npos && word.size() == 1 ? raised(1024) : 0;
  if (syntax != Syntax::redis) return 0;
  if (word == "b") return 1;
  if (power > 2) return 0;  // npos, too
  return word.size() == 1 ? raised(1000) : word.size() == 2 && word[1] == 'b' ? raised(1024) : 0;
}

}  // namespace

std::vector<SettingAssignment> read_assignments(Syntax syntax, std::string_view text) {
  if (syntax == Syntax::python) return read_python(text);
  std::vector<SettingAssignment> result;
  std::string section;
  for (const Logical& line : logical_lines(text, syntax == Syntax::systemd || syntax == Syntax::samba)) {
    const std::string_view content = stripped(line.text);
    if (content.empty() || is_comment(content)) continue;
    if (const auto named = section_of(content); named && has_sections(syntax)) {
      section = *named;
      continue;
    }
    auto read = read_line(syntax, content);
    if (!read || read->key.empty()) continue;
    read->section = section;
    read->line = line.line;
    read->lines = line.lines;
    result.push_back(std::move(*read));
  }
  return result;
}

bool same_key(Syntax syntax, std::string_view a, std::string_view b) {
  return normal_key(syntax, a) == normal_key(syntax, b);
}

bool same_section(Syntax syntax, std::string_view section, std::string_view wanted) {
  if (!has_sections(syntax) || wanted.empty()) return true;
  if (syntax == Syntax::samba) return same_key(syntax, section, wanted);
  if (syntax != Syntax::my_cnf) return section == wanted;
  // Groups that are for one version hold for it alone; which one runs is not known here, so they count.
  for (const std::string_view group : {"server", "mysqld", "mariadb", "mariadbd"})
    if (section == group || (group != "server" && section.starts_with(std::string(group) + "-"))) return true;
  return false;
}

std::optional<double> parse_setting(Syntax syntax, std::string_view value) {
  if (syntax == Syntax::systemd) {
    value = stripped(value.substr(0, value.find(':')));
    if (value == "infinity") return std::numeric_limits<double>::infinity();
  }
  const std::size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
  constexpr std::size_t most_digits = 18;
  const double scale = scale_of(syntax, value.substr(digits));
  if (digits == 0 || digits > most_digits || scale == 0) return std::nullopt;
  return static_cast<double>(std::stoll(std::string(value.substr(0, digits)))) * scale;
}

std::string assignment_line(Syntax syntax, const std::string& key, const std::string& value) {
  switch (syntax) {
    case Syntax::redis: return key + " " + value;
    case Syntax::systemd: return key + "=" + value;
    case Syntax::python: return "\"" + key + "\": " + value + ",";
    case Syntax::opsiconfd:
    case Syntax::my_cnf:
    case Syntax::samba: break;
  }
  return key + " = " + value;
}

}  // namespace sizing
