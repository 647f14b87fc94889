#include "libsizing/analysis/capacity.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/model/direction.h"

namespace sizing {
namespace {

void check(const Model& model, const Input& input, std::span<const Allowance> allowances) {
  if (input.yes_no) throw InputError({"", 0, 0, input.name}, "no amount: a capacity is asked of a number");
  for (const Allowance& a : allowances) {
    const Direction d = direction(model, a.node, input.node);
    if (d == Direction::falling || d == Direction::either)
      throw InputError({"", 0, 0, input.name}, "has no largest value: a need does not grow with it");
  }
}

}  // namespace

Given at_size(const Given& given, std::size_t input, double x, std::span<const std::size_t> together) {
  Given scaled = given;
  const double now = given.inputs[input];
  scaled.inputs[input] = x;
  for (const std::size_t other : together)
    if (now > 0) scaled.inputs[other] = given.inputs[other] * x / now;
  return scaled;
}

Capacity capacity(const Model& model, const Given& given, std::size_t index, std::span<const Allowance> allowances,
                  std::span<const std::size_t> together) {
  const Input& input = model.inputs[index];
  check(model, input, allowances);
  std::vector<double> values(model.nodes.size());
  const auto fits = [&](double x, const Allowance& a) {
    evaluate(model, at_size(given, index, x, together), values);
    return values[a.node] <= a.amount;
  };
  const double low = std::ceil(input.low), high = std::floor(input.high);
  // The largest whole value whose need stays within one allowance; -1 where none does.
  const auto carried = [&](const Allowance& a) {
    if (!fits(low, a)) return -1.0;
    if (fits(high, a)) return high;
    double yes = low, no = high;
    while (no - yes > 1) {
      const double middle = std::floor((yes + no) / 2);
      (fits(middle, a) ? yes : no) = middle;
    }
    return yes;
  };

  Capacity result;
  result.most = high;
  for (const Allowance& a : allowances) {
    result.each.push_back(carried(a));
    result.most = std::min(result.most, result.each.back());
  }
  result.carries_any = result.most >= low;
  result.at_bound = result.most >= high;
  for (std::size_t i = 0; i < result.each.size(); ++i)
    if (!result.at_bound && result.each[i] == result.most) result.first.push_back(i);
  return result;
}

}  // namespace sizing
