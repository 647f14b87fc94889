// Measurements as a question about them is asked: which columns, which rows, in which units, and whose they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/measurements.h"
#include "libsizing/base/unit.h"

namespace sizing {

/// What is asked about a file of measurements.
struct MeasuredRequest {
  std::string file;  // its name; its text is given beside
  std::string x, y;  // columns
  std::vector<Condition> conditions;
  std::string x_unit, y_unit;  // "" : as the column's name says
};

struct Measured {
  std::string file, host, when;       // host and when: as the comments before the header say, or ""
  std::vector<std::string> comments;  // before the header, but for what columns other than x and y mean
  std::vector<std::string> columns;   // all of the file
  std::string filter;                 // "state=idle, connections<=100", or ""
  std::string x, y;                   // columns
  std::optional<Unit> x_unit, y_unit;
  Series series;
};

/// The unit that a column's name says: its last word is a size or a time (pss_kib, wait_ms), or what is counted
/// (connections, samba_workers); "requests_per_s" is a rate. Nothing where it says none. Sizes are decimal in _kb, _mb,
/// _gb and binary in _kib, _mib, _gib.
std::optional<Unit> unit_of_column(std::string_view column);

/// The unit that was stated, or that of the column where none was. Throws InputError at `key` for one that is none.
std::optional<Unit> stated_unit(const std::string& stated, const std::string& column, const std::string& key);

/// One of what a column counts: "connection" of connections, "key" of keys.
std::string one_of(const Measured& measured);

/// Throws InputError where the columns, the conditions or the units are not as they must be.
Measured measured(const Csv& table, const MeasuredRequest& request);

/// A number of y's unit for people, in the size of unit that reads best: "23.12 MiB".
std::string shown_amount(double value, const std::optional<Unit>& unit);
/// The same with how far its interval reaches to both sides: "0.725 ± 0.0086 MiB".
std::string shown_amount(double value, double reach, const std::optional<Unit>& unit);

/// "2 rows were left out: a cell that is needed is empty."
std::string left_out(const Measured& measured);

/// R² for people: never 1 where it is less.
std::string shown_r2(double r2);

}  // namespace sizing
