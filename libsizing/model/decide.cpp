#include "libsizing/model/decide.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

using Parts = std::array<double, 5>;

bool is_extreme(Op op) { return op == Op::maximum || op == Op::minimum; }

// The operands of a chain such as max(max(a, b), c) as one list.
void flatten(const Model& model, NodeId node, Op op, std::vector<NodeId>& operands) {
  if (model.nodes[node].op != op) {
    operands.push_back(node);
    return;
  }
  flatten(model, model.nodes[node].operand[0], op, operands);
  flatten(model, model.nodes[node].operand[1], op, operands);
}

NodeId extreme_operand(const Evaluation& e, NodeId node) {
  std::vector<NodeId> operands;
  flatten(*e.model, node, e.model->nodes[node].op, operands);
  const auto at =
      std::find_if(operands.begin(), operands.end(), [&](NodeId o) { return e.values[o] == e.values[node]; });
  return at == operands.end() ? operands.front() : *at;  // where the value is not a number
}

NodeId chosen_branch(const Evaluation& e, const Node& node) {
  return node.operand[e.values[node.operand[0]] != 0 ? 1 : 2];
}

// The operands that carry the value of a node.
std::vector<NodeId> carriers(const Evaluation& e, NodeId id) {
  const Node& node = e.model->nodes[id];
  if (is_extreme(node.op)) return {extreme_operand(e, id)};
  if (node.op == Op::choose) return {node.operand[0], chosen_branch(e, node)};
  if (node.op == Op::input && e.is_given(e.model->inputs[node.index])) return {};
  std::vector<NodeId> operands;
  for (const NodeId operand : node.operand)
    if (operand != no_node) operands.push_back(operand);
  // What is multiplied by nothing adds nothing: of 0 depots × 2 connections only the 0 carries.
  if (node.op == Op::multiply && e.values[id] == 0)
    std::erase_if(operands, [&](NodeId operand) { return e.values[operand] != 0; });
  return operands;
}

double total(const Parts& parts) {
  double sum = 0;
  for (const double part : parts) sum += part;
  return sum;
}

Parts one_part(Kind kind, double value) {
  Parts parts{};
  parts[static_cast<std::size_t>(kind)] = value;
  return parts;
}

// Each part weakened to at most `kind`.
Parts weakened(const Parts& parts, Kind kind) {
  Parts result{};
  for (std::size_t k = 0; k < parts.size(); ++k)
    result[static_cast<std::size_t>(weakest(static_cast<Kind>(k), kind))] += parts[k];
  return result;
}

Kind weakest_part(const Parts& parts) {
  for (std::size_t k = 0; k < parts.size(); ++k)
    if (parts[k] != 0) return static_cast<Kind>(k);
  return Kind::given;
}

// `parts` in the same proportions with the sum `value`; where they are all 0 it rests on `otherwise`.
Parts scaled(const Parts& parts, double value, Kind otherwise = Kind::given) {
  const double sum = total(parts);
  if (sum == 0) return one_part(otherwise, value);
  Parts result = parts;
  for (double& part : result) part *= value / sum;
  return result;
}

Parts multiplied(const Parts& a, const Parts& b) {
  Parts result{};
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) result[std::min(i, j)] += a[i] * b[j];
  return result;
}

Parts sum_of(Parts a, const Parts& b, double sign) {
  for (std::size_t k = 0; k < a.size(); ++k) a[k] += sign * b[k];
  return a;
}

