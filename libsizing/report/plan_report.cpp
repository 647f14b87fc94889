#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"
#include "libsizing/report/json.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

TextTable inputs_table(const ResolvedServer& server, const Origin& rule_set) {
  const Model& model = *server.evaluation.model;
  TextTable table{{"stated or assumed", "value", "from"}, {false, true, false}};
  table.rows.push_back({"opsi", model.name, rule_set.text});
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const Input& input = model.inputs[i];
    table.rows.push_back(
        {input.name, value_text(model, input.node, server.evaluation.values[input.node]), server.origins[i].text});
  }
  return table;
}

TextTable quantities_table(const Evaluation& e) {
  TextTable table{{"quantity", "value", "decided by", "rests on"}, {false, true, false, false}};
  for (const Formula& f : e.model->formulas)
    table.rows.push_back(
        {f.name, value_text(*e.model, f.node, e.values[f.node]), decided_by(e, f.node), rests_on(e, f.node)});
  return table;
}

TextTable hardware_table(const std::vector<Fit>& fits) {
  TextTable table{{"hardware", "there", "needed", "free", "used", "verdict"}, {false, true, true, true, true, false}};
  for (const Fit& fit : fits) {
    const std::string offered = with_unit(rounded(fit.offered), fit.unit);
    table.rows.push_back({fit.resource, offered == fit.offered_text ? offered : fit.offered_text + " = " + offered,
                          with_unit(rounded(fit.needed), fit.unit),
                          with_unit(rounded(fit.offered - fit.needed), fit.unit),
                          fit.offered > 0 ? rounded(std::round(100 * fit.needed / fit.offered)) + " %" : "–",
                          fit.fits ? "fits" : "falls short"});
  }
  return table;
}

std::string memory_sentence(const ServerPlan& plan) {
  double total = 0;
  for (const double part : plan.memory_by_kind) total += part;
  std::vector<std::string> parts;
  for (const Kind kind : {Kind::published, Kind::measured, Kind::derived, Kind::assumed, Kind::given}) {
    const double part = plan.memory_by_kind[static_cast<std::size_t>(kind)];
    if (part > 0)
      parts.push_back(rounded(std::round(100 * part / total)) + " % on " +
                      (kind == Kind::given ? "what was stated" : std::string(name(kind)) + " figures") + " (" +
                      rounded(part) + " MB)");
  }
  return "The memory rests " + join(parts, ", ") + ".";
}

TextTable settings_table(const std::vector<SettingValue>& settings) {
  TextTable table{{"setting", "value", "default", "file", "apply"}, {false, true, true, false, false}, {}, "why", {}};
  for (const SettingValue& s : settings) {
    table.rows.push_back({s.key, s.value, s.standard, s.file, s.apply});
    table.notes.push_back(s.why);
  }
  return table;
}

void add_server(Document& doc, const ServerPlan& server, const Origin& rule_set, bool alone) {
  doc.push_back(Heading{2, server.server.name + " (" + join(server.roles, " and ") + " server)"});
  if (!alone) doc.push_back(Paragraph{server.answer});
  if (!server.fits.empty()) {
    doc.push_back(Heading{3, "Hardware"});
    doc.push_back(hardware_table(server.fits));
  }
  if (!server.remarks.empty()) {
    doc.push_back(Heading{3, "Remarks"});
    doc.push_back(remark_items(server.remarks));
  }
  doc.push_back(Heading{3, "Needs"});
  doc.push_back(quantities_table(server.server.evaluation));
  doc.push_back(Paragraph{memory_sentence(server)});
  doc.push_back(Heading{3, "Inputs"});
  doc.push_back(inputs_table(server.server, rule_set));
  if (!server.settings.empty()) {
    doc.push_back(Heading{3, "Settings"});
    doc.push_back(settings_table(server.settings));
  }
}

TextTable own_figures(const Plan& plan) {
  TextTable table{{"figure", "value", "unit", "kind", "source"}, {false, true, false, false, false}, {}, "note", {}};
  for (const FigureOverride& own : plan.site.figures) {
    const Figure& figure = *find_figure(*plan.model, own.name);
    table.rows.push_back(
        {figure.name, value_text(figure), unit_text(figure), std::string(name(figure.kind)), figure.source});
    table.notes.push_back(figure.note);
  }
  return table;
}

