#include "libsizing/plan/question.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

constexpr std::size_t most_rows = 1'000'000;

std::string counted(double value, const Input& input) { return with_unit(exact(value), input.unit); }

std::vector<std::string> held_inputs(const ResolvedServer& server, const std::string& but) {
  std::vector<std::string> held;
  const Model& model = *server.evaluation.model;
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const Input& input = model.inputs[i];
    if (server.origins[i].kind != OriginKind::stated || input.name == but || input.yes_no) continue;
    held.push_back(input.name + " = " + rounded(server.evaluation.values[input.node]) + " (" + server.origins[i].text +
                   ")");
  }
  return held;
}

std::string capacity_sentence(const CapacityAnswer& a) {
  const std::string what = a.server + " with " + [&] {
    std::vector<std::string> offers;
    for (const Fit& fit : a.offers)
      offers.push_back(fit.offered_text + (fit.unit == parse_unit("core") ? "" : " of " + fit.resource));
    return join(offers, " and ");
  }();
  const std::string first =
      join(a.first, " and ") +
      (a.first.size() > 1 || (!a.first.empty() && a.first[0].ends_with('s')) ? " run out first" : " runs out first");
  if (!a.capacity.carries_any)
    return what + " carries nothing: " + join(a.first, " and ") + " cannot even carry " +
           counted(a.input.low, a.input) + ".";
  if (a.capacity.at_bound)
    return what + " carries " + counted(a.capacity.most, a.input) + ", the most that is asked for: " + a.input.name +
           " does not use it up.";
  return what + " carries " + counted(a.capacity.most, a.input) + "; " + first + ".";
}

// The site with `input` stated where nothing is, so that it resolves; the capacity search overrides it.
Site with_stated(Site site, std::size_t server, const Input& input) {
  std::vector<Statement>& said = site.servers[server].statements;
  if (std::none_of(said.begin(), said.end(), [&](const Statement& s) { return s.name == input.name; }))
    said.push_back({input.name, input.low, {}});
  return site;
}

Axis parse_axis(const Model& model, const std::string& text) {
  const auto equals = text.find('=');
  const std::string name(trim(std::string_view(text).substr(0, equals)));
  const Place place{"", 0, 0, "--vary " + name};
  if (equals == std::string::npos)
    throw InputError({"", 0, 0, "--vary"}, "no values", text, "NAME=FROM:TO:STEP or NAME=V1,V2,…");
  Axis axis{name, {}, {}, {}};
  try {
    axis.values = parse_values(std::string_view(text).substr(equals + 1), most_rows);
  } catch (const InputError& error) {
    throw InputError(place, error.problem(), error.found(), error.allowed());
  }
  if (const Input* input = find_input(model, name)) {
    axis.input = input_index(model, name);
    for (double& value : axis.values) value = checked(*input, value, place);
    return axis;
  }
  if (const Figure* figure = find_figure(model, name)) {
    if (!figure->curve.empty() || !figure->text.empty())
      throw InputError(place, "only an input or a plain figure can be varied");
    axis.figure = static_cast<std::size_t>(figure - model.figures.data());
    for (const double value : axis.values) (void)parse_override(*figure, exact(value), place);
    return axis;
  }
  std::vector<std::string> known = input_names(model);
  for (const std::string& n : figure_names(model)) known.push_back(n);
  if (find_formula(model, name)) throw InputError(place, "is computed; vary an input or a figure that it rests on");
  throw InputError(place, "unknown input or figure" + did_you_mean(name, known));
}

NodeId output_node(const Model& model, const std::string& output) {
  const NodeId node = find_node(model, output);
  if (node != no_node) return node;
  std::vector<std::string> known = formula_names(model);
  for (const std::string& n : input_names(model)) known.push_back(n);
  throw InputError({"", 0, 0, "--outputs"}, "unknown quantity" + did_you_mean(output, known), output,
                   "names that 'opsi-sizing plan' shows");
}

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

std::vector<std::string> decision_changes(const SweepAnswer& answer) {
  std::vector<std::string> changes;
  if (answer.axes.size() != 1) return changes;
  for (std::size_t o = 0; o < answer.outputs.size(); ++o)
    for (std::size_t r = 1; r < answer.rows.size(); ++r) {
      const std::string &before = answer.rows[r - 1].decided_by[o], &now = answer.rows[r].decided_by[o];
      if (before != now && !before.empty() && !now.empty())
        changes.push_back("from " + answer.axes[0].name + " = " + rounded(answer.rows[r].varied[0]) + " on, " + now +
                          " decides " + answer.outputs[o] + " (before: " + before + ")");
    }
  return changes;
}

const ServerPlan* find_server(const Plan& plan, const std::string& name) {
  for (const ServerPlan& server : plan.servers)
    if (server.server.name == name) return &server;
  return nullptr;
}

std::vector<Remark> remarks_only_in(const ServerPlan& a, const ServerPlan& b) {
  std::vector<Remark> only;
  for (const Remark& remark : a.remarks)
    if (std::none_of(b.remarks.begin(), b.remarks.end(),
                     [&](const Remark& r) { return r.code == remark.code && r.quantity == remark.quantity; }))
      only.push_back(remark);
  return only;
}

double sum(const Plan& plan, const char* quantity) {
  double total = 0;
  for (const ServerPlan& server : plan.servers) total += server.server.evaluation.value(quantity);
  return total;
}

