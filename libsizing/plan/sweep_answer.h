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

inline constexpr std::size_t most_rows = 1'000'000;

/// An input or a plain figure and the values that it takes.
struct Varied {
  std::string name;
  std::vector<double> values;
};

/// What is shown where nobody asks for more: the workers, the memory by service, and what is to be bought.
std::vector<std::string> default_outputs(const Model& model);

/// `outputs` empty takes default_outputs. Throws InputError: unknown names, values that an input does not allow, more
/// than most_rows rows.
SweepAnswer ask_sweep(const Site& site, std::size_t server, const std::vector<Varied>& varied,
                      std::vector<std::string> outputs);

}  // namespace sizing
