// What every row of a check keeps: it can be shown, and it has an id, a source and, where it is a breach, advice.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "libsizing/base/text.h"
#include "libsizing/host/check.h"
#include "libsizing/opsi/tables.h"

namespace sizing::fuzz {

inline void hold_row(bool law, const Check& check, const char* words) {
  if (law) return;
  std::fprintf(stderr, "broken law: %s: %s\n", check.id.c_str(), words);
  std::abort();
}

inline const std::unordered_set<std::string>& known_sources() {
  static const auto* const known = [] {
    auto* ids = new std::unordered_set<std::string>;
    for (const Source& source : sources()) ids->insert(source.id);
    return ids;
  }();
  return *known;
}

inline void hold_rows(const std::vector<Check>& checks) {
  for (const Check& check : checks) {
    hold_row(!check.id.empty() && !check.title.empty(), check, "has an id and a title");
    hold_row(printable(check.found) == check.found, check, "what was found can be shown");
    hold_row(printable(check.advice) == check.advice, check, "advice can be shown");
    hold_row(known_sources().contains(check.source), check, "its source is known");
    hold_row(check.verdict == Verdict::pass || !check.advice.empty(), check, "a breach has advice");
    hold_row(check.place.column >= 0 && check.place.line >= 0, check, "its place is one");
  }
}

inline std::string_view chars(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // chars may alias everything
}

}  // namespace sizing::fuzz