std::string comparison_sentence(const Plan& from, const Plan& to) {
  const double m1 = sum(from, "server.memory"), m2 = sum(to, "server.memory");
  const double c1 = sum(from, "server.cores"), c2 = sum(to, "server.cores");
  const auto moved = [](double a, double b) { return b > a ? "rises" : b < a ? "falls" : "stays"; };
  const auto percent = [](double a, double b) {
    return a > 0 && a != b ? " (" + std::string(b > a ? "+" : "−") + rough(std::abs(b / a - 1) * 100) + " %)"
                           : std::string();
  };
  const auto from_to = [](double a, double b, const std::string& x, const std::string& y) {
    return a == b ? " at " + y : " from " + x + " to " + y;
  };
  const std::string cores = c1 == c2 ? "stay" : c2 > c1 ? "rise" : "fall";
  return "Memory " + std::string(moved(m1, m2)) + from_to(m1, m2, rounded(m1) + " MB", rounded(m2) + " MB") +
         percent(m1, m2) + ", cores " + cores + from_to(c1, c2, rounded(c1), rounded(c2)) + ".";
}

}  // namespace

CapacityAnswer ask_capacity(const Site& site, std::size_t index, const std::string& input_name) {
  const auto model = model_of(site);
  const Input* input = find_input(*model, input_name);
  if (!input)
    throw InputError({"", 0, 0, "--of"}, "unknown input" + did_you_mean(input_name, input_names(*model)), input_name,
                     "an input such as clients or connections");
  const ResolvedServer server = resolve(with_stated(site, index, *input))[index];
  if (server.hardware.empty())
    throw InputError({site.file, 0, 0, server.name}, "no hardware to ask about", "",
                     "--memory 16GB, --cores 4 and the like, or hardware in the site file");
  CapacityAnswer answer{model->name, server.name, *input, {}, {}, {}, {}, held_inputs(server, input_name), ""};
  std::vector<Allowance> allowances;
  for (const Offer& offer : server.hardware) {
    const auto resource = std::find_if(model->resources.begin(), model->resources.end(),
                                       [&](const Resource& r) { return r.name == offer.resource; });
    const Formula& formula = model->formulas[resource->formula];
    answer.offers.push_back({offer.resource, formula.name, formula.unit, 0, offer.amount, offer.text, true});
    allowances.push_back({formula.node, offer.amount});
  }
  answer.capacity = capacity(*model, server.evaluation.given, input_index(*model, input_name), allowances);
  answer.each = answer.capacity.each;
  for (const std::size_t i : answer.capacity.first) answer.first.push_back(answer.offers[i].resource);
  Given given = server.evaluation.given;
  given.inputs[input_index(*model, input_name)] = std::max(answer.capacity.most, input->low);
  const Evaluation at_most = evaluate(model, given);
  for (Fit& fit : answer.offers) {
    fit.needed = at_most.value(fit.quantity);
    fit.fits = fit.needed <= fit.offered;
  }
  answer.answer = capacity_sentence(answer);
  return answer;
}

SweepAnswer ask_sweep(const Site& site, std::size_t index, const std::vector<std::string>& varied,
                      std::vector<std::string> outputs) {
  const auto model = model_of(site);
  if (varied.empty()) throw InputError({"", 0, 0, "--vary"}, "is missing", "", "--vary clients=100:5000:100");
  SweepAnswer answer;
  std::size_t rows = 1;
  Site stated = site;
  for (const std::string& text : varied) {
    Axis axis = parse_axis(*model, text);
    rows *= axis.values.size();
    if (rows > most_rows)
      throw InputError({"", 0, 0, "--vary"}, "too many rows", std::to_string(rows), "at most 1000000");
    for (const Axis& other : answer.axes)
      if (other.name == axis.name) throw InputError({"", 0, 0, "--vary"}, "varied twice", axis.name);
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
    nodes.push_back(output_node(*model, output));
    answer.output_units.push_back(name(model->units[nodes.back()]));
  }
  answer.rows = sweep(model, server.evaluation.given, answer.axes, nodes);
  for (std::size_t o = 0; o < nodes.size(); ++o)
    answer.decided.push_back(std::any_of(answer.rows.begin(), answer.rows.end(),
                                         [&](const SweepRow& r) { return !r.decided_by[o].empty(); }));
  answer.changes = decision_changes(answer);
  return answer;
}

Comparison compare(const Plan& from, const std::string& from_label, const Plan& to, const std::string& to_label) {
  Comparison result{from_label,  to_label, from.model->name, to.model->name, {}, comparison_sentence(from, to),
                    to.all_fit()};
  const bool one_each = from.servers.size() == 1 && to.servers.size() == 1;
  for (const ServerPlan& after : to.servers) {
    const ServerPlan* before = one_each ? &from.servers[0] : find_server(from, after.server.name);
    ServerComparison server{after.server.name, before != nullptr, true, {}, {}, {}};
    if (before) {
      server.changes = compare(before->server.evaluation, after.server.evaluation);
      server.new_remarks = remarks_only_in(after, *before);
      server.gone_remarks = remarks_only_in(*before, after);
    }
    result.servers.push_back(std::move(server));
  }
  for (const ServerPlan& before : from.servers)
    if (!one_each && !find_server(to, before.server.name))
      result.servers.push_back({before.server.name, true, false, {}, {}, {}});
  return result;
}

}  // namespace sizing
