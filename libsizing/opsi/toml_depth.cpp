#include "libsizing/opsi/toml_depth.h"

#include <algorithm>

#include "libsizing/base/error.h"

namespace sizing {

// The parser calls itself for each part of a dotted key, so a key of a hundred thousand parts would end the program:
// keys are counted before they are parsed. Text in quotes counts as one part.
void check_key_depth(std::string_view toml, const std::string& file) {
  constexpr int deepest = 64;
  int line = 1, dots = 0;
  for (std::size_t at = 0; at < toml.size(); ++at) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      const std::size_t end = toml.find_first_of(c == '"' ? "\"\n" : "'\n", at + 1);
      if (end == std::string_view::npos) return;
      at = toml[end] == '\n' ? end - 1 : end;
    } else if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size()) - 1;
    } else if (c == '.') {
      if (++dots > deepest) throw InputError({file, line, 0, ""}, "a key of more than 64 parts");
    } else if (c == '\n') {
      ++line;
      dots = 0;
    } else if (std::string_view("=,[]{}").find(c) != std::string_view::npos) {
      dots = 0;
    }
  }
}

}  // namespace sizing
