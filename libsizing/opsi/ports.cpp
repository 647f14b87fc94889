#include "libsizing/opsi/ports.h"

#include <set>

namespace sizing {
namespace {

bool stands_for(const Endpoint& end, const std::string& role) {
  return role == "config" ? end.config : role == "depot" ? end.depot : end.client;
}

bool passes(const Port& port, const PortFilter& filter) {
  if (port.opsi != filter.opsi) return false;
  if (filter.role.empty()) return true;
  const bool out = stands_for(port.from, filter.role), in = stands_for(port.to, filter.role), local = port.to.local;
  if (filter.direction == "local") return local && (in || out);
  if (filter.direction == "in") return in && !local;
  if (filter.direction == "out") return out && !local;
  return in || out;
}

}  // namespace

std::vector<std::string> port_releases() {
  std::set<std::string> releases;
  for (const Port& port : ports()) releases.insert(port.opsi);
  return {releases.begin(), releases.end()};
}

std::vector<Port> ports_passing(const PortFilter& filter) {
  std::vector<Port> rows;
  for (const Port& port : ports())
    if (passes(port, filter)) rows.push_back(port);
  return rows;
}

}  // namespace sizing
