// The question of a server of a site: how much does its hardware carry, and what runs out first?
#pragma once

#include <string>
#include <vector>

#include "libsizing/analysis/capacity.h"
#include "libsizing/plan/plan.h"

namespace sizing {

/// How much of an input the server's stated hardware carries.
struct CapacityAnswer {
  std::string opsi, server;
  Input input;
  std::vector<Fit> offers;  // `needed` is what the largest value that fits needs
  Capacity capacity;
  std::vector<std::string> first;   // the resources that run out first
  std::vector<std::string> held;    // stated inputs that stay: "connections = 100 (school.toml:9)"
  std::vector<std::string> scaled;  // stated inputs that grow with the asked one, the same way
  std::vector<Remark> remarks;      // on the server at this size
  std::string answer;               // one sentence
};

/// With `scale` the stated inputs that would follow the asked one grow in proportion, else they stay as stated.
/// Throws InputError: no hardware stated, unknown input, an input that is no amount.
CapacityAnswer ask_capacity(const Site& site, std::size_t server, const std::string& input, bool scale = false);

}  // namespace sizing
