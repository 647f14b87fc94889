#include "libsizing/host/file_edit.h"

#include <algorithm>

namespace sizing {
namespace {

constexpr std::size_t around = 3;  // lines of context

struct Line {
  char mark = ' ';  // of a diff: ' ', '-', '+'
  std::string text;
};

std::string line_end(const std::vector<std::string>& lines) {
  return !lines.empty() && lines[0].ends_with("\r\n") ? "\r\n" : "\n";
}

// The whole file as a diff. A last line without an end gets one before anything is added behind it.
std::vector<Line> whole_diff(const FileChange& change) {
  const std::vector<std::string> lines = lines_of(change.before.value_or(""));
  const std::string end = line_end(lines);
  std::vector<Edit> edits = change.edits;
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; });
  std::vector<Line> result;
  std::size_t next = 0;
  const auto keep = [&](std::size_t until) {
    for (; next < std::min(until, lines.size()); ++next) result.push_back({' ', lines[next]});
  };
  for (const Edit& edit : edits) {
    keep(edit.at - 1);
    for (std::size_t i = 0; i < edit.removed && next < lines.size(); ++i) result.push_back({'-', lines[next++]});
    if (!edit.added.empty() && !result.empty() && result.back().mark == ' ' && !result.back().text.ends_with('\n')) {
      result.back().mark = '-';
      result.push_back({'+', result.back().text + end});
    }
    for (const std::string& line : edit.added) result.push_back({'+', line + end});
  }
  keep(lines.size());
  return result;
}

std::string range(std::size_t start, std::size_t count) {
  return std::to_string(count == 0 ? start - 1 : start) + (count == 1 ? "" : "," + std::to_string(count));
}

std::string hunk(const std::vector<Line>& lines, std::size_t first, std::size_t last, std::size_t old_line,
                 std::size_t new_line) {
  std::string body;
  std::size_t olds = 0, news = 0;
  for (std::size_t i = first; i < last; ++i) {
    olds += lines[i].mark != '+';
    news += lines[i].mark != '-';
    body += lines[i].mark + lines[i].text;
    if (!lines[i].text.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }
  return "@@ -" + range(old_line, olds) + " +" + range(new_line, news) + " @@\n" + body;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

std::string after(const FileChange& change) {
  std::string text;
  for (const Line& line : whole_diff(change))
    if (line.mark != '-') text += line.text;
  return text;
}

std::string unified_diff(const FileChange& change) {
  const std::vector<Line> lines = whole_diff(change);
  std::string diff;
  std::size_t old_line = 1, new_line = 1;  // of lines[at]
  for (std::size_t at = 0; at < lines.size();) {
    std::size_t changed = at;
    while (changed < lines.size() && lines[changed].mark == ' ') ++changed;
    if (changed == lines.size()) break;
    const std::size_t first = std::max(at, changed - std::min(changed, around));
    std::size_t last = changed, kept = 0;  // up to where no change follows within twice the context
    for (std::size_t i = changed; i < lines.size() && kept <= 2 * around; ++i) {
      kept = lines[i].mark == ' ' ? kept + 1 : 0;
      if (kept == 0) last = i + 1;
    }
    last = std::min(last + around, lines.size());
    old_line += first - at;
    new_line += first - at;
    diff += hunk(lines, first, last, old_line, new_line);
    for (std::size_t i = first; i < last; ++i) old_line += lines[i].mark != '+', new_line += lines[i].mark != '-';
    at = last;
  }
  if (diff.empty()) return "";
  return "--- " + (change.before ? "a" + change.path : std::string("/dev/null")) + "\n+++ b" + change.path + "\n" +
         diff;
}

}  // namespace sizing
