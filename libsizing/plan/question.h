// Questions about one server of a site: how much it carries, how it changes over a range, how two sites differ.
#pragma once

#include <string>
#include <vector>

#include "libsizing/analysis/capacity.h"
#include "libsizing/analysis/compare.h"
#include "libsizing/analysis/sweep.h"
#include "libsizing/plan/plan.h"

namespace sizing {

/// How much of an input the server's stated hardware carries.
struct CapacityAnswer {
  std::string opsi, server;
  Input input;
  std::vector<Fit> offers;   // `needed` is what the largest value that fits needs
  std::vector<double> each;  // by offer: what it alone carries; -1 where it carries none
  Capacity capacity;
  std::vector<std::string> first;  // the resources that run out first
  std::vector<std::string> held;   // stated inputs that stay: "connections = 100 (school.toml:9)"
  std::string answer;              // one sentence
};

/// Throws InputError: no hardware stated, unknown input, an input that is no amount.
CapacityAnswer ask_capacity(const Site& site, std::size_t server, const std::string& input);

struct SweepAnswer {
  std::string opsi, server;
  std::vector<Axis> axes;
  std::vector<std::string> outputs;
  std::vector<std::string> axis_units, output_units;
  std::vector<bool> decided;  // by output: has a deciding operand somewhere
  std::vector<SweepRow> rows;
  std::vector<std::string> changes;  // one axis only: where what decides changes, a sentence each
};

/// `varied` as "clients=100:5000:100"; an input or a plain figure. `outputs` empty takes the resources and the workers.
/// Throws InputError: unknown names, values that an input does not allow, more than a million rows.
SweepAnswer ask_sweep(const Site& site, std::size_t server, const std::vector<std::string>& varied,
                      std::vector<std::string> outputs);

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
  std::string answer;  // one sentence
  bool fits = true;    // of `to`
};

/// Servers are matched by name; where each side has one, those two.
Comparison compare(const Plan& from, const std::string& from_label, const Plan& to, const std::string& to_label);

}  // namespace sizing
