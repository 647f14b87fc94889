// What every reader of outside data keeps: it reads, or refuses with an InputError of one printable line; and what
// every row of a check keeps: it can be shown, and it has an id, a source and, where it is a breach, advice.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/host/check.h"
#include "libsizing/opsi/tables.h"

namespace sizing::fuzz {

/// The end of the target, as a finding, where a law does not hold. `of` is what it does not hold of.
inline void hold(bool law, const char* words, const std::string& of = "") {
  if (law) return;
  std::fprintf(stderr, "broken law: %s%s%s\n", of.c_str(), of.empty() ? "" : ": ", words);
  std::abort();
}

/// Calls `read`; an InputError is well. Its place names `file`, where one is given.
template <class Read>
void reads_or_refuses(Read read, const std::string& file = "") {
  try {
    read();
  } catch (const InputError& error) {
    hold(printable(error.what()) == error.what(), "an error is one printable line");
    hold(!error.problem().empty(), "an error says what is wrong");
    hold(file.empty() || error.place().file == file, "an error names the file");
  }
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
    hold(!check.id.empty() && !check.title.empty(), "has an id and a title", check.id);
    hold(printable(check.found) == check.found, "what was found can be shown", check.id);
    hold(printable(check.advice) == check.advice, "advice can be shown", check.id);
    hold(known_sources().contains(check.source), "its source is known", check.id);
    hold(check.verdict == Verdict::pass || !check.advice.empty(), "a breach has advice", check.id);
    hold(check.place.column >= 0 && check.place.line >= 0, "its place is one", check.id);
  }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // chars may alias everything
}

}  // namespace sizing::fuzz
