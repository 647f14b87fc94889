// The tables that the product holds, as lists to look through.
#pragma once

#include <string>
#include <vector>

#include "libsizing/report/report.h"

namespace sizing {

/// All figures, or those named; each with the rule sets that use it. Throws InputError for an unknown name.
List figures_list(const std::vector<std::string>& names);

List sources_list();

struct PortFilter {
  std::string opsi;       // a version that the matrix has
  std::string role;       // "config", "depot", "client", or "" for all
  std::string direction;  // "in", "out", "local" as seen from the role, or "" for all
};
/// Throws InputError for a version, role or direction that there is not, and for a direction without a role.
List ports_list(const PortFilter& filter);

struct DistributionAnswer {
  List list;
  bool supported = true;  // by the newest source of the versions asked; of a list without a query: true
};
/// `query` such as "debian 12", "RHEL" or "" for all; `opsi` may be "". `date` (YYYY-MM-DD) is held against the
/// end-of-life dates. Throws InputError for a distribution or version that no source names.
DistributionAnswer distributions_list(const std::string& query, const std::string& opsi, const std::string& date);

}  // namespace sizing