// All servers at a glance.
TextTable summary(const Plan& plan) {
  TextTable table{{"server", "roles", "clients", "workers", "cores", "memory", "to buy", "hardware"},
                  {false, false, true, true, true, true, true, false}};
  for (const ServerPlan& server : plan.servers) {
    const Evaluation& e = server.server.evaluation;
    const auto shown = [&](const char* quantity) {
      return value_text(*e.model, find_node(*e.model, quantity), e.value(quantity));
    };
    table.rows.push_back({server.server.name, join(server.roles, ", "), rounded(e.value("clients")),
                          rounded(e.value("opsiconfd.workers")), rounded(e.value("server.cores")),
                          shown("server.memory"), shown("server.memory_to_buy"),
                          server.fits.empty() ? "not stated"
                          : server.all_fit()  ? "fits"
                                              : "falls short"});
  }
  return table;
}

Document document_of(const Plan& plan, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{plan.answer});
  doc.push_back(Paragraph{stamp_line(stamp, plan.model->name)});
  if (!plan.site.title.empty()) doc.push_back(Heading{1, plan.site.title});
  if (plan.servers.size() > 1) {
    doc.push_back(Heading{3, "All servers"});
    doc.push_back(summary(plan));
  }
  for (const ServerPlan& server : plan.servers)
    add_server(doc, server, rule_set_origin(plan.site), plan.servers.size() == 1);
  if (!plan.site.figures.empty()) {
    doc.push_back(Heading{2, "Figures of this site"});
    doc.push_back(own_figures(plan));
  }
  doc.push_back(Paragraph{
      "MB and GB are decimal, GiB binary as memory is sold. How a value comes about: opsi-sizing explain QUANTITY."});
  return doc;
}

Table table_of(const Plan& plan, const Stamp& stamp) {
  Table table{{"server", "section", "name", "value", "unit", "decided_by", "kind", "detail"}, {}};
  const auto about = [&](const char* what, const std::string& text) {
    table.rows.push_back({{}, "about", what, cell(text), {}, {}, {}, {}});
  };
  about("tool", "opsi-sizing " + std::string(version()));
  about("opsi", plan.model->name);
  about("date", stamp.date);
  about("command", stamp.command);
  about("site", plan.site.title);
  about("answer", plan.answer);
  for (const FigureOverride& own : plan.site.figures) {
    const Figure& figure = *find_figure(*plan.model, own.name);
    table.rows.push_back({{},
                          "figure",
                          figure.name,
                          value_text(figure),
                          unit_text(figure),
                          {},
                          std::string(name(figure.kind)),
                          figure.source + "; " + figure.note});
  }
  for (const ServerPlan& server : plan.servers) {
    const Evaluation& e = server.server.evaluation;
    const std::string& at = server.server.name;
    table.rows.push_back({at, "about", "answer", server.answer, {}, {}, {}, {}});
    const Origin rule_set = rule_set_origin(plan.site);
    table.rows.push_back({at, "input", "opsi", e.model->name, {}, {}, std::string(name(rule_set.kind)), rule_set.text});
    for (const Formula& f : e.model->formulas)
      table.rows.push_back({at, "quantity", f.name, e.values[f.node], cell(name(f.unit)), cell(decided_by(e, f.node)),
                            std::string(name(kind_of(e, f.node))), formula_text(*e.model, f.expression)});
    for (std::size_t i = 0; i < e.model->inputs.size(); ++i) {
      const Input& input = e.model->inputs[i];
      table.rows.push_back({at,
                            "input",
                            input.name,
                            e.values[input.node],
                            cell(name(input.unit)),
                            {},
                            std::string(name(server.server.origins[i].kind)),
                            server.server.origins[i].text});
    }
    for (const Fit& fit : server.fits)
      table.rows.push_back({at,
                            "hardware",
                            fit.resource,
                            fit.offered,
                            cell(name(fit.unit)),
                            {},
                            fit.fits ? "fits" : "falls short",
                            "needed " + exact(fit.needed)});
    for (const SettingValue& s : server.settings)
      table.rows.push_back(
          {at,
           "setting",
           s.key,
           s.value,
           {},
           {},
           {},
           s.file + (s.standard.empty() ? "" : "; default " + s.standard) + "; " + s.why + "; " + s.apply});
    for (const Remark& r : server.remarks)
      table.rows.push_back({at, "remark", r.code, {}, {}, cell(r.quantity), std::string(name(r.severity)), r.text});
    for (const Kind kind : {Kind::published, Kind::measured, Kind::derived, Kind::assumed, Kind::given})
      table.rows.push_back({at,
                            "memory_by_kind",
                            std::string(name(kind)),
                            server.memory_by_kind[static_cast<std::size_t>(kind)],
                            "MB",
                            {},
                            std::string(name(kind)),
                            "share of server.memory"});
  }
  return table;
}

}  // namespace

Report report(const Plan& plan, const Stamp& stamp) {
  return {[&plan, stamp] { return document_of(plan, stamp); }, [&plan, stamp] { return to_csv(table_of(plan, stamp)); },
          [&plan, stamp] { return to_json(plan, stamp); }};
}

}  // namespace sizing
