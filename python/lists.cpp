// The tables that the product holds: figures, sources, ports, distributions; the method, the schemas, a site to start.
#include "libsizing/report/lists.h"

#include <pybind11/stl.h>

#include "libsizing/base/date.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/report/method.h"
#include "libsizing/report/schema.h"
#include "libsizing/report/site_template.h"
#include "python/formats.h"
#include "python/module.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Listing {
  List list;
  Stamp stamp;
  bool supported = true;  // of distributions
};

py::object value_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return py::str(*text);
  if (const auto* number = std::get_if<double>(&cell)) return py::float_(*number);
  return py::none();
}

py::typing::Dict<py::str, py::object> row_of(const Listing& listing, std::size_t index) {
  const Table& table = listing.list.table;
  py::typing::Dict<py::str, py::object> row;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    row[py::str(table.columns[c])] = value_of(table.rows[index][c]);
  return row;
}

py::typing::Dict<py::str, py::object> row_at(const Listing& listing, py::ssize_t index) {
  const auto rows = static_cast<py::ssize_t>(listing.list.table.rows.size());
  if (index < 0) index += rows;
  if (index < 0 || index >= rows) throw py::index_error("the table has " + std::to_string(rows) + " rows");
  return row_of(listing, static_cast<std::size_t>(index));
}

}  // namespace

void add_lists(py::module_& module) {
  py::class_<Listing> listing(module, "Table", R"(A table that the product holds: a sequence of rows, each a dictionary.

>>> import opsi_sizing as sizing
>>> ports = sizing.ports(opsi="4.3", role="depot", direction="in")
>>> ports[0]["port"], ports.columns[:3]
('4441', ['opsi', 'port', 'protocol'])

pandas.DataFrame(table) makes a frame of it.)");
  listing.def("__len__", [](const Listing& l) { return l.list.table.rows.size(); })
      .def("__getitem__", &row_at, py::arg("index"))
      .def("__iter__",
           [](const Listing& l) {
             py::list rows;
             for (std::size_t row = 0; row < l.list.table.rows.size(); ++row) rows.append(row_of(l, row));
             return py::typing::Iterator<py::typing::Dict<py::str, py::object>>(py::iter(rows));
           })
      .def_property_readonly(
          "columns", [](const Listing& l) { return l.list.table.columns; }, "The columns' names.")
      .def_property_readonly(
          "title", [](const Listing& l) { return l.list.title; }, "What the table holds.")
      .def_property_readonly(
          "answer", [](const Listing& l) { return l.list.answer; }, "One sentence on what was asked, or nothing.")
      .def_property_readonly(
          "supported", [](const Listing& l) { return l.supported; },
          "Of distributions: whether the newest source of each supports it.")
      .def("__repr__", [](const Listing& l) {
        return "<Table " + l.list.name + ": " + std::to_string(l.list.table.rows.size()) + " rows>";
      });
  add_formats(listing, [](const Listing& l) { return report(l.list, l.stamp); });

  module.def(
      "figures",
      [](const py::args& names) {
        return Listing{figures_list(names.cast<std::vector<std::string>>()), stamp_of("opsi_sizing.figures()")};
      },
      R"(The figures behind the rules: value, range, unit, kind, source and who uses them; all, or those named.

>>> import opsi_sizing as sizing
>>> figure = sizing.figures("samba.margin")[0]
>>> figure["value"], figure["unit"], figure["kind"]
(50.0, '%', 'published')

Raises InputError for an unknown name.)");
  module.def(
      "sources",
      [] {
        return Listing{sources_list(), stamp_of("opsi_sizing.sources()")};
      },
      R"(The sources of the figures: id, title, date, what it applies to, where it stands.

>>> import opsi_sizing as sizing
>>> "req42" in [source["id"] for source in sizing.sources()]
True)");
  module.def(
      "ports",
      [](const std::optional<std::string>& opsi, const std::string& role, const std::string& direction) {
        return Listing{ports_list({opsi.value_or(default_rule_set()), role, direction}),
                       stamp_of("opsi_sizing.ports()")};
      },
      py::kw_only(), py::arg("opsi") = py::none(), py::arg("role") = "", py::arg("direction") = "",
      R"(The port matrix of an opsi release, by default that of the default rule set.

role: "config", "depot" or "client"; direction: "in", "out" or "local" as seen from it.

>>> import opsi_sizing as sizing
>>> sorted({port["port"] for port in sizing.ports(opsi="4.3", role="client", direction="in")})[:2]
['4441', '45000-45099']

Raises InputError for a release, role or direction that there is not.)");
  module.def(
      "distributions",
      [](const std::string& query, const std::optional<std::string>& opsi, const std::optional<std::string>& date) {
        const auto answer = distributions_list(query, opsi.value_or(""), date.value_or(today()));
        return Listing{answer.list, stamp_of("opsi_sizing.distributions()"), answer.supported};
      },
      py::arg("query") = "", py::kw_only(), py::arg("opsi") = py::none(), py::arg("date") = py::none(),
      R"(Which distributions an opsi server may run on, and until when; all, or those that match `query`.

date: the day (YYYY-MM-DD) that end-of-life dates are held against, by default today.

>>> import opsi_sizing as sizing
>>> sizing.distributions("debian 12", date="2026-01-02").supported
True

Raises InputError for a distribution or release that no source names.)");
  module.def(
      "method",
      [](const std::optional<std::string>& opsi) {
        return render(method_report(opsi.value_or(""), stamp_of("opsi_sizing.method()")), Format::markdown, {});
      },
      py::arg("opsi") = py::none(), R"(Every rule with its formula and every figure with its source, as Markdown.

Of one rule set, or of all.

>>> import opsi_sizing as sizing
>>> "samba.memory_per_connection" in sizing.method("4.2")
True)");
  module.def(
      "schema",
      [](const std::string& of) -> py::typing::Dict<py::str, py::object> {
        if (of != "site" && of != "plan") throw InputError({"", 0, 0, "of"}, "no such schema", of, "site, plan");
        return py::module_::import("json").attr("loads")(of == "site" ? site_schema() : plan_schema());
      },
      py::arg("of"), R"(The JSON Schema of a site file ("site") or of a plan's JSON ("plan").

>>> import opsi_sizing as sizing
>>> sizing.schema("site")["type"]
'object')");
  module.def(
      "site_template",
      [](double clients) {
        const Input& input = *find_input(*standard_model(default_rule_set()), "clients");
        return site_template(checked(input, clients, {"", 0, 0, "clients"}));
      },
      py::arg("clients"),
      R"(A commented site file to start from, as text: every key with its default and meaning.

>>> import opsi_sizing as sizing
>>> sizing.Site.parse(sizing.site_template(300)).plan()["clients"].value
300.0)");
}

}  // namespace sizing::python
