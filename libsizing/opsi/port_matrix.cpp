#include "libsizing/opsi/port_matrix.h"

#include <algorithm>
#include <set>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr int highest_port = 65535;

int port_of(const std::string& digits) { return std::min(static_cast<int>(parse_number(digits)), highest_port); }

}  // namespace

std::vector<std::string> port_releases() {
  std::set<std::string> releases;
  for (const Port& port : ports()) releases.insert(port.opsi);
  return {releases.begin(), releases.end()};
}

std::string_view name(Direction direction) {
  return direction == Direction::in ? "in" : direction == Direction::out ? "out" : "local";
}

bool stands_for(const Endpoint& end, const std::string& role) {
  return role == "config" ? end.config : role == "depot" ? end.depot : end.client;
}

bool passes(const Port& port, const std::string& role, Direction direction) {
  const bool out = stands_for(port.from, role), in = stands_for(port.to, role), local = port.to.local;
  if (direction == Direction::local) return local && (in || out);
  return !local && (direction == Direction::in ? in : out);
}

std::vector<PortRange> port_ranges(const std::string& text) {
  std::vector<PortRange> ranges;
  for (const std::string& part : split(text, '/')) {
    const auto ends = split(part, '-');
    ranges.push_back({port_of(ends.front()), port_of(ends.back())});
  }
  return ranges;
}

std::vector<std::string> port_options(const std::string& opsi) {
  std::set<std::string> options;
  for (const Port& port : ports())
    if (port.opsi == opsi && !port.option.empty()) options.insert(port.option);
  return {options.begin(), options.end()};
}

}  // namespace sizing
