// The fields of the kernel's lines, and of files that look like them.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace sizing {

/// What stands between blanks.
std::vector<std::string_view> words(std::string_view line);

/// A whole number, all of `text`; nothing where it is none, or more than `Number` holds.
template <class Number>
std::optional<Number> whole_number(std::string_view text, int base = 10) {
  Number number{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return code == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                  : std::nullopt;
}

}  // namespace sizing