// The parts of one node from those of the nodes before it.
Parts parts_of(const Evaluation& e, NodeId id, const std::vector<Parts>& before) {
  const Node& node = e.model->nodes[id];
  const double value = e.values[id];
  const auto parts = [&](int i) -> const Parts& { return before[node.operand[i]]; };
  switch (node.op) {
    case Op::input:
      if (!e.is_given(e.model->inputs[node.index]) && node.operand[0] != no_node) return parts(0);
      return one_part(e.given.input_kinds.empty() ? Kind::given : e.given.input_kinds[node.index], value);
    case Op::figure: return one_part(e.model->figures[node.index].kind, value);
    case Op::constant: return one_part(Kind::given, value);
    case Op::formula: return parts(0);
    case Op::add: return sum_of(parts(0), parts(1), 1);
    case Op::subtract: return sum_of(parts(0), parts(1), -1);
    case Op::multiply: return multiplied(parts(0), parts(1));
    case Op::divide:
    case Op::greater: return scaled(multiplied(parts(0), parts(1)), value, weakest_part(parts(1)));
    case Op::minimum:
    case Op::maximum: return before[extreme_operand(e, id)];
    case Op::choose: return before[chosen_branch(e, node)];
    case Op::interpolate: {
      const Kind kind = e.model->figures[node.index].kind;
      return scaled(weakened(parts(0), kind), value, kind);
    }
    case Op::ceiling:
    case Op::floor:
    case Op::convert:
    case Op::size_on_sale: return scaled(parts(0), value, weakest_part(parts(0)));
  }
  return {};
}

}  // namespace

NodeId deciding_operand(const Evaluation& e, NodeId node) {
  for (;;) {
    const Node& n = e.model->nodes[node];
    if (is_extreme(n.op)) return extreme_operand(e, node);
    if (n.op == Op::choose)
      node = chosen_branch(e, n);
    else if (n.op == Op::convert || (n.op == Op::formula && e.model->nodes[n.operand[0]].op != Op::formula))
      node = n.operand[0];
    else
      return no_node;
  }
}

bool may_be_decided(const Model& model, NodeId node) {
  const Node& n = model.nodes[node];
  if (is_extreme(n.op)) return true;
  if (n.op == Op::choose) return may_be_decided(model, n.operand[1]) || may_be_decided(model, n.operand[2]);
  return (n.op == Op::convert || n.op == Op::formula) && may_be_decided(model, n.operand[0]);
}

std::string decided_by(const Evaluation& e, NodeId node) {
  NodeId operand = deciding_operand(e, node);
  if (operand == no_node) return "";
  while (e.model->nodes[operand].op == Op::convert) operand = e.model->nodes[operand].operand[0];
  const Node& n = e.model->nodes[operand];
  if (n.op == Op::figure) return e.model->figures[n.index].name;
  return formula_text(*e.model, operand);
}

std::vector<bool> live_nodes(const Evaluation& e, NodeId root) {
  std::vector<bool> live(e.model->nodes.size());
  live[root] = true;
  for (NodeId id = root + 1; id-- > 0;)
    if (live[id])
      for (const NodeId operand : carriers(e, id)) live[operand] = true;
  return live;
}

std::array<double, 5> split_by_kind(const Evaluation& e, NodeId root) {
  const auto reached = reachable(*e.model, root);
  std::vector<Parts> parts(root + 1);
  for (NodeId id = 0; id <= root; ++id)
    if (reached[id]) parts[id] = parts_of(e, id, parts);
  return parts[root];
}

Kind kind_of(const Evaluation& e, NodeId root) { return weakest_part(split_by_kind(e, root)); }

std::string rests_on(const Evaluation& e, NodeId root) {
  const Parts parts = split_by_kind(e, root);
  const Kind weak = weakest_part(parts);
  const double sum = total(parts);
  std::vector<std::string> texts;
  for (std::size_t k = parts.size(); k-- > 0;) {
    const Kind kind = static_cast<Kind>(k);
    const double percent = sum > 0 ? std::round(100 * parts[k] / sum) : 0;
    if (!(parts[k] > 0) || (percent < 1 && kind != weak)) continue;
    texts.push_back((percent < 1    ? "under 1 % "
                     : percent > 99 ? "over 99 % "
                                    : rounded(percent) + " % ") +
                    std::string(name(kind)));
  }
  return texts.size() < 2 ? std::string(name(weak)) : join(texts, ", ");
}

std::vector<NodeId> extrapolated_curves(const Evaluation& e) {
  std::vector<NodeId> curves;
  for (NodeId id = 0; id < e.model->nodes.size(); ++id) {
    const Node& node = e.model->nodes[id];
    if (node.op == Op::interpolate && e.values[node.operand[0]] > e.model->figures[node.index].curve.back().x)
      curves.push_back(id);
  }
  return curves;
}

}  // namespace sizing
