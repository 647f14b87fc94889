// opsi_sizing.import_diagnostic: opsiconfd's diagnostic file as a site, with its hardware against the plan.
#include "libsizing/host/import.h"

#include <pybind11/stl.h>

#include "libsizing/base/text.h"
#include "libsizing/host/imported_site.h"
#include "libsizing/report/import_report.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/planned.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Imported {
  Import import;
  Stamp stamp;
};

Imported import_diagnostic(const PathArgument& path, const RuleSetArgument& opsi, const FiguresArgument& figures,
                           const py::typing::Dict<py::str, py::object>& stated) {
  const Diagnostic diagnostic = load_diagnostic(path_of(path, "path is that of a diagnostic file"));
  const Question asked =
      question_of("import_diagnostic", py::cast(to_site(diagnostic)), py::none(), opsi, figures, stated);
  return {import_site(diagnostic, asked.site), stamp_of("import_diagnostic", asked.site)};
}

void add_lines(py::module_& module) {
  py::class_<HardwareVerdict>(module, "HardwareVerdict", "A resource that a diagnostic file states, against the plan.")
      .def_readonly("fit", &HardwareVerdict::fit, "What is there and what is needed, with the unit.")
      .def_property_readonly(
          "verdict", [](const HardwareVerdict& h) { return name(h.verdict); }, "'too small', 'fits' or 'oversized'.")
      .def_readonly("decided_by", &HardwareVerdict::decided_by, "What decides the need.")
      .def_readonly("rests_on", &HardwareVerdict::rests_on, "The kinds of figures that the need rests on.")
      .def_property_readonly(
          "read_from", [](const HardwareVerdict& h) { return printable(describe(h.from)); }, "File, line and member.")
      .def("__repr__", [](const HardwareVerdict& h) {
        return "<HardwareVerdict " + h.fit.resource + ": " + std::string(name(h.verdict)) + ">";
      });

  py::class_<InForce>(module, "InForce", "A value that opsi works with now beside the plan's, both in `unit`.")
      .def_readonly("quantity", &InForce::quantity)
      .def_property_readonly(
          "unit", [](const InForce& f) { return name(f.unit); }, "Of both.")
      .def_readonly("there", &InForce::there, "The value in force.")
      .def_readonly("planned", &InForce::planned)
      .def_readonly("verdict", &InForce::verdict, "'too few', 'as planned', ….")
      .def_property_readonly(
          "read_from", [](const InForce& f) { return printable(describe(f.from)); }, "File, line and member.")
      .def("__repr__", [](const InForce& f) { return "<InForce " + f.quantity + ": " + f.verdict + ">"; });
}

std::vector<std::string> missing_of(const Imported& i) {
  std::vector<std::string> members;
  for (const std::string& member : i.import.diagnostic.missing) members.push_back(printable(member));
  return members;
}

}  // namespace

void add_import(py::module_& module) {
  add_lines(module);
  py::class_<Imported> imported(module, "Import", "What a diagnostic file became; import_diagnostic() makes it.");
  imported
      .def_property_readonly(
          "answer", [](const Imported& i) { return i.import.answer; }, "One sentence.")
      .def_property_readonly(
          "site", [](const Imported& i) { return i.import.plan.site; }, "The site: one config server.")
      .def_property_readonly(
          "plan", [](const Imported& i) { return std::make_shared<Planned>(i.import.plan.site); }, "Its plan.")
      .def_property_readonly(
          "too_small", [](const Imported& i) { return i.import.too_small(); }, "Whether hardware falls short.")
      .def_property_readonly(
          "hardware", [](const Imported& i) { return i.import.hardware; }, "The hardware against the plan.")
      .def_property_readonly(
          "in_force", [](const Imported& i) { return i.import.in_force; }, "Values in force against the plan.")
      .def_property_readonly(
          "remarks", [](const Imported& i) { return i.import.remarks; },
          "Those on the file, errors first; those of the plan are the plan's.")
      .def_property_readonly("missing", &missing_of, "Members that the file does not have.")
      .def_property_readonly(
          "toml", [](const Imported& i) { return site_file(i.import, i.stamp); },
          "The site file: what is missing above, beside each value where it was read.")
      .def("__repr__", [](const Imported& i) { return "<Import: " + i.import.answer + ">"; });
  add_formats(imported, [](const Imported& i) { return report(i.import, i.stamp); });

  module.def("import_diagnostic", &import_diagnostic, py::arg("path"), py::arg("opsi"), py::arg("figures"),
             py::arg("stated"));
}

}  // namespace sizing::python
