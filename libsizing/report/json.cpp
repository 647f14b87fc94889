#include "libsizing/report/json.h"

#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"
#include "libsizing/report/json_parts.inc"

namespace sizing {
namespace {

Json json_of(const std::vector<Shortfall>& shortfalls) {
  Json json = Json::array();
  for (const Shortfall& s : shortfalls) json.push_back({{"server", s.server}, {"resource", s.resource}});
  return json;
}

Json json_of(const Fit& fit) {
  return {{"quantity", fit.quantity},
          {"unit", name(fit.unit)},
          {"needed", number(fit.needed)},
          {"offered", number(fit.offered)},
          {"free", number(fit.offered - fit.needed)},
          {"stated", fit.offered_text},
          {"fits", fit.fits}};
}

Json json_of(const std::vector<Fit>& fits) {
  Json json = Json::object();
  for (const Fit& fit : fits) json[fit.resource] = json_of(fit);
  return json;
}

// The parts of a value by the kind that each rests on, in the value's unit; those that are 0 are left out.
Json parts_json(const Evaluation& e, NodeId node) {
  const auto parts = split_by_kind(e, node);
  Json json = Json::object();
  for (std::size_t k = parts.size(); k-- > 0;)
    if (parts[k] != 0) json[std::string(name(static_cast<Kind>(k)))] = number(parts[k]);
  return json;
}

Json inputs_json(const ResolvedServer& server) {
  const Evaluation& e = server.evaluation;
  Json json = Json::object();
  for (std::size_t i = 0; i < e.model->inputs.size(); ++i) {
    const Input& input = e.model->inputs[i];
    json[input.name] = {{"value", number(e.values[input.node])},
                        {"unit", name(input.unit)},
                        {"origin", name(server.origins[i].kind)},
                        {"from", server.origins[i].text}};
    if (const RoutinePeak* peak = server.peak_behind(i)) json[input.name]["peak"] = json_of(*peak);
  }
  return json;
}

// Every named quantity of the sheet: inputs as they were resolved, and formulas.
Json quantities_json(const Evaluation& e) {
  Json json = Json::object();
  for (const Input& input : e.model->inputs) {
    const bool computed = !e.is_given(input) && input.fallback != no_node;
    json[input.name] = {{"value", number(e.values[input.node])},
                        {"unit", name(input.unit)},
                        {"decided_by", nullptr},
                        {"formula", computed ? Json(formula_text(*e.model, input.fallback)) : Json(nullptr)},
                        {"kind", name(kind_of(e, input.node))},
                        {"rests_on", parts_json(e, input.node)},
                        {"about", input.help}};
  }
  for (const Formula& formula : e.model->formulas)
    json[formula.name] = {{"value", number(e.values[formula.node])},
                          {"unit", name(formula.unit)},
                          {"decided_by", or_null(decided_by(e, formula.node))},
                          {"formula", formula_text(*e.model, formula.expression)},
                          {"kind", name(kind_of(e, formula.node))},
                          {"rests_on", parts_json(e, formula.node)},
                          {"about", formula.sentence}};
  return json;
}

Json limit_json(const Limit& limit) {
  return {{"input", "clients"},
          {"on", limit.on_offered ? "offered" : "to_buy"},
          {"most", limit.capacity.carries_any ? number(limit.capacity.most) : Json(nullptr)},
          {"scaled", limit.scaled},
          {"runs_out_first", limit.first}};
}

Json json_of(const ServerPlan& server) {
  Json settings = Json::array();
  for (const SettingValue& s : server.settings)
    settings.push_back({{"key", s.key},
                        {"value", s.value},
                        {"shown", s.shown},
                        {"default", s.standard},
                        {"file", s.file},
                        {"apply", s.apply},
                        {"why", s.why}});
  return {{"name", server.server.name},
          {"roles", server.roles},
          {"answer", server.answer},
          {"inputs", inputs_json(server.server)},
          {"quantities", quantities_json(server.server.evaluation)},
          {"hardware", json_of(server.fits)},
          {"fits", server.fits.empty() ? Json(nullptr) : Json(server.all_fit())},
          {"carries", limit_json(server.limit)},
          {"memory_by_kind",
           parts_json(server.server.evaluation, find_node(*server.server.evaluation.model, "server.memory"))},
          {"settings", settings},
          {"remarks", json_of(server.remarks)}};
}

Json figures_json(const Plan& plan) {
  Json json = Json::object();
  for (const FigureOverride& own : plan.site.figures) {
    const Figure* figure = find_figure(*plan.model, own.name);
    json[own.name] = {{"value", value_text(*figure)},
                      {"unit", unit_text(*figure)},
                      {"kind", name(figure->kind)},
                      {"source", figure->source},
                      {"note", figure->note}};
  }
  return json;
}

Json json_of(const Explanation& e) {
  Json json = {
      {"role", name(e.role)}, {"name", e.name}, {"value", number(e.value)}, {"unit", e.unit}, {"text", e.text}};
  json["kind"] = name(e.kind);
  json["rests_on"] = e.rests_on;
  json["carries"] = e.carries;
  if (!e.formula.empty())
    json["formula"] = e.formula, json["numbers"] = e.numbers, json["decided_by"] = or_null(e.decided_by);
  if (e.role == Role::input) json["from"] = e.origin;
  if (e.role == Role::figure || e.role == Role::curve) json["range"] = or_null(e.range), json["source"] = e.source;
  json["about"] = e.sentence;
  if (!e.operands.empty()) {
    json["operands"] = Json::array();
    for (const Explanation& operand : e.operands) json["operands"].push_back(json_of(operand));
  }
  return json;
}

Json json_of(const ServerComparison& server) {
  Json changes = Json::array();
  for (const Change& c : server.changes) {
    Json change = {{"quantity", c.name}, {"unit", c.unit}, {"from", or_null(c.from)}, {"to", or_null(c.to)}};
    change["change"] = c.from && c.to ? number(*c.to - *c.from) : Json(nullptr);
    change["from_decided_by"] = or_null(c.from_decided_by);
    change["to_decided_by"] = or_null(c.to_decided_by);
    changes.push_back(change);
  }
  return {{"name", server.server},
          {"in_from", server.in_from},
          {"in_to", server.in_to},
          {"changes", changes},
          {"new_remarks", json_of(server.new_remarks)},
          {"gone_remarks", json_of(server.gone_remarks)}};
}

Json json_of(const Place& place) {
  if (place.file.empty() && place.key.empty() && place.line == 0 && place.column == 0) return nullptr;
  const auto count = [](int n) { return n > 0 ? Json(n) : Json(nullptr); };
  return {{"file", or_null(place.file)},
          {"line", count(place.line)},
          {"column", count(place.column)},
          {"key", or_null(place.key)}};
}

Json json_of(const Check& check) {
  return {{"id", check.id},
          {"title", check.title},
          {"verdict", name(check.verdict)},
          {"found", check.found},
          {"required", check.required},
          {"source", check.source},
          {"advice", or_null(check.advice)},
          {"place", json_of(check.place)}};
}

}  // namespace

std::string to_json(const Plan& plan, const Stamp& stamp) {
  Json json = stamped(stamp, plan.model->name);
  json["site"] = {{"name", or_null(plan.site.title)},
                  {"file", or_null(plan.site.file)},
                  {"opsi_from", rule_set_origin(plan.site).text}};
  json["answer"] = plan.answer;
  json["fits"] = plan.has_hardware() ? Json(plan.all_fit()) : Json(nullptr);
  json["falls_short"] = json_of(plan.shortfalls());
  json["figures"] = figures_json(plan);
  json["servers"] = Json::array();
  for (const ServerPlan& server : plan.servers) json["servers"].push_back(json_of(server));
  return dumped(json);
}

std::string to_json(const Explanation& explanation, const std::string& server, const std::string& opsi,
                    const Stamp& stamp) {
  Json json = stamped(stamp, opsi);
  json["server"] = server;
  json["explanation"] = json_of(explanation);
  return dumped(json);
}

std::string to_json(const CapacityAnswer& answer, const Stamp& stamp) {
  Json json = stamped(stamp, answer.opsi);
  json["server"] = answer.server;
  json["answer"] = answer.answer;
  json["input"] = answer.input.name;
  json["unit"] = name(answer.input.unit);
  json["most"] = answer.capacity.carries_any ? number(answer.capacity.most) : Json(nullptr);
  json["runs_out_first"] = answer.first;
  json["hardware"] = json_of(answer.offers);
  for (std::size_t i = 0; i < answer.offers.size(); ++i)
    json["hardware"][answer.offers[i].resource]["carries"] =
        answer.capacity.each[i] < 0 ? Json(nullptr) : number(answer.capacity.each[i]);
  json["held"] = answer.held;
  json["scaled"] = answer.scaled;
  json["remarks"] = json_of(answer.remarks);
  return dumped(json);
}

std::string to_json(const Comparison& comparison, const Stamp& stamp) {
  Json json = stamped(stamp, "");
  json["from"] = {{"what", comparison.from}, {"opsi", comparison.from_opsi}};
  json["to"] = {{"what", comparison.to}, {"opsi", comparison.to_opsi}};
  json["answer"] = comparison.answer;
  json["fits"] = comparison.has_hardware ? Json(comparison.falls_short.empty()) : Json(nullptr);
  json["falls_short"] = json_of(comparison.falls_short);
  json["servers"] = Json::array();
  for (const ServerComparison& server : comparison.servers) json["servers"].push_back(json_of(server));
  return dumped(json);
}

std::string to_json(const SweepAnswer& answer, const Stamp& stamp) {
  Json json = stamped(stamp, answer.opsi);
  json["server"] = answer.server;
  json["units"] = Json::object();
  for (std::size_t a = 0; a < answer.axes.size(); ++a) json["units"][answer.axes[a].name] = answer.axis_units[a];
  for (std::size_t o = 0; o < answer.outputs.size(); ++o) json["units"][answer.outputs[o]] = answer.output_units[o];
  json["changes"] = answer.changes;
  json["assumed"] = answer.assumed;
  // Row by row, each on its line: a sweep may have a million of them.
  std::string out = dumped(json);
  out.erase(out.size() - 3);  // "\n}\n"
  out += ",\n  \"rows\": [";
  for (std::size_t r = 0; r < answer.sweep.rows; ++r) {
    Json row = Json::object();
    for (std::size_t a = 0; a < answer.axes.size(); ++a) row[answer.axes[a].name] = number(answer.sweep.varied[a][r]);
    for (std::size_t o = 0; o < answer.outputs.size(); ++o) {
      row[answer.outputs[o]] = number(answer.sweep.values[o][r]);
      const Deciders& deciders = answer.sweep.deciders[o];
      if (!deciders.of_row.empty()) row[answer.outputs[o] + ".decided_by"] = or_null(deciders.at(r));
    }
    out += (r > 0 ? ",\n    " : "\n    ") + row.dump();
  }
  return out + "\n  ]\n}\n";
}

std::string to_json(const CheckAnswer& answer, const Stamp& stamp) {
  Json json = stamped(stamp, answer.opsi);
  json["opsi_from"] = or_null(answer.opsi_from);
  json["subject"] = answer.subject;
  json["tree"] = or_null(answer.tree);
  json["server"] = or_null(answer.server);
  json["answer"] = answer.answer;
  json["verdict"] = name(answer.verdict());
  auto count = counts(answer.checks);
  for (const Verdict v : {Verdict::pass, Verdict::note, Verdict::warning, Verdict::fail, Verdict::unseen})
    json["counts"][std::string(name(v))] = count[v];
  json["checks"] = Json::array();
  for (const Check& check : answer.checks) json["checks"].push_back(json_of(check));
  json["measures"] = Json::array();
  for (const Measure& m : answer.measures)
    json["measures"].push_back({{"check", m.check},
                                {"name", m.name},
                                {"value", number(m.value)},
                                {"unit", or_null(m.unit)},
                                {"warning", or_null(m.warning)},
                                {"critical", or_null(m.critical)}});
  return dumped(json);
}

std::string to_json(const List& list, const Stamp& stamp) {
  Json json = stamped(stamp, "");
  if (!list.answer.empty()) json["answer"] = list.answer;
  Json& rows = json[list.name] = Json::array();
  for (const auto& row : list.table.rows) {
    Json& out = rows.emplace_back(Json::object());
    for (std::size_t c = 0; c < row.size(); ++c) {
      Json& member = out[list.table.columns[c]];
      if (const auto* text = std::get_if<std::string>(&row[c])) member = *text;
      if (const auto* value = std::get_if<double>(&row[c])) member = number(*value);
    }
  }
  if (!list.foot.empty()) {
    json["remarks"] = Json::array();
    for (const Item& item : list.foot) json["remarks"].push_back(item.text);
  }
  return dumped(json);
}

std::string to_json(const Import& import, const std::string& toml, const Stamp& stamp) {
  Json json = stamped(stamp, import.plan.model->name);
  json["answer"] = import.answer;
  json["file"] = import.diagnostic.file;
  json["fits"] = import.hardware.empty() ? Json(nullptr) : Json(!import.too_small());
  json["hardware"] = Json::object();
  for (const HardwareVerdict& line : import.hardware) {
    Json& out = json["hardware"][line.fit.resource] = json_of(line.fit);
    out["verdict"] = name(line.verdict);
    out["decided_by"] = or_null(line.decided_by);
    out["rests_on"] = line.rests_on;
    out["from"] = describe(line.from);
  }
  json["in_force"] = Json::object();
  for (const InForce& line : import.in_force)
    json["in_force"][line.quantity] = {{"unit", name(line.unit)},
                                       {"there", number(line.there)},
                                       {"planned", number(line.planned)},
                                       {"verdict", line.verdict},
                                       {"from", describe(line.from)}};
  json["remarks"] = json_of(import.remarks);
  json["missing"] = import.diagnostic.missing;
  json["read"] = Json::array();
  for (const Taken& taken : import.taken)
    json["read"].push_back({{"what", taken.what}, {"value", taken.value}, {"from", describe(taken.from)}});
  const Server& server = import.plan.site.servers.front();
  Json& site = json["site"] = {
      {"name", import.plan.site.title}, {"server", server.name}, {"opsi", or_null(import.plan.site.opsi)}};
  site["inputs"] = Json::object();
  for (const Statement& s : server.statements) site["inputs"][s.name] = number(s.value);
  site["hardware"] = Json::object();
  for (const Offer& o : server.hardware) site["hardware"][o.resource] = o.text;
  site["toml"] = toml;
  json["plan"] = json_of(import.plan.servers.front());
  return dumped(json);
}

}  // namespace sizing
