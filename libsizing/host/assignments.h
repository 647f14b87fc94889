// Files of `KEY=value` lines, as the shell and its relatives write them: /etc/os-release, /etc/environment,
// /etc/default/*, /etc/locale.conf, /etc/sysconfig/*; and the environment of a process.
//
// A value may stand in single quotes (taken as it is) or double ones (backslash before " \ $ ` quotes it), also in
// parts: a'b'"c". Outside quotes it runs to the end of the line or to a '#' behind a blank: blanks inside it are kept,
// as PAM reads /etc/environment. Nothing is expanded or executed. A line that is no assignment, or an open quote, is a
// fault with its place; the other lines are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/place.h"

namespace sizing {

struct Assignment {
  std::string key, value;
  int line = 0;        // from 1; 0 in the environment of a process
  int key_column = 0;  // from 1
  // Of the value's first character, behind an opening quote. Columns inside the value follow from it, as long as no
  // quote or backslash was taken out of its middle.
  int value_column = 0;
};

struct Assignments {
  std::vector<Assignment> all;  // in their order
  std::vector<Fault> faults;

  /// The one that holds, which is the last with this key; null without.
  const Assignment* find(std::string_view key) const;

  /// Its value; "" without.
  std::string value(std::string_view key) const;
};

Assignments read_assignments(std::string_view text);

/// The environment of a process, as /proc/PID/environ has it: KEY=value, each ended by a zero byte.
Assignments read_environment(std::string_view text);

/// Where the value stands in `file`; the key is its name.
Place place_of(const Assignment& assignment, const std::string& file);

}  // namespace sizing
