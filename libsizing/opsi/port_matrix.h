// The port matrix read from a host: which connections come in, go out, or stay on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/opsi/tables.h"

namespace sizing {

/// The opsi releases that the matrix has.
std::vector<std::string> port_releases();

enum class Direction { in, out, local };
std::string_view name(Direction direction);

/// Whether an end of a connection is a "config", "depot" or "client".
bool stands_for(const Endpoint& end, const std::string& role);

/// Whether a connection is one of `role` in this direction. One that stays on the machine only has `local`.
bool passes(const Port& port, const std::string& role, Direction direction);

struct PortRange {
  int low = 0, high = 0;  // both in it
  friend auto operator<=>(const PortRange&, const PortRange&) = default;
};

/// "80/443" are two, "45000-45099" is one; what lies above 65535, which 4.1's page prints, is cut off.
std::vector<PortRange> port_ranges(const std::string& text);

/// The words by which a release's optional rows are asked for, sorted.
std::vector<std::string> port_options(const std::string& opsi);

}  // namespace sizing
