#include "libsizing/model/explain.h"

#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

struct Explainer {
  const Evaluation& evaluation;
  std::span<const std::string> origins;
  std::vector<bool> live;

  const Model& model() const { return *evaluation.model; }

  Explanation begin(NodeId id) const {
    Explanation e;
    e.unit = name(model().units[id]);
    e.value = evaluation.values[id];
    e.text = detailed_text(model(), id, e.value);
    e.kind = kind_of(evaluation, id);
    e.rests_on = rests_on(evaluation, id);
    e.carries = live[id];
    return e;
  }

  void add_expression(Explanation& e, NodeId expression) const {
    e.formula = formula_text(model(), expression);
    e.numbers = numbers_text(evaluation, expression);
    e.decided_by = decided_by(evaluation, expression);
    for (const NodeId operand : named_operands(model(), expression)) e.operands.push_back(node(operand));
  }

  void add_figure(Explanation& e, const Figure& figure) const {
    e.name = figure.name;
    e.kind = figure.kind;
    e.sentence = figure.note;
    const Source* source = find_source(model(), figure.source);
    e.source = source ? source->title + " (" + source->where + ")" : figure.source;
  }

  Explanation node(NodeId id) const {
    Explanation e = begin(id);
    const Node& n = model().nodes[id];
    if (n.op == Op::figure) {
      e.role = Role::figure;
      add_figure(e, model().figures[n.index]);
      e.range = range_text(model().figures[n.index]);
    } else if (n.op == Op::interpolate) {
      e.role = Role::curve;
      add_figure(e, model().figures[n.index]);
      e.range = value_text(model().figures[n.index]) + " " + unit_text(model().figures[n.index]);
    } else if (n.op == Op::input) {
      const Input& input = model().inputs[n.index];
      e.role = Role::input;
      e.name = input.name;
      e.sentence = input.help;
      e.origin = n.index < origins.size() ? origins[n.index] : "";
      if (!evaluation.is_given(input) && input.fallback != no_node) add_expression(e, input.fallback);
    } else {
      const Formula& formula = model().formulas[n.index];
      e.name = formula.name;
      e.sentence = formula.sentence;
      add_expression(e, formula.expression);
    }
    return e;
  }
};

}  // namespace

std::string_view name(Role role) {
  constexpr std::string_view names[] = {"formula", "input", "figure", "curve"};
  return names[static_cast<std::size_t>(role)];
}

Explanation explain(const Evaluation& evaluation, NodeId node, std::span<const std::string> origins) {
  return Explainer{evaluation, origins, live_nodes(evaluation, node)}.node(node);
}

}  // namespace sizing
