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

std::string amount(double value, const Unit& unit) { return with_unit(rounded(value), unit); }

// The needs (memory, cores, …) whose value comes from `node`, and the quantities of the settings that follow.
std::vector<std::string> needs_from(const Evaluation& e, NodeId node) {
  std::vector<std::string> needs;
  for (const Setting& setting : e.model->settings) {
    const Node& value = e.model->nodes[setting.node];
    const bool written = setting.condition == no_node || e.values[setting.condition] != 0;
    if (written && value.op == Op::formula && live_nodes(e, setting.node)[node])
      needs.push_back(e.model->formulas[value.index].name);
  }
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
                           ", and decides " + listed(needs) + ": state it."});
  }
}

std::string amount_of(const Evaluation& e, const std::string& input, double value) {
  return value_text(*e.model, find_node(*e.model, input), value);
}

// What is stated beats what the routines say; both are named where they differ.
void stated_beside_routines(const ResolvedServer& server, const RoutinePeak& peak, std::vector<Remark>& remarks) {
  const Evaluation& e = server.evaluation;
  const double stated = e.value(peak.input);
  if (stated == peak.most) return;
  remarks.push_back({"stated_beats_routines", stated < peak.most ? Severity::warning : Severity::note, peak.input,
                     peak.input + " is stated, " + amount_of(e, peak.input, stated) + " (" +
                         server.origins[input_index(*e.model, peak.input)].text + "); the routines give " +
                         amount_of(e, peak.input, peak.most) + ": " + peak.text + "."});
}

void assumed_routines(const Evaluation& e, const RoutinePeak& peak, std::vector<Remark>& remarks) {
  const auto needs = needs_from(e, find_node(*e.model, peak.input));
  if (peak.assumed.empty() || peak.most == 0 || needs.empty()) return;
  remarks.push_back({"assumed_routine", Severity::warning, peak.input,
                     peak.input + ", " + amount_of(e, peak.input, e.value(peak.input)) +
                         ", follows from routines of which " + listed(peak.assumed) +
                         (peak.assumed.size() > 1 ? " are" : " is") + " assumed, and decides " + listed(needs) +
                         ": state " + (peak.assumed.size() > 1 ? "them." : "it.")});
}

void routines(const ResolvedServer& server, std::vector<Remark>& remarks) {
  const Evaluation& e = server.evaluation;
  for (const RoutinePeak& peak : server.peaks) {
    if (server.peak_behind(input_index(*e.model, peak.input)))
      assumed_routines(e, peak, remarks);
    else
      stated_beside_routines(server, peak, remarks);
  }
  for (const std::string& name : server.peaks.empty() ? std::vector<std::string>{} : server.peaks[0].above_clients)
    remarks.push_back({"routine_above_clients", Severity::warning, "clients",
                       "The routine " + name + " names more clients than the server has, " +
                           amount_of(e, "clients", e.value("clients")) + "; no more are counted."});
}

// Workers and cores that a service level asks for (fewest_serving.h): which quantities they decide.
void service_level(const ResolvedServer& server, std::vector<Remark>& remarks) {
  const Evaluation& e = server.evaluation;
  const Origin& origin = server.origins[input_index(*e.model, "least_workers")];
  if (origin.kind != OriginKind::derived) return;
  std::vector<std::string> decided;
  for (const char* quantity : {"opsiconfd.workers", "server.cores"})
    if (decided_by(e, find_node(*e.model, quantity)).starts_with("least_")) decided.emplace_back(quantity);
  remarks.push_back(
      {"service_level", Severity::note, "opsiconfd.workers",
       "Service level, " + origin.text + ". " +
           (decided.empty() ? "The published rules ask for as much or more." : "It decides " + listed(decided) + ".")});
}

// The formula or input in which a curve stands.
std::string owner_of(const Model& model, NodeId curve) {
  const auto names_it = [&](NodeId expression) {
    const auto named = named_operands(model, expression);
    return std::find(named.begin(), named.end(), curve) != named.end();
  };
  for (const Formula& formula : model.formulas)
    if (names_it(formula.expression)) return formula.name;
  for (const Input& input : model.inputs)
    if (input.fallback != no_node && names_it(input.fallback)) return input.name;
  return model.figures[model.nodes[curve].index].name;
}

