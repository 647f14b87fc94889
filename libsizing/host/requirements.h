// The requirements page and the plan of a server, held against the facts of a host.
//
// One row for each requirement, in the order of the page: architecture, memory, cores, disk space, distribution, names,
// locale, ports, connections, proxy. What the page asks of every server and what the plan asks of this one are rows of
// their own ("memory", "memory.plan"). What could not be seen is `unseen`, never a pass.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/host/check.h"
#include "libsizing/host/facts.h"
#include "libsizing/plan/plan.h"

namespace sizing {

/// What a host is held against.
struct Demand {
  std::string opsi;  // the release
  std::string date;  // YYYY-MM-DD, for end-of-life dates
  const ServerPlan* plan = nullptr;
  std::vector<std::string> roles = {"config", "depot"};  // without a plan: one server takes both
  std::string tree{};                                    // the folder of a copied tree, as the user named it
  bool connect = false;                                  // try the outgoing connections
  std::string config_server{};                           // of a depot server: the name to connect to, or ""
};

/// A number that monitoring may record. Below `warning` and `critical` its check warns and fails.
struct Measure {
  std::string check, name;  // "disk.tmp", "free"
  double value = 0;
  std::string unit;  // "B", "" for a count
  std::optional<double> warning{}, critical{};
};

struct Requirements {
  std::vector<Check> checks;
  std::vector<Measure> measures;
};

Requirements check_requirements(const Facts& facts, const Demand& demand);

/// The figures that decide here and in no rule of a plan.
const std::vector<std::string>& figures_of_checks();

}  // namespace sizing
