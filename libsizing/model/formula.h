// Formulas as text: with names, or with the numbers of one evaluation.
//
//   max(opsiconfd.memory_by_workers, opsiconfd.memory_by_clients)
//   samba.connections × [samba.memory_per_connection] × (1 + [samba.margin])
//   130 connections × 4 MB/connection × (1 + 50 %)
//
// Figures stand in square brackets, since a figure and a formula may have the same name.
#pragma once

#include <string>

#include "libsizing/model/evaluate.h"

namespace sizing {

/// The expression at `node` with names; of a formula, input or figure its name.
std::string formula_text(const Model& model, NodeId node);

/// The expression at `node` with numbers for its leaves, at eight digits, so that it can be followed.
std::string numbers_text(const Evaluation& evaluation, NodeId node);

/// A value of `node` for people: "5 workers", "yes".
std::string value_text(const Model& model, NodeId node, double value);
/// The same at eight digits: "1105.2632 MB".
std::string detailed_text(const Model& model, NodeId node, double value);

/// What an input that is not given takes: a value, or the formula of its default; "" where it must be given.
std::string default_text(const Model& model, const Input& input);

/// A remark's text with each {name} replaced by its value.
std::string fill_in(const Evaluation& evaluation, const std::string& text);

/// The nodes that the text of an expression names (of a formula its expression, not its node), once each, in the order
/// of reading: inputs, figures, formulas, curves.
std::vector<NodeId> named_operands(const Model& model, NodeId expression);

}  // namespace sizing
