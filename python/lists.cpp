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
#include "python/stated.h"

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
('4447', ['opsi', 'port', 'protocol'])

pandas.DataFrame(table) makes a frame of it.)");
  listing.def("__len__", [](const Listing& l) { return l.list.table.rows.size(); })
      .def("__getitem__", &row_at, py::arg("index"))
      .def(
          "__getitem__",
          [](const Listing& l, const py::slice& slice) {
            py::ssize_t start = 0, stop = 0, step = 0, length = 0;
            if (!slice.compute(static_cast<py::ssize_t>(l.list.table.rows.size()), &start, &stop, &step, &length))
              throw py::error_already_set();
            std::vector<py::typing::Dict<py::str, py::object>> rows;
            for (py::ssize_t i = 0; i < length; ++i) rows.push_back(row_at(l, start + i * step));
            return rows;
          },
          py::arg("index"))
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
        std::vector<std::string> wanted;
        for (const py::handle name : names) wanted.push_back(text_of("figures", name));
        return Listing{figures_list(wanted), stamp_of("opsi_sizing.figures" + py::repr(names).cast<std::string>())};
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
      [](const RuleSetArgument& opsi, const std::string& role, const std::string& direction) {
        const std::string release = opsi.is_none() ? default_rule_set() : rule_set_text(opsi);
        return Listing{ports_list({release, role, direction}),
                       stamp_of("opsi_sizing.ports(opsi='" + release + (role.empty() ? "'" : "', role='" + role + "'") +
                                (direction.empty() ? ")" : ", direction='" + direction + "')"))};
      },
      py::kw_only(), py::arg("opsi") = py::none(), py::arg("role") = "", py::arg("direction") = "",
      R"(The port matrix of an opsi release, by default that of the default rule set.

role: "config", "depot" or "client"; direction: "in", "out" or "local" as seen from it.

>>> import opsi_sizing as sizing
>>> sizing.ports(opsi="4.3", role="depot", direction="in")[0]["purpose"]
'opsi package sources of the depot server (WebDAV)'

Raises InputError for a release, role or direction that there is not.)");
  module.def(
      "distributions",
      [](const std::string& query, const RuleSetArgument& opsi, const std::optional<std::string>& date) {
        const std::string release = opsi.is_none() ? "" : rule_set_text(opsi);
        const auto answer = distributions_list(query, release, date.value_or(today()));
        return Listing{answer.list,
                       stamp_of("opsi_sizing.distributions(" + std::string(py::repr(py::str(query))) +
                                (release.empty() ? ")" : ", opsi='" + release + "')")),
                       answer.supported};
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
      [](const RuleSetArgument& opsi) {
        Site asked;
        state_rule_set(asked, opsi);
        return render(method_report(asked.opsi, stamp_of("opsi_sizing.method(" +
                                                         (asked.opsi.empty() ? "" : "'" + asked.opsi + "'") + ")")),
                      Format::markdown, {});
      },
      py::arg("opsi") = py::none(), R"(Every rule with its formula and every figure with its source, as Markdown.

Of one rule set, or of all.

>>> import opsi_sizing as sizing
>>> sizing.method("4.2").splitlines()[0]
'# Method'

Raises InputError for an unknown rule set.)");
  module.def(
      "schema",
      [](const std::string& of) -> py::typing::Dict<py::str, py::object> {
        if (of != "site" && of != "plan") throw InputError({"", 0, 0, "of"}, "no such schema", of, "site, plan");
        return py::module_::import("json").attr("loads")(of == "site" ? site_schema() : plan_schema());
      },
      py::arg("of"), R"(The JSON Schema of a site file ("site") or of a plan's JSON ("plan").

>>> import opsi_sizing as sizing
>>> sizing.schema("site")["type"]
'object'

Raises InputError for anything else.)");
  module.def(
      "site_template",
      [](const py::object& clients) {
        const Input& input = *find_input(*standard_model(default_rule_set()), "clients");
        return site_template(checked(input, number_of("clients", clients), {"", 0, 0, "clients"}));
      },
      py::arg("clients") = template_clients,
      R"(A commented site file to start from, as text: every key with its default and meaning.

>>> import opsi_sizing as sizing
>>> sizing.Site.parse(sizing.site_template(300)).plan()["clients"].value
300.0

Raises InputError for a number that the input does not allow.)");
}

}  // namespace sizing::python
