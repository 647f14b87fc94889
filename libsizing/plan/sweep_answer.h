// The question of a server of a site: how does it change over a range, and where does something else decide?
#pragma once

#include <string>
#include <vector>

#include "libsizing/analysis/sweep.h"
#include "libsizing/plan/resolve.h"

namespace sizing {

struct SweepAnswer {
  std::string opsi, server;
  std::vector<Axis> axes;
  std::vector<std::string> outputs;
  std::vector<std::string> axis_units, output_units;
  Sweep sweep;
  std::vector<std::string> changes;  // one axis only: where what decides changes, a sentence each
  std::vector<std::string> assumed;  // what is assumed in every row: "connections: clients × …"
};

/// `varied` as "clients=100:5000:100"; an input or a plain figure. `outputs` empty takes the resources and the workers.
/// Throws InputError: unknown names, values that an input does not allow, more than a million rows.
SweepAnswer ask_sweep(const Site& site, std::size_t server, const std::vector<std::string>& varied,
                      std::vector<std::string> outputs);

}  // namespace sizing
