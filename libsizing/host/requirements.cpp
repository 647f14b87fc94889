#include "libsizing/host/requirements.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/host/requirement_parts.h"
#include "libsizing/opsi/tables.h"

namespace sizing {

Check& Requiring::add(std::string id, std::string title, Verdict verdict, std::string found, std::string required,
                      std::string source, std::string advice) {
  result.checks.push_back({std::move(id), std::move(title), verdict, std::move(found), std::move(required),
                           std::move(source), std::move(advice)});
  return result.checks.back();
}

Check& Requiring::add_unseen(std::string id, std::string title, const std::string& why, std::string required,
                             std::string source) {
  const std::string advice = !facts.root.live() ? "Run the check on the host itself"
                             : why.find("no right") != std::string::npos || why.find("denied") != std::string::npos
                                 ? "Run the check as root"
                                 : "Look at it yourself: it could not be seen from here";
  return add(std::move(id), std::move(title), Verdict::unseen, why, std::move(required), std::move(source), advice);
}

const Figure& Requiring::figure(const std::string& name) const {
  if (demand.plan) return *find_figure(*demand.plan->server.evaluation.model, name);
  return *std::find_if(figures().begin(), figures().end(), [&](const Figure& f) { return f.name == name; });
}

double Requiring::figure(const std::string& name, const char* unit) const {
  const Figure& row = figure(name);
  return convert(row.value, row.unit, parse_unit(unit));
}

bool Requiring::has_role(const std::string& role) const {
  const auto& roles = demand.plan ? demand.plan->roles : demand.roles;
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::string gigabytes(double bytes) { return rounded(bytes / 1e9) + " GB"; }

std::string memory_size(double bytes) {
  constexpr double gib = 1 << 30;
  return gigabytes(bytes) + " (" + rounded(bytes / gib) + " GiB)";
}

Requirements check_requirements(const Facts& facts, const Demand& demand) {
  Requiring r{facts, demand};
  require_hardware(r);
  require_disk_space(r);
  require_distribution(r);
  require_names(r);
  require_locale(r);
  require_ports(r);
  require_connections(r);
  require_proxy(r);
  return std::move(r.result);
}

const std::vector<std::string>& figures_of_checks() {
  static const std::vector<std::string> names = {"server.architectures", "disk.free_space_error",
                                                 "check.memory_tolerance", "check.end_of_life_warning"};
  return names;
}

}  // namespace sizing
