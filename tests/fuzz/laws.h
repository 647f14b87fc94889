// What every reader of outside data keeps: it reads, or refuses with an InputError of one printable line.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing::fuzz {

/// The end of the target, as a finding, where a law does not hold.
inline void hold(bool law, const char* words) {
  if (law) return;
  std::fprintf(stderr, "broken law: %s\n", words);
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

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // chars may alias everything
}

}  // namespace sizing::fuzz
