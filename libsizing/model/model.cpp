#include "libsizing/model/model.h"

#include <algorithm>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

template <class Row>
const Row* find(const std::vector<Row>& rows, std::string_view name) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
  return at == rows.end() ? nullptr : &*at;
}

template <class Row>
std::size_t index_of(const std::vector<Row>& rows, std::string_view name) {
  const Row* row = find(rows, name);
  if (!row) throw ModelError("the model has no " + std::string(name));
  return static_cast<std::size_t>(row - rows.data());
}

template <class Row>
std::vector<std::string> names(const std::vector<Row>& rows) {
  std::vector<std::string> result;
  for (const Row& row : rows) result.push_back(row.name);
  return result;
}

}  // namespace

std::string_view name(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

const Input* find_input(const Model& model, std::string_view name) { return find(model.inputs, name); }
const Formula* find_formula(const Model& model, std::string_view name) { return find(model.formulas, name); }
const Figure* find_figure(const Model& model, std::string_view name) { return find(model.figures, name); }

const Source* find_source(const Model& model, std::string_view id) {
  for (const Source& source : model.sources)
    if (source.id == id) return &source;
  return nullptr;
}

std::size_t input_index(const Model& model, std::string_view name) { return index_of(model.inputs, name); }
std::size_t formula_index(const Model& model, std::string_view name) { return index_of(model.formulas, name); }

NodeId find_node(const Model& model, std::string_view name) {
  if (const Formula* formula = find_formula(model, name)) return formula->node;
  if (const Input* input = find_input(model, name)) return input->node;
  return no_node;
}

std::vector<std::string> input_names(const Model& model) { return names(model.inputs); }
std::vector<std::string> formula_names(const Model& model) { return names(model.formulas); }
std::vector<std::string> figure_names(const Model& model) { return names(model.figures); }

std::vector<bool> reachable(const Model& model, NodeId root) { return reachable(model, std::span(&root, 1)); }

std::vector<bool> reachable(const Model& model, std::span<const NodeId> roots) {
  std::vector<bool> reached(model.nodes.size());
  NodeId last = 0;
  for (const NodeId root : roots) reached[root] = true, last = std::max(last, root);
  for (NodeId id = last + 1; id-- > 0;)  // operands come before their nodes
    if (reached[id])
      for (const NodeId operand : model.nodes[id].operand)
        if (operand != no_node) reached[operand] = true;
  return reached;
}

}  // namespace sizing
