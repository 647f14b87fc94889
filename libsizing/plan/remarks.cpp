#include "libsizing/plan/remarks.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

// A resource that is filled beyond this share is said to be near its limit.
constexpr double near_share = 0.9;

std::string flag_of(const std::string& input) { return "--" + replace_all(replace_all(input, ".", "-"), "_", "-"); }

std::string amount(double value, const Unit& unit) { return with_unit(rounded(value), unit); }

std::string listed(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? "" : names[0];
  return join(std::span(names).first(names.size() - 1), ", ") + " and " + names.back();
}

// The needs (memory, cores, …) whose value comes from `node`.
std::vector<std::string> needs_from(const Evaluation& e, NodeId node) {
  std::vector<std::string> needs;
  for (const Resource& resource : e.model->resources) {
    const Formula& formula = e.model->formulas[resource.formula];
    if (live_nodes(e, formula.node)[node]) needs.push_back(formula.name);
  }
  return needs;
}

void stated_by_rules(const Evaluation& e, std::vector<Remark>& remarks) {
  for (const RemarkRule& rule : e.model->remarks)
    if (e.values[rule.condition] != 0)
      remarks.push_back({rule.code, rule.severity, rule.quantity, fill_in(e, rule.text)});
}

void assumed_inputs(const ResolvedServer& server, std::vector<Remark>& remarks) {
  const Evaluation& e = server.evaluation;
  for (std::size_t i = 0; i < e.model->inputs.size(); ++i) {
    const Input& input = e.model->inputs[i];
    if (server.origins[i].kind != OriginKind::assumed) continue;
    const auto needs = needs_from(e, input.node);
    if (needs.empty()) continue;
    remarks.push_back({"assumed_input", Severity::warning, input.name,
                       input.name + " is assumed, " + value_text(*e.model, input.node, e.values[input.node]) +
                           ", and decides " + listed(needs) + ": state it (" + flag_of(input.name) +
                           " or in the site file)."});
  }
}

// The formula in which a curve stands.
const Formula& formula_with(const Model& model, NodeId curve) {
  return *std::find_if(model.formulas.begin(), model.formulas.end(), [&](const Formula& f) {
    const auto named = named_operands(model, f.expression);
    return std::find(named.begin(), named.end(), curve) != named.end();
  });
}

void extrapolated(const Evaluation& e, std::vector<Remark>& remarks) {
  for (NodeId id = 0; id < e.model->nodes.size(); ++id) {
    const Node& node = e.model->nodes[id];
    if (node.op != Op::interpolate) continue;
    const Curve& curve = e.model->figures[node.index].curve;
    const double x = e.values[node.operand[0]];
    if (!(x > curve.back().x)) continue;
    const Formula& formula = formula_with(*e.model, id);
    const Unit& unit = e.model->figures[node.index].x_unit;
    const auto needs = needs_from(e, id);
    remarks.push_back({"extrapolated", needs.empty() ? Severity::note : Severity::warning, formula.name,
                       formula.name + " is extrapolated: its published curve ends at " + amount(curve.back().x, unit) +
                           ", here are " + amount(x, unit) + "; " +
                           (needs.empty() ? "another rule decides here." : "it decides " + listed(needs) + ".")});
  }
}

void without_effect(const ResolvedServer& server, std::vector<Remark>& remarks) {
  const Model& model = *server.evaluation.model;
  std::vector<bool> used(model.nodes.size());
  for (const Formula& formula : model.formulas) {
    const auto reached = reachable(model, formula.node);
    for (NodeId id = 0; id < used.size(); ++id) used[id] = used[id] || reached[id];
  }
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const Input& input = model.inputs[i];
    if (server.origins[i].kind == OriginKind::stated && !used[input.node] && !input.yes_no)
      remarks.push_back({"no_effect", Severity::note, input.name,
                         input.name + " is stated, but no rule of opsi " + model.name + " uses it."});
  }
}

void hardware(const Evaluation& e, const std::vector<Fit>& fits, std::vector<Remark>& remarks) {
  for (const Fit& fit : fits) {
    const std::string needed = amount(fit.needed, fit.unit);
    const std::string decider = decided_by(e, find_node(*e.model, fit.quantity));
    if (!fit.fits)
      remarks.push_back({"does_not_fit", Severity::error, fit.quantity,
                         "Hardware falls short: " + fit.resource + ", " + needed + " needed" +
                             (decider.empty() ? "" : " (decided by " + decider + ")") + ", " + fit.offered_text +
                             " there."});
    else if (fit.needed > near_share * fit.offered)
      remarks.push_back(
          {"near_limit", Severity::note, fit.quantity,
           "Hardware near its limit: " + fit.resource + ", " + needed + " needed of " + fit.offered_text + "."});
    const Unit gb = parse_unit("GB"), gib = parse_unit("GiB");
    if (!fit.fits && fit.offered_text.ends_with("GB") && same_dimension(fit.unit, gb) &&
        fit.needed <= convert(convert(fit.offered, fit.unit, gb), gib, fit.unit))
      remarks.push_back({"gib_would_fit", Severity::note, fit.quantity,
                         fit.offered_text + " is read as decimal GB. If the modules are GiB, as memory is sold, write "
                                            "GiB: then it fits."});
  }
}

}  // namespace

std::vector<Remark> remarks_of(const ResolvedServer& server, const std::vector<Fit>& fits) {
  std::vector<Remark> remarks;
  hardware(server.evaluation, fits, remarks);
  assumed_inputs(server, remarks);
  extrapolated(server.evaluation, remarks);
  stated_by_rules(server.evaluation, remarks);
  without_effect(server, remarks);
  std::stable_sort(remarks.begin(), remarks.end(),
                   [](const Remark& a, const Remark& b) { return a.severity > b.severity; });
  return remarks;
}

}  // namespace sizing
