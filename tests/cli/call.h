// The command line in process, with surroundings that never change.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"

namespace sizing::cli {

struct Outcome {
  int code = 0;
  std::string out, err;
};

inline Outcome call(const std::vector<std::string>& args, const std::string& standard_input = "") {
  std::istringstream in(standard_input);
  std::ostringstream out, err;
  const int code = run(args, in, out, err, {false, 100, "2026-01-02"});
  return {code, out.str(), err.str()};
}

/// The words of a line as a shell reads them: blanks between words, double quotes around words with blanks.
inline std::vector<std::string> words(const std::string& line) {
  std::vector<std::string> result;
  bool quoted = false, open = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      if (!open) result.emplace_back();
      open = true;
    } else if (c == ' ' && !quoted) {
      open = false;
    } else {
      if (!open) result.emplace_back();
      open = true;
      result.back() += c;
    }
  }
  return result;
}

inline Outcome call_line(const std::string& line) { return call(words(line)); }

inline const std::vector<std::string>& example_sites() {
  static const std::vector<std::string> sites = {"school", "company", "authority", "large", "too-small"};
  return sites;
}

inline std::string site_path(const std::string& name) { return "data/sites/" + name + ".toml"; }

}  // namespace sizing::cli
