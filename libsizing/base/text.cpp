#include "libsizing/base/text.h"

#include <algorithm>
#include <cctype>

namespace sizing {
namespace {

// Number of bytes of the well-formed UTF-8 character that starts at text[at] (RFC 3629, table 3-7 of Unicode: no
// overlong forms, no surrogates, nothing beyond U+10FFFF); 0 where there is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto within = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return within(at + 1, 0x80, 0xBF) ? 2 : 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (!within(at + 1, low, high) || !within(at + 2, 0x80, 0xBF)) return 0;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 && within(at + 3, 0x80, 0xBF) ? 4 : 0;
}

// Distance in insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// What most text is: characters of ASCII that are shown as they are, as many as `text` starts with.
std::string_view plain_start(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] >= 0x20 && text[end] < 0x7F) ++end;
  return text.substr(0, end);
}

}  // namespace

std::string join(std::span<const std::string> parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += between;
    text += parts[i];
  }
  return text;
}

std::string listed(std::span<const std::string> parts) {
  if (parts.size() < 2) return parts.empty() ? "" : parts[0];
  return join(parts.first(parts.size() - 1), ", ") + " and " + parts.back();
}

std::string join_some(std::span<const std::string> names) {
  constexpr std::size_t few = 12, first = 10;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < (names.size() <= few ? names.size() : first); ++i) shown.push_back(excerpt(names[i]));
  return join(shown, ", ") +
         (shown.size() < names.size() ? " and " + std::to_string(names.size() - shown.size()) + " more" : "");
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(separator, from)) != std::string_view::npos; from = at + 1)
    parts.emplace_back(text.substr(from, at - from));
  parts.emplace_back(text.substr(from));
  return parts;
}

std::string sentence(std::string_view text) {
  return std::string(text) + (text.empty() || text.ends_with('.') ? "" : ".");
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t start = 0;
  for (std::size_t at; (at = text.find(from, start)) != std::string_view::npos; start = at + from.size())
    result.append(text.substr(start, at - start)).append(to);
  return result.append(text.substr(start));
}

namespace {

// C1 controls (U+0080 to U+009F) and the marks that turn the direction of writing (U+200E, U+200F, U+202A to U+202E,
// U+2066 to U+2069): invisible, and able to show something else than what stands there.
bool is_hidden(std::string_view character) {
  const auto between = [&](std::string_view low, std::string_view high) {
    return character >= low && character <= high;
  };
  return (character.size() == 2 && between("\xC2\x80", "\xC2\x9F")) ||
         (character.size() == 3 &&
          (between("\xE2\x80\x8E", "\xE2\x80\x8F") || between("\xE2\x80\xAA", "\xE2\x80\xAE") ||
           between("\xE2\x81\xA6", "\xE2\x81\xA9")));
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view plain = plain_start(text.substr(at));
    result += plain;
    if ((at += plain.size()) == text.size()) break;
    const std::size_t length = utf8_length(text, at);
    const auto lead = static_cast<unsigned char>(text[at]);
    if (length == 0 || lead < 0x20 || lead == 0x7F || is_hidden(text.substr(at, length)))
      result += '?';
    else
      result += text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return result;
}

std::string excerpt(std::string_view text, std::size_t longest) {
  const std::string clean = printable(text.substr(0, 4 * longest + 4));
  std::size_t at = 0;
  for (std::size_t count = 0; at < clean.size() && count < longest; ++count)
    at += std::max<std::size_t>(1, utf8_length(clean, at));
  return at < clean.size() ? clean.substr(0, at) + "…" : clean;
}

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> known) {
  constexpr std::size_t longest = 80;
  if (wanted.empty() || wanted.size() > longest) return std::nullopt;
  const std::string low = lower(wanted);
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, low.size() / 3);
  for (const std::string& name : known) {
    const std::string candidate = lower(name);
    std::size_t distance = edit_distance(low, candidate);
    if (candidate.ends_with("." + low) || candidate.ends_with("-" + low)) distance = std::min<std::size_t>(distance, 1);
    if (distance < best_distance || (distance == best_distance && !best)) {
      best_distance = distance;
      best = name;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> known) {
  const auto name = nearest(wanted, known);
  return name ? " (did you mean '" + *name + "'?)" : "";
}

}  // namespace sizing
