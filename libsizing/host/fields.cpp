#include "libsizing/host/fields.h"

#include <algorithm>

namespace sizing {

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t at = line.find_first_not_of(' '); at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    found.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(' ', end);
  }
  return found;
}

}  // namespace sizing
