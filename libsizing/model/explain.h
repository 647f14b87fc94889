// An explanation: the tree of formulas, numbers, figures and inputs behind one value.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

enum class Role { formula, input, figure, curve };
std::string_view name(Role role);

struct Explanation {
  Role role = Role::formula;
  std::string name;
  std::string unit;
  double value = 0;              // of a curve: at the x of this evaluation
  std::string text;              // the value for people
  std::string formula, numbers;  // of a formula, or of an input that takes its default
  std::string sentence;          // what it is; of a figure its note
  std::string decided_by;
  Kind kind = Kind::given;    // the weakest that the value rests on
  std::string rests_on;       // the shares of all kinds, for people
  std::string origin;         // of an input: where its value comes from
  std::string range, source;  // of a figure; a curve's `range` holds its points
  bool carries = true;        // false where another operand decided, so that this one does not move the result
  std::vector<Explanation> operands;
};

/// `origins` says by input where its value comes from; it may be empty.
Explanation explain(const Evaluation& evaluation, NodeId node, std::span<const std::string> origins = {});

}  // namespace sizing
