#include "libsizing/model/evaluate.h"

#include <cmath>
#include <limits>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Given nothing_given(const Model& model) {
  return {std::vector<double>(model.inputs.size(), nothing), std::vector<double>(model.figures.size(), nothing)};
}

void evaluate(const Model& model, const Given& given, std::span<double> values) {
  const auto operand = [&](const Node& node, int i) {
    return node.operand[i] == no_node ? nothing : values[node.operand[i]];
  };
  for (std::size_t id = 0; id < model.nodes.size(); ++id) {
    const Node& node = model.nodes[id];
    double& value = values[id];
    switch (node.op) {
      case Op::input:
        value = given.inputs[node.index];
        if (std::isnan(value)) value = operand(node, 0);
        break;
      case Op::figure:
        value = given.figures[node.index];
        if (std::isnan(value)) value = model.figures[node.index].value;
        break;
      case Op::constant: value = node.value; break;
      case Op::convert: value = convert_by(operand(node, 0), node.conversion.multiply, node.conversion.divide); break;
      case Op::interpolate: value = interpolate(model.figures[node.index].curve, operand(node, 0)); break;
      default: value = operation(node.op).apply(operand(node, 0), operand(node, 1), operand(node, 2));
    }
  }
}

bool Evaluation::is_given(const Input& input) const {
  return !std::isnan(given.inputs[model->nodes[input.node].index]);
}

double Evaluation::value(std::string_view name) const {
  const NodeId node = find_node(*model, name);
  if (node == no_node) throw ModelError("the model has no quantity " + std::string(name));
  return values[node];
}

Evaluation evaluate(std::shared_ptr<const Model> model, Given given) {
  Evaluation result{std::move(model), std::move(given), {}};
  result.values.resize(result.model->nodes.size());
  evaluate(*result.model, result.given, result.values);
  return result;
}

void check_finite(const Evaluation& e) {
  for (const Formula& formula : e.model->formulas) {
    if (std::isfinite(e.values[formula.node])) continue;
    std::vector<std::string> own;  // figures that are not the table's
    const auto reached = reachable(*e.model, formula.node);
    for (NodeId id = 0; id <= formula.node; ++id) {
      const Node& node = e.model->nodes[id];
      if (!reached[id] || (node.op != Op::figure && node.op != Op::interpolate)) continue;
      const Figure& figure = e.model->figures[node.index];
      if (!find_source(*e.model, figure.source) || !std::isnan(e.given.figures[node.index])) own.push_back(figure.name);
    }
    throw InputError({"", 0, 0, formula.name},
                     "has no finite value" + (own.empty() ? "" : "; look at " + join(own, ", ")),
                     exact(e.values[formula.node]), "figures and inputs that give an amount");
  }
}

std::vector<std::string> missing_inputs(const Model& model, const Given& given) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < model.inputs.size(); ++i)
    if (model.inputs[i].fallback == no_node && std::isnan(given.inputs[i])) missing.push_back(model.inputs[i].name);
  return missing;
}

}  // namespace sizing
