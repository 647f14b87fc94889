// Two evaluations side by side: what changes, and what newly decides. The models may differ (another rule set).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

struct Change {
  std::string name;                // of an input or a formula
  std::string unit;                // of `to`, or of `from` where the quantity is gone
  std::optional<double> from, to;  // nothing where that side has no such quantity
  std::string from_text, to_text;  // for people; "–" where there is nothing
  std::string from_decided_by, to_decided_by;
  bool amount = true;  // false of a yes-or-no input
};

/// The inputs and formulas whose value or deciding operand differ, in the order of the models.
std::vector<Change> compare(const Evaluation& from, const Evaluation& to);

}  // namespace sizing
