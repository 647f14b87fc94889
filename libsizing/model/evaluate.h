// Evaluating a model for one site.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "libsizing/model/model.h"

namespace sizing {

/// What a user gave, by index of input and of figure; NaN where nothing was given.
struct Given {
  std::vector<double> inputs;
  std::vector<double> figures;
  std::vector<Kind> input_kinds{};  // by input, what a given value rests on; empty: each was stated
};
Given nothing_given(const Model& model);

/// One walk over the nodes; `values` has model.nodes.size() elements. An input that was not given takes its default.
/// What depends on one that has none means nothing: ask missing_inputs first.
void evaluate(const Model& model, const Given& given, std::span<double> values);

/// A model, what was given, and the value of every node.
struct Evaluation {
  std::shared_ptr<const Model> model;
  Given given;
  std::vector<double> values;

  bool is_given(const Input& input) const;
  /// Of an input or a formula; throws ModelError for an unknown name.
  double value(std::string_view name) const;
};
Evaluation evaluate(std::shared_ptr<const Model> model, Given given);

/// Throws InputError naming the first formula that is infinite or not a number, and the figures that may be why: a
/// figure of 0 that something is divided by.
void check_finite(const Evaluation& evaluation);

/// The inputs that must be stated and were not.
std::vector<std::string> missing_inputs(const Model& model, const Given& given);

}  // namespace sizing
