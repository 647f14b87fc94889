// Random sites, the same on every machine: what a server of some rule set might state.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>

#include "libsizing/model/evaluate.h"

namespace sizing {

class RandomSites {
 public:
  explicit RandomSites(unsigned seed) : random_(seed) {}

  /// A number from 0 to 1. The standard's distributions differ between libraries.
  double fraction() { return static_cast<double>(random_() % 1'000'001) / 1e6; }

  /// A value that the input allows; small ones as likely as large ones, up to `most`.
  double value(const Input& input, double most = 20'000) {
    if (input.yes_no) return fraction() < 0.5 ? 0 : 1;
    const double value = std::pow(most, fraction()) - 1;
    return input.whole ? std::floor(value) : value;
  }

  /// About half of the inputs stated, and always the required ones.
  Given given(const Model& model) {
    Given given = nothing_given(model);
    for (std::size_t i = 0; i < model.inputs.size(); ++i) {
      const double most = model.inputs[i].name == "depots" ? 50 : std::min(20'000.0, model.inputs[i].high);
      if (fraction() < 0.5 || model.inputs[i].fallback == no_node) given.inputs[i] = value(model.inputs[i], most);
    }
    return given;
  }

 private:
  std::mt19937 random_;
};

}  // namespace sizing
