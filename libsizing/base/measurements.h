// Measured series from outside: two columns of a CSV, and of its rows those that meet conditions.
//
// A condition is COLUMN OP VALUE with OP one of = != < <= > >=. Where both sides are numbers they are compared as
// numbers (1 = 1.0), else = and != compare the text, and the others are refused. Several conditions all hold. A row
// without a value in a column that is used is left out and counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/csv.h"

namespace sizing {

inline constexpr std::size_t most_measurement_bytes = 16 << 20;  // a hundred thousand rows and more

enum class Comparator { equal, unequal, less, at_most, more, at_least };

struct Condition {
  std::string column;
  Comparator comparator = Comparator::equal;
  std::string value;
  std::string text;  // as it was written: "state=idle"
};

/// "state=idle", "connections <= 100". Throws InputError (without place).
Condition parse_condition(std::string_view text);

struct Series {
  std::vector<double> x, y;
  std::vector<int> lines;         // of each point in the file
  std::size_t rows = 0;           // of the file
  std::size_t not_met = 0;        // rows that do not meet the conditions
  std::size_t without_value = 0;  // rows that do, but lack x or y, or a value to compare
};

/// Reads a table from outside, comments before its header and blank lines behind its end allowed. Throws InputError:
/// more than most_measurement_bytes, what parse_csv refuses.
Csv parse_measurements(std::string_view text, const std::string& file);

/// Throws InputError: an unknown column or one that stands there twice, a value that the column never has, text where a
/// number is needed, each with its place in `file`. `conditions` that no row meets together give an empty series.
Series select(const Csv& csv, const std::string& file, const std::string& x, const std::string& y,
              const std::vector<Condition>& conditions);

}  // namespace sizing
