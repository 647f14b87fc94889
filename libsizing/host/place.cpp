#include "libsizing/host/place.h"

#include <algorithm>

#include "libsizing/base/text.h"

namespace sizing {

std::vector<std::string_view> lines_of(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

int column_in(std::string_view text, std::size_t offset) { return static_cast<int>(width(text.substr(0, offset))) + 1; }

Place place_in(const Place& where, std::string_view text, std::size_t offset) {
  Place place = where;
  place.column = std::max(where.column, 1) + column_in(text, offset) - 1;
  return place;
}

}  // namespace sizing
