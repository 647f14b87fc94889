// Capacity: how much of an input the offered amounts carry, and what runs out first. The inverse of an evaluation,
// found by bisection over whole numbers.
#pragma once

#include <span>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

/// `node` must not exceed `amount`, in the node's unit.
struct Allowance {
  NodeId node = no_node;
  double amount = 0;
};

struct Capacity {
  bool carries_any = false;        // false: not even the input's lower bound fits
  bool at_bound = false;           // true: even the input's upper bound fits
  double most = 0;                 // the largest value that fits, where any does
  std::vector<std::size_t> first;  // indices of the allowances that one more exceeds (at_bound: none)
  std::vector<double> each;        // what each allowance alone carries; -1 where it carries none
};

/// The other inputs stay as given; those not given follow their defaults. Those in `together` grow in proportion to the
/// asked one, from what is given (where the asked one is given as more than 0). Throws InputError where the input is
/// not a number, or where an amount falls as the input grows, so that there is no largest value.
Capacity capacity(const Model& model, const Given& given, std::size_t input, std::span<const Allowance> allowances,
                  std::span<const std::size_t> together = {});

/// `given` with the asked input at `x` and those in `together` in proportion.
Given at_size(const Given& given, std::size_t input, double x, std::span<const std::size_t> together);

}  // namespace sizing
