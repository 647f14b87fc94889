// opsi_sizing.Model: the sheet to look through.
#include "libsizing/model/model.h"

#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/plan/resolve.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

using ModelPointer = std::shared_ptr<const Model>;

struct SheetInput {
  ModelPointer model;
  const Input* input;
};

struct SheetFormula {
  ModelPointer model;
  const Formula* formula;
};

// Where a formula stands: with the names that it is made of.
std::vector<std::string> operand_names(const Model& model, NodeId expression) {
  std::vector<std::string> names;
  for (const NodeId node : named_operands(model, expression)) names.push_back(formula_text(model, node));
  return names;
}

template <class Row, class Rows>
py::typing::Dict<py::str, Row> by_name(const ModelPointer& model, const Rows& rows) {
  py::typing::Dict<py::str, Row> all;
  for (const auto& row : rows) all[py::str(row.name)] = Row{model, &row};
  return all;
}

ModelPointer model_by(const RuleSetArgument& opsi, const FiguresArgument& figures) {
  Site site;
  state_rule_set(site, opsi);
  state_figures(site, figures);
  return model_of(site);
}

std::string default_of(const SheetInput& i) { return default_text(*i.model, *i.input); }

}  // namespace

void add_model(py::module_& module) {
  py::class_<Source>(module, "Source", "Where figures come from.")
      .def_readonly("id", &Source::id)
      .def_readonly("title", &Source::title)
      .def_readonly("where", &Source::where)
      .def_readonly("date", &Source::date)
      .def_readonly("applies_to", &Source::applies_to)
      .def("__repr__", [](const Source& s) { return "<Source " + s.id + ": " + s.title + ">"; });

  py::class_<Figure>(module, "Figure", R"(A number from outside the model.

>>> import opsi_sizing as sizing
>>> figure = sizing.Model("4.2").figures["samba.memory_per_connection"]
>>> figure.value, figure.unit, figure.low, figure.high, figure.kind
(4.0, 'MB/connection', 0.8, 4.0, 'published'))")
      .def_readonly("name", &Figure::name)
      .def_property_readonly(
          "value",
          [](const Figure& f) { return f.curve.empty() && f.text.empty() ? std::optional(f.value) : std::nullopt; },
          "In `unit`; None of a curve and of words.")
      .def_property_readonly(
          "points",
          [](const Figure& f) {
            std::vector<std::pair<double, double>> points;
            for (const Point& p : f.curve) points.emplace_back(p.x, p.y);
            return points;
          },
          "Of a curve: (x, y), x ascending; linear between them, the last slope goes on.")
      .def_readonly("low", &Figure::low, "The range: 5 % to 95 % where it is an uncertainty; None where it is unknown.")
      .def_readonly("high", &Figure::high)
      .def_property_readonly(
          "unit", [](const Figure& f) { return unit_text(f); }, "Of a curve 'x:y'.")
      .def_property_readonly(
          "kind", [](const Figure& f) { return name(f.kind); }, "'published', 'measured', 'derived' or 'assumed'.")
      .def_readonly("opsi", &Figure::opsi, "The opsi versions that it was stated for.")
      .def_readonly("source", &Figure::source, "The id of its source, or where an own figure comes from.")
      .def_readonly("note", &Figure::note)
      .def_readonly("text", &Figure::text, "Of a figure that is a list of words.")
      .def("__repr__", [](const Figure& f) {
        return "<Figure " + f.name + " = " + value_text(f) + " " + unit_text(f) + ", " + std::string(name(f.kind)) +
               ">";
      });

  py::class_<SheetInput>(module, "Input", R"(What may be stated about a server.

>>> import opsi_sizing as sizing
>>> connections = sizing.Model().inputs["samba.connections"]
>>> connections.keyword, connections.low, connections.high, connections.whole
('samba_connections', 0.0, 10000000.0, True))")
      .def_property_readonly("name", [](const SheetInput& i) { return i.input->name; })
      .def_property_readonly(
          "keyword", [](const SheetInput& i) { return keyword_of(i.input->name); }, "The name as a keyword argument.")
      .def_property_readonly("unit", [](const SheetInput& i) { return name(i.input->unit); })
      .def_property_readonly(
          "low", [](const SheetInput& i) { return i.input->low; }, "The least that is allowed.")
      .def_property_readonly(
          "high", [](const SheetInput& i) { return i.input->high; }, "The most that is allowed.")
      .def_property_readonly(
          "whole", [](const SheetInput& i) { return i.input->whole; }, "Whole numbers only.")
      .def_property_readonly(
          "yes_no", [](const SheetInput& i) { return i.input->yes_no; }, "True or False.")
      .def_property_readonly("help", [](const SheetInput& i) { return i.input->help; })
      .def_property_readonly(
          "allowed", [](const SheetInput& i) { return allowed_values(*i.input); }, "What is allowed, in words.")
      .def_property_readonly(
          "default",
          [](const SheetInput& i) {
            return i.input->fallback == no_node ? std::nullopt : std::optional(default_of(i));
          },
          "The value or formula that holds where it is not stated; None where it must be stated.")
      .def("__repr__", [](const SheetInput& i) {
        return "<Input " + keyword_of(i.input->name) + ": " + allowed_values(*i.input) + ">";
      });

  py::class_<SheetFormula>(module, "Formula", R"(A computed quantity of the sheet.

>>> import opsi_sizing as sizing
>>> sizing.Model("4.2").quantities["opsiconfd.workers"].formula
'max([opsiconfd.default_workers], opsiconfd.workers_by_connections, least_workers)')")
      .def_property_readonly("name", [](const SheetFormula& f) { return f.formula->name; })
      .def_property_readonly("unit", [](const SheetFormula& f) { return name(f.formula->unit); })
      .def_property_readonly(
          "about", [](const SheetFormula& f) { return f.formula->sentence; }, "What it is.")
      .def_property_readonly(
          "formula", [](const SheetFormula& f) { return formula_text(*f.model, f.formula->expression); },
          "With names; figures stand in square brackets.")
      .def_property_readonly(
          "operands", [](const SheetFormula& f) { return operand_names(*f.model, f.formula->expression); },
          "The names in the formula, in the order of reading.")
      .def("__repr__", [](const SheetFormula& f) {
        return "<Formula " + f.formula->name + " = " + formula_text(*f.model, f.formula->expression) + ">";
      });

  py::class_<Model, std::shared_ptr<Model>>(module, "Model", R"(The sheet of a rule set, to look through.

opsi: "4.1", "4.2" or "4.3", by default the requirements page's; figures: own figures by name.

>>> import opsi_sizing as sizing
>>> model = sizing.Model("4.3")
>>> model.opsi, len(model.inputs) > 10, "server.memory" in model.quantities
('4.3', True, True)

Raises InputError for an unknown rule set or figure.)")
      .def(py::init([](const RuleSetArgument& opsi, const FiguresArgument& figures) {
             return std::const_pointer_cast<Model>(model_by(opsi, figures));
           }),
           py::arg("opsi") = py::none(), py::kw_only(), py::arg("figures") = py::none())
      .def_readonly("opsi", &Model::name, "The rule set.")
      .def_readonly("title", &Model::title, "What the rule set holds.")
      .def_property_readonly(
          "inputs", [](const ModelPointer& m) { return by_name<SheetInput>(m, m->inputs); }, "By name.")
      .def_property_readonly(
          "quantities", [](const ModelPointer& m) { return by_name<SheetFormula>(m, m->formulas); },
          "The computed quantities by name, in the order of evaluation.")
      .def_property_readonly(
          "figures",
          [](const Model& m) {
            py::typing::Dict<py::str, Figure> all;
            for (std::size_t i = 0; i < m.figures.size(); ++i)
              if (m.figure_used[i]) all[py::str(m.figures[i].name)] = m.figures[i];
            return all;
          },
          "The figures that the rules use, by name.")
      .def_property_readonly(
          "sources",
          [](const Model& m) {
            py::typing::Dict<py::str, Source> all;
            for (const Source& source : m.sources) all[py::str(source.id)] = source;
            return all;
          },
          "By id.")
      .def("__repr__", [](const Model& m) { return "<Model of opsi " + m.name + ": " + m.title + ">"; });

  module.def(
      "rule_sets",
      [] {
        std::map<std::string, std::string> sets;
        for (const RuleSet& set : rule_sets()) sets[set.name] = set.title;
        return sets;
      },
      R"(The rule sets with a line about each.

>>> import opsi_sizing as sizing
>>> list(sizing.rule_sets())
['4.1', '4.2', '4.3'])");
  module.def(
      "keywords",
      [] {
        py::typing::Dict<py::str, py::str> kinds;
        for (const std::string& keyword : keywords()) kinds[py::str(keyword)] = name(find_keyword(keyword).of);
        return kinds;
      },
      "All keywords that state something about a server, each an 'input', a 'group' of inputs or a 'resource'.");
  module.def("register_parameters", &register_parameters, py::arg("function"), py::arg("names"),
             "The parameters that a function has beside the keywords, for the nearest name in an error.");
  module.def("keyword_help", &keyword_help, py::arg("keyword"), "What a keyword means, in words.");
}

}  // namespace sizing::python
