// The port matrix seen from a host: which connections come in, go out or stay on a server or client.
#pragma once

#include <string>
#include <vector>

#include "libsizing/opsi/tables.h"

namespace sizing {

/// The opsi releases that the matrix has, sorted.
std::vector<std::string> port_releases();

struct PortFilter {
  std::string opsi;       // a version that the matrix has
  std::string role;       // "config", "depot", "client", or "" for all
  std::string direction;  // "in", "out", "local" as seen from the role, or "" for all
};

/// The rows of the matrix that pass, in its order.
std::vector<Port> ports_passing(const PortFilter& filter);

}  // namespace sizing
