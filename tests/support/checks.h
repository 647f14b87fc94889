// What tests ask of rows: the ones of an id, the ids that fail; random names that keep or break a rule.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "libsizing/host/check.h"

namespace sizing {

inline std::vector<Check> rows_of(const std::vector<Check>& checks, const std::string& id) {
  std::vector<Check> found;
  std::copy_if(checks.begin(), checks.end(), std::back_inserter(found), [&](const Check& c) { return c.id == id; });
  return found;
}

/// The ids with this verdict, in their order, each as often as it is there.
inline std::vector<std::string> ids(const std::vector<Check>& checks, Verdict verdict) {
  std::vector<std::string> found;
  for (const Check& check : checks)
    if (check.verdict == verdict) found.push_back(check.id);
  return found;
}

inline Verdict verdict_of(const std::vector<Check>& checks, const std::string& id) {
  const auto found = rows_of(checks, id);
  return found.empty() ? Verdict::pass : worst(found);
}

class RandomNames {
 public:
  explicit RandomNames(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
  char pick(const std::string& characters) { return characters[below(characters.size())]; }

  /// Letters, digits and hyphens, the latter inside and not in the third and fourth place; a letter first.
  std::string label(std::size_t least, std::size_t most) {
    const std::size_t size = least + below(most - least + 1);
    std::string text;
    while (text.size() < size) {
      const bool inside = text.size() > 0 && text.size() + 1 < size && text.back() != '-';
      text += pick(inside ? "abcxyzABZ0189-" : text.empty() ? "abcxyzABZ" : "abcxyzABZ0189");
    }
    return text;
  }

  /// Some labels and a top level of letters, 253 characters at most.
  std::string name(std::size_t labels) {
    std::string text;
    for (std::size_t i = 1; i < labels; ++i) text += label(2, 40) + ".";
    return text + (below(2) == 0 ? "example" : "de");
  }

 private:
  std::mt19937 random_;
};

}  // namespace sizing
