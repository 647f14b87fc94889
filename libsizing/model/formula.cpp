#include "libsizing/model/formula.h"

#include <algorithm>
#include <functional>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

// What stands for an input, figure, constant or formula; for a curve, what stands for the curve itself.
using Leaf = std::function<std::string(NodeId)>;

bool is_percent_only(const Model& model, NodeId node) {
  return model.units[model.nodes[node].operand[0]] == model.units[node] * parse_unit("%");
}

std::string write(const Model& model, NodeId id, const Leaf& leaf, int outer_precedence);

// max(a, max(b, c)) and the like read as one call.
void write_operands(const Model& model, NodeId id, Op op, const Leaf& leaf, std::vector<std::string>& texts) {
  const Node& node = model.nodes[id];
  for (int i = 0; i < operation(op).operands; ++i) {
    const NodeId operand = node.operand[i];
    const bool chain = (op == Op::maximum || op == Op::minimum) && model.nodes[operand].op == op;
    if (chain)
      write_operands(model, operand, op, leaf, texts);
    else
      texts.push_back(write(model, operand, leaf, 0));
  }
}

std::string write(const Model& model, NodeId id, const Leaf& leaf, int outer_precedence) {
  const Node& node = model.nodes[id];
  const Operation& row = operation(node.op);
  if (row.operands == 0 || node.op == Op::formula) return leaf(id);
  if (node.op == Op::interpolate) return "curve" + leaf(id) + "(" + write(model, node.operand[0], leaf, 0) + ")";
  if (node.op == Op::convert) {
    if (is_percent_only(model, id)) return write(model, node.operand[0], leaf, outer_precedence);
    return write(model, node.operand[0], leaf, row.precedence) + " in " + name(model.units[id]);
  }
  if (!row.infix) {
    std::vector<std::string> texts;
    write_operands(model, id, node.op, leaf, texts);
    return std::string(row.symbol) + "(" + join(texts, ", ") + ")";
  }
  // a − (b + c), a / (b × c): the second operand of the unsymmetric ones binds closer.
  const bool tight = node.op == Op::subtract || node.op == Op::divide;
  const std::string text = write(model, node.operand[0], leaf, row.precedence) + " " + std::string(row.symbol) + " " +
                           write(model, node.operand[1], leaf, row.precedence + (tight ? 1 : 0));
  return row.precedence < outer_precedence ? "(" + text + ")" : text;
}

std::string leaf_name(const Model& model, NodeId id) {
  const Node& node = model.nodes[id];
  switch (node.op) {
    case Op::input: return model.inputs[node.index].name;
    case Op::formula: return model.formulas[node.index].name;
    case Op::figure:
    case Op::interpolate: return "[" + model.figures[node.index].name + "]";
    default: return value_text(model, id, node.value);
  }
}

std::string leaf_value(const Evaluation& e, NodeId id) {
  const Node& node = e.model->nodes[id];
  if (node.op == Op::interpolate) return "[" + value_text(e.model->figures[node.index]) + "]";
  return detailed_text(*e.model, id, e.values[id]);
}

}  // namespace

std::string formula_text(const Model& model, NodeId node) {
  return write(
      model, node, [&](NodeId id) { return leaf_name(model, id); }, 0);
}

std::string numbers_text(const Evaluation& evaluation, NodeId node) {
  return write(
      *evaluation.model, node, [&](NodeId id) { return leaf_value(evaluation, id); }, 0);
}

std::string value_text(const Model& model, NodeId node, double value) {
  const Node& n = model.nodes[node];
  if (n.op == Op::input && model.inputs[n.index].yes_no) return value != 0 ? "yes" : "no";
  return with_unit(rounded(value), model.units[node]);
}

std::string detailed_text(const Model& model, NodeId node, double value) {
  const Node& n = model.nodes[node];
  if (n.op == Op::input && model.inputs[n.index].yes_no) return value_text(model, node, value);
  return with_unit(detailed(value), model.units[node]);
}

std::string default_text(const Model& model, const Input& input) {
  if (input.fallback == no_node) return "";
  const Node& node = model.nodes[input.fallback];
  return node.op == Op::constant ? value_text(model, input.node, node.value) : formula_text(model, input.fallback);
}

std::string fill_in(const Evaluation& evaluation, const std::string& text) {
  const Model& model = *evaluation.model;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
    if (end == std::string::npos) {
      result += text[at++];
      continue;
    }
    const NodeId node = find_node(model, text.substr(at + 1, end - at - 1));
    result += value_text(model, node, evaluation.values[node]);
    at = end + 1;
  }
  return result;
}

std::vector<NodeId> named_operands(const Model& model, NodeId expression) {
  std::vector<NodeId> found;
  std::function<void(NodeId)> visit = [&](NodeId id) {
    const Node& n = model.nodes[id];
    const bool named = n.op == Op::input || n.op == Op::figure || n.op == Op::formula || n.op == Op::interpolate;
    if (named && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    if (n.op == Op::input || n.op == Op::formula) return;
    for (const NodeId operand : n.operand)
      if (operand != no_node) visit(operand);
  };
  visit(expression);
  return found;
}

}  // namespace sizing
