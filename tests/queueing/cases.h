// Tables of cases in tests/queueing/cases; their first lines say what they are and where from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsizing/base/csv.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"

namespace sizing {

using Case = std::map<std::string, double>;  // by column

inline std::vector<Case> cases(const std::string& name) {
  const std::string path = "tests/queueing/cases/" + name + ".csv";
  const Csv csv = parse_csv(read_file(path, 1 << 20), path);
  std::vector<Case> rows;
  for (const CsvRow& row : csv.rows) {
    Case& one = rows.emplace_back();
    for (std::size_t i = 0; i < csv.header.size(); ++i)
      one[csv.header[i]] = parse_number(row.fields[i].front() == '.' ? "0" + row.fields[i] : row.fields[i]);
  }
  return rows;
}

}  // namespace sizing
