// Two plans side by side: what changes, what newly decides, which remarks come and go.
#pragma once

#include <string>
#include <vector>

#include "libsizing/analysis/compare.h"
#include "libsizing/plan/plan.h"

namespace sizing {

struct ServerComparison {
  std::string server;
  bool in_from = true, in_to = true;
  std::vector<Change> changes;
  std::vector<Remark> new_remarks, gone_remarks;
};

struct Comparison {
  std::string from, to;  // what is compared: a file, a rule set
  std::string from_opsi, to_opsi;
  std::vector<ServerComparison> servers;
  std::string answer;                  // one sentence
  bool has_hardware = false;           // of `to`: whether it states any
  std::vector<Shortfall> falls_short;  // of `to`
};

/// Servers are matched by name; where each side has one, those two.
Comparison compare(const Plan& from, const std::string& from_label, const Plan& to, const std::string& to_label);

}  // namespace sizing