void extrapolated(const Evaluation& e, std::vector<Remark>& remarks) {
  for (const NodeId id : extrapolated_curves(e)) {
    const Node& node = e.model->nodes[id];
    const Figure& figure = e.model->figures[node.index];
    const std::string owner = owner_of(*e.model, id);
    const auto needs = needs_from(e, id);
    remarks.push_back({"extrapolated", needs.empty() ? Severity::note : Severity::warning, owner,
                       owner + " is extrapolated: its published curve ends at " +
                           amount(figure.curve.back().x, figure.x_unit) + ", here are " +
                           amount(e.values[node.operand[0]], figure.x_unit) + "; " +
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

void near_limit(std::vector<Remark>& remarks, const Fit& fit, const std::string& of) {
  remarks.push_back(
      {"near_limit", Severity::note, fit.quantity,
       "Near its limit: " + fit.resource + ", " + amount(fit.needed, fit.unit) + " needed of " + of + "."});
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
      near_limit(remarks, fit, fit.offered_text);
  }
}

bool is_a_figure(const Model& model, NodeId node) {
  while (model.nodes[node].op == Op::convert) node = model.nodes[node].operand[0];
  return model.nodes[node].op == Op::figure;
}

// What is bought in sizes of its own, memory in GiB, where no such hardware is stated; and where it is stated in GB.
void bought_sizes(const Evaluation& e, const std::vector<Fit>& fits, std::vector<Remark>& remarks) {
  for (const Resource& resource : e.model->resources) {
    const Formula &needed = e.model->formulas[resource.formula], &buy = e.model->formulas[resource.to_buy];
    if (needed.unit == buy.unit) continue;
    const auto stated =
        std::find_if(fits.begin(), fits.end(), [&](const Fit& f) { return f.resource == resource.name; });
    if (stated == fits.end()) {
      const double bought = convert(e.values[buy.node], buy.unit, needed.unit);
      const Fit fit{resource.name, needed.name, needed.unit, e.values[needed.node], bought, "", true};
      // Where the least size decides, being near it says nothing.
      const NodeId decider = deciding_operand(e, needed.node);
      const bool least = decider != no_node && is_a_figure(*e.model, decider);
      if (!least && fit.needed > near_share * bought)
        near_limit(remarks, fit, amount(e.values[buy.node], buy.unit) + " to buy");
      continue;
    }
    const Unit gb = parse_unit("GB");
    const double as_gib = convert(convert(stated->offered, needed.unit, gb), parse_unit("GiB"), needed.unit);
    if (!stated->fits && !stated->offered_text.ends_with("iB") && stated->needed <= as_gib)
      remarks.push_back({"gib_would_fit", Severity::note, stated->quantity,
                         stated->offered_text +
                             " is read as decimal. If the modules are GiB, as memory is sold, write " +
                             rounded(convert(stated->offered, needed.unit, gb)) + " GiB: then it fits."});
  }
}

}  // namespace

std::vector<Remark> remarks_of(const ResolvedServer& server, const std::vector<Fit>& fits) {
  std::vector<Remark> remarks;
  hardware(server.evaluation, fits, remarks);
  bought_sizes(server.evaluation, fits, remarks);
  assumed_inputs(server, remarks);
  routines(server, remarks);
  service_level(server, remarks);
  extrapolated(server.evaluation, remarks);
  stated_by_rules(server.evaluation, remarks);
  without_effect(server, remarks);
  sort_by_severity(remarks);
  return remarks;
}

void sort_by_severity(std::vector<Remark>& remarks) {
  std::stable_sort(remarks.begin(), remarks.end(),
                   [](const Remark& a, const Remark& b) { return a.severity > b.severity; });
}

std::vector<Remark> remarks_between(const std::vector<ResolvedServer>& servers, std::size_t config) {
  double depots = 0, clients = 0;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (i == config) continue;
    depots += 1;
    clients += servers[i].evaluation.value("clients");
  }
  std::vector<Remark> remarks;
  const Evaluation& e = servers[config].evaluation;
  if (e.value("role.config") == 0) return remarks;
  if (clients > e.value("clients"))
    remarks.push_back({"depot_clients_above_total", Severity::warning, "clients",
                       "The depot servers have " + amount(clients, parse_unit("client")) +
                           ", the config server manages " + amount(e.value("clients"), parse_unit("client")) +
                           ": it manages those of all depots."});
  if (depots > 0 && depots != e.value("depots"))
    remarks.push_back({"depots_differ", Severity::warning, "depots",
                       amount(e.value("depots"), parse_unit("depot")) + " are stated, the site has " +
                           amount(depots, parse_unit("depot")) + " beside the config server."});
  return remarks;
}

}  // namespace sizing
