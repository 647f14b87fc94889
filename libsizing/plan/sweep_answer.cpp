#include "libsizing/plan/sweep_answer.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing {
namespace {

Axis axis_of(const Model& model, const Varied& varied) {
  const Place place{"", 0, 0, "vary " + varied.name};
  Axis axis{varied.name, {}, {}, varied.values};
  if (axis.values.empty()) throw InputError(place, "no values");
  if (const Input* input = find_input(model, axis.name)) {
    axis.input = input_index(model, axis.name);
    for (double& value : axis.values) value = checked(*input, value, place);
    return axis;
  }
  if (const Figure* figure = find_figure(model, axis.name)) {
    if (!figure->curve.empty() || !figure->text.empty())
      throw InputError(place, "only an input or a plain figure can be varied");
    axis.figure = static_cast<std::size_t>(figure - model.figures.data());
    for (const double value : axis.values) (void)parse_override(*figure, exact(value), place);
    return axis;
  }
  std::vector<std::string> known = input_names(model);
  for (const std::string& n : figure_names(model)) known.push_back(n);
  if (find_formula(model, axis.name))
    throw InputError(place, "is computed; vary an input or a figure that it rests on");
  throw InputError(place, "unknown input or figure" + did_you_mean(axis.name, known));
}

std::vector<std::string> decision_changes(const SweepAnswer& answer) {
  std::vector<std::string> changes;
  if (answer.axes.size() != 1) return changes;
  for (std::size_t o = 0; o < answer.outputs.size(); ++o)
    for (std::size_t r = 1; r < answer.sweep.rows; ++r) {
      const Deciders& deciders = answer.sweep.deciders[o];
      const std::string &before = deciders.at(r - 1), &now = deciders.at(r);
      if (before != now && !before.empty() && !now.empty())
        changes.push_back("from " + answer.axes[0].name + " = " + rounded(answer.sweep.varied[0][r]) + " on, " + now +
                          " decides " + answer.outputs[o] + " (before: " + before + ")");
    }
  return changes;
}

// A figure of 0 that something is divided by, even where no asked output depends on it.
void check_each_value(const Model& model, Evaluation e, const std::vector<Axis>& axes) {
  const Given given = e.given;
  for (const Axis& axis : axes)
    for (const double value : axis.values) {
      if (!axis.figure) break;
      e.given = given;
      e.given.figures[*axis.figure] = value;
      evaluate(model, e.given, e.values);
      check_finite(e);
    }
}

// The inputs that rest on an assumption in every row, and those that are held at what the routines give.
std::vector<std::string> assumed_inputs(const ResolvedServer& server, const SweepAnswer& answer) {
  std::vector<std::string> assumed;
  const Model& model = *server.evaluation.model;
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const auto varied = [&](const Axis& axis) { return axis.input == i; };
    if (server.origins[i].kind == OriginKind::assumed && std::none_of(answer.axes.begin(), answer.axes.end(), varied))
      assumed.push_back(model.inputs[i].name + " is " + server.origins[i].text);
    if (const RoutinePeak* peak = server.peak_behind(i);
        peak && std::none_of(answer.axes.begin(), answer.axes.end(), varied))
      assumed.push_back(peak->input + " is held at " + rounded(peak->most) + " (" + peak->text + ")");
  }
  return assumed;
}

}  // namespace

std::vector<std::string> default_outputs(const Model& model) {
  std::vector<std::string> outputs = {"opsiconfd.workers", "opsiconfd.memory", "samba.memory"};
  for (const Resource& resource : model.resources)
    for (const std::size_t formula : {resource.formula, resource.to_buy}) {
      const std::string& name = model.formulas[formula].name;
      if (name.starts_with("server.") && std::find(outputs.begin(), outputs.end(), name) == outputs.end())
        outputs.push_back(name);
    }
  return outputs;
}

SweepAnswer ask_sweep(const Site& site, std::size_t index, const std::vector<Varied>& varied,
                      std::vector<std::string> outputs) {
  const auto model = model_of(site);
  if (varied.empty()) throw InputError({"", 0, 0, "vary"}, "is missing", "", "an input or figure and its values");
  SweepAnswer answer;
  std::size_t rows = 1;
  Site stated = site;
  for (const Varied& one : varied) {
    Axis axis = axis_of(*model, one);
    rows *= axis.values.size();
    if (rows > most_rows)
      throw InputError({"", 0, 0, "vary"}, "too many rows", std::to_string(rows),
                       "at most " + std::to_string(most_rows));
    for (const Axis& other : answer.axes)
      if (other.name == axis.name) throw InputError({"", 0, 0, "vary"}, "varied twice", axis.name);
    if (axis.input) stated = with_stated(stated, index, model->inputs[*axis.input]);
    answer.axis_units.push_back(axis.input ? name(model->inputs[*axis.input].unit)
                                           : name(model->figures[*axis.figure].unit));
    answer.axes.push_back(std::move(axis));
  }
  const ResolvedServer server = resolve(stated)[index];
  answer.opsi = model->name;
  answer.server = server.name;
  answer.outputs = outputs.empty() ? default_outputs(*model) : std::move(outputs);
  std::vector<NodeId> nodes;
  for (const std::string& output : answer.outputs) {
    if (std::count(answer.outputs.begin(), answer.outputs.end(), output) > 1)
      throw InputError({"", 0, 0, "outputs"}, "asked for twice", output);
    nodes.push_back(quantity_node(*model, output, {"", 0, 0, "outputs"}));
    answer.output_units.push_back(name(model->units[nodes.back()]));
  }
  check_each_value(*model, server.evaluation, answer.axes);
  answer.sweep = sweep(model, server.evaluation.given, answer.axes, nodes);
  answer.changes = decision_changes(answer);
  answer.assumed = assumed_inputs(server, answer);
  return answer;
}

}  // namespace sizing
