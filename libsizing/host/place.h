// Where something stands in a text: the lines of a file, the columns of a value, faults that do not stop a reader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/error.h"

namespace sizing {

/// A part of a file that a reader could not use; it went on behind it. Line and column count from 1.
struct Fault {
  int line = 0, column = 0;
  std::string problem, found;
};

/// The lines of `text` without their ends (LF or CRLF); a byte order mark at its start is left out.
std::vector<std::string_view> lines_of(std::string_view text);

/// The column of the byte text[offset], from 1, in characters of UTF-8.
int column_in(std::string_view text, std::size_t offset);

/// The place of text[offset] where `text` starts at `where`: a column of 0, not known, counts as 1.
Place place_in(const Place& where, std::string_view text, std::size_t offset);

}  // namespace sizing
