#include "libsizing/report/method.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/peaks.h"
#include "libsizing/plan/serving.h"
#include "libsizing/report/json.h"
#include "libsizing/report/method_waiting.h"

namespace sizing {
namespace {

std::vector<std::string> chosen(const std::string& rule_set) {
  if (!rule_set.empty()) return {standard_model(rule_set)->name};
  return rule_set_names();
}

TextTable figures_table(const Model& model, const auto& shown) {
  TextTable figures{{"figure", "value", "unit", "range", "kind", "source"},
                    {false, true, false, false, false, false},
                    {},
                    "note",
                    {}};
  for (std::size_t i = 0; i < model.figures.size(); ++i) {
    const Figure& f = model.figures[i];
    if (!shown(i, f.name)) continue;
    figures.rows.push_back({f.name, value_text(f), unit_text(f), range_text(f), std::string(name(f.kind)), f.source});
    figures.notes.push_back(f.note);
  }
  return figures;
}

void add_rule_set(Document& doc, const Model& model) {
  doc.push_back(Heading{2, "Rules of opsi " + model.name});
  doc.push_back(Paragraph{"Rule set " + model.name + ": " + model.title + "."});
  doc.push_back(Heading{3, "Inputs, opsi " + model.name});
  TextTable inputs{{"input", "unit", "allowed", "default"}, {false, false, false, false}, {}, "what it is", {}};
  for (const Input& input : model.inputs) {
    inputs.rows.push_back({input.name, name(input.unit), allowed_values(input),
                           input.fallback == no_node ? "must be stated" : default_text(model, input)});
    inputs.notes.push_back(input.help);
  }
  doc.push_back(std::move(inputs));
  doc.push_back(Heading{3, "Formulas, opsi " + model.name});
  TextTable formulas{{"quantity", "unit", "formula"}, {false, false, false}, {}, "what it is", {}};
  for (const Formula& f : model.formulas) {
    formulas.rows.push_back({f.name, name(f.unit), formula_text(model, f.expression)});
    formulas.notes.push_back(f.sentence);
  }
  doc.push_back(std::move(formulas));
  doc.push_back(Heading{3, "Figures used, opsi " + model.name});
  doc.push_back(figures_table(model, [&](std::size_t i, const std::string&) { return model.figure_used[i] != 0; }));
  doc.push_back(Heading{3, "Remarks, opsi " + model.name});
  TextTable remarks{{"code", "severity", "when"}, {false, false, false}, {}, "text", {}};
  for (const RemarkRule& r : model.remarks) {
    remarks.rows.push_back({r.code, std::string(name(r.severity)), formula_text(model, r.condition)});
    remarks.notes.push_back(r.text);
  }
  doc.push_back(std::move(remarks));
}

void add_sources(Document& doc) {
  doc.push_back(Heading{2, "Sources"});
  TextTable table{{"id", "title", "where", "date"}, {false, false, false, false}};
  for (const Source& s : standard_model(default_rule_set())->sources)
    table.rows.push_back({s.id, s.title, s.where, s.date});
  doc.push_back(std::move(table));
}

// What is computed outside of the model: inputs that follow from routines.
void add_routines(Document& doc) {
  doc.push_back(Heading{2, "Peaks from routines"});
  doc.push_back(Paragraph{
      "Where a site file has routines, connections, samba.connections and online_clients follow from them unless they "
      "are stated. Clients come at the rate lambda(t) (as many as take part, over the window, in the shape) and stay "
      "for a session of length S. Nobody waits, so the number that is there at t is Poisson with the mean"});
  doc.push_back(Verbatim{"m(t) = sum over routines of ∫ lambda(t - u) P(S > u) du, u from 0\n"});
  doc.push_back(Paragraph{
      "whatever the distribution of S (S. G. Eick, W. A. Massey and W. Whitt, The Physics of the M_t/G/infinity Queue, "
      "Operations Research 41, 1993). The day repeats: what began yesterday and is still there counts. The input is "
      "the "
      "quantile [load.quantile] of Poisson with the largest m(t), at most all that take part, at most the clients of "
      "the server. Where all come at once, m is all of them. A fixed number of clients spreads less than Poisson, so "
      "that at this time no more are there on at least so large a share of days. The most of a whole day, whenever it "
      "is, is larger more often: the longer the load stays near its peak, the more often, and with a timer all day "
      "long on most days."});
  doc.push_back(Paragraph{
      "S is the session that a routine states; else [opsiconfd.session_lifetime], for which opsiconfd keeps a session "
      "behind its last request, or requests × request_time ([client.requests_per_boot] × [client.rpc_time]) where that "
      "is longer. A session counts as a connection. Samba's part is samba × clients; with a transfer it stays for the "
      "longest wait and the longest time, with at most [depot.transfer_slots] of each routine at a time. "
      "online_clients follows from "
      "routines that say online alone."});
  doc.push_back(Paragraph{
      "Transfers share the line evenly, each no faster than client_line: speed of each of n = min(client_line, line / "
      "n), with at most so many at a time as have a slot, the others in the order of their coming (processor sharing: "
      "L. Kleinrock, Queueing Systems, volume 2, 1976, section 4.4; without chance, at the expected times of "
      "coming)."});
  TextTable presets{{"preset", "key", "value", "kind"}, {false, false, true, false}, {}, "note", {}};
  for (const RoutinePresetValue& row : routine_preset_values()) {
    presets.rows.push_back({row.preset, row.key, row.value, std::string(name(row.kind))});
    presets.notes.push_back(row.note);
  }
  add_load_example(doc);
  doc.push_back(Heading{3, "Presets of routines"});
  doc.push_back(std::move(presets));
}

Document document_of(const std::vector<std::string>& sets) {
  Document doc;
  doc.push_back(Heading{1, "Method"});
  doc.push_back(
      Paragraph{"Every rule as the program evaluates it, printed from the model itself. Names in square brackets are "
                "figures; their kind says what they are: published (stated by the makers of opsi), measured, derived "
                "(arithmetic on published figures) or assumed (nothing was found; said wherever it decides)."});
  doc.push_back(Paragraph{
      "curve[f](x) is piecewise linear through the published points of f: below the first point the first "
      "value holds, above the last the last slope goes on and the plan says so. if(c, a, b) is a where c holds, "
      "else b. ceil and floor round to whole numbers. size_on_sale(x) is the next of 2, 4, 8, 12, 16, 24, 32, "
      "48, 64, 96, 128, … GiB: the powers of two, and from 12 on three quarters of them. A percentage counts as "
      "its hundredth. MB and GB are decimal, GiB is binary: a plan of 4200 MB fits 4 GiB (4295 MB)."});
  doc.push_back(Paragraph{
      "Where two published rules answer one question, the larger answer holds and the plan names the rule that "
      "decides. Measured figures stand beside published ones as cross-checks and never replace them."});
  add_routines(doc);
  add_waiting(doc);
  doc.push_back(Heading{3, "Figures of routines and of waiting"});
  doc.push_back(figures_table(*standard_model(default_rule_set()), [](std::size_t, const std::string& name) {
    const auto in = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    return in(figures_of_routines()) || in(figures_of_serving());
  }));
  for (const std::string& set : sets) add_rule_set(doc, *standard_model(set));
  add_sources(doc);
  return doc;
}

List list_of(const std::vector<std::string>& sets) {
  List list{"rules", "Method", "", {{"opsi", "quantity", "unit", "formula", "figures", "sources", "about"}, {}},
            "",      {}};
  for (const std::string& set : sets) {
    const auto model = standard_model(set);
    for (const Formula& f : model->formulas) {
      std::vector<std::string> figures, sources;
      for (const NodeId operand : named_operands(*model, f.expression)) {
        const Node& node = model->nodes[operand];
        if (node.op != Op::figure && node.op != Op::interpolate) continue;
        figures.push_back(model->figures[node.index].name);
        if (std::find(sources.begin(), sources.end(), model->figures[node.index].source) == sources.end())
          sources.push_back(model->figures[node.index].source);
      }
      list.table.rows.push_back({set, f.name, cell(name(f.unit)), formula_text(*model, f.expression),
                                 cell(join(figures, " ")), cell(join(sources, " ")), f.sentence});
    }
  }
  return list;
}

}  // namespace

Report method_report(const std::string& rule_set, const Stamp& stamp) {
  const auto sets = chosen(rule_set);
  return {[sets] { return document_of(sets); }, [sets] { return to_csv(list_of(sets).table); },
          [sets, stamp] { return to_json(list_of(sets), stamp); }};
}

}  // namespace sizing
