#include "libsizing/report/method.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/report/json.h"

namespace sizing {
namespace {

std::vector<std::string> chosen(const std::string& rule_set) {
  if (!rule_set.empty()) return {standard_model(rule_set)->name};
  return rule_set_names();
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
  TextTable figures{{"figure", "value", "unit", "range", "kind", "source"},
                    {false, true, false, false, false, false},
                    {},
                    "note",
                    {}};
  for (std::size_t i = 0; i < model.figures.size(); ++i) {
    if (!model.figure_used[i]) continue;
    const Figure& f = model.figures[i];
    figures.rows.push_back({f.name, value_text(f), unit_text(f), range_text(f), std::string(name(f.kind)), f.source});
    figures.notes.push_back(f.note);
  }
  doc.push_back(std::move(figures));
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
