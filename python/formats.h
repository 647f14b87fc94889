// Every answer in every format, with the same names on every class.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/typing.h>

#include "libsizing/report/report.h"

namespace sizing::python {

/// Adds to_text, to_markdown, to_csv, to_json, to_html, to_dict, str() and the notebook's table to a class.
/// `report_of` makes the report of an object, which must outlive it.
template <class Class, class ReportOf>
void add_formats(Class& type, ReportOf report_of) {
  namespace py = pybind11;
  using Object = typename Class::type;
  type.def(
      "to_text",
      [report_of](const Object& object, std::size_t width) {
        return render(report_of(object), Format::text, {false, width});
      },
      py::arg("width") = 100, "As the command line prints it, prose wrapped to `width` columns.");
  type.def(
      "to_markdown", [report_of](const Object& object) { return render(report_of(object), Format::markdown, {}); },
      "As Markdown, with tables.");
  type.def(
      "to_csv", [report_of](const Object& object) { return render(report_of(object), Format::csv, {}); },
      "As CSV in full precision.");
  type.def(
      "to_json", [report_of](const Object& object) { return render(report_of(object), Format::json, {}); },
      "As JSON in full precision, the same as the command line gives with --format json.");
  type.def(
      "to_html", [report_of](const Object& object) { return to_html(report_of(object).document()); },
      "As an HTML fragment, which notebooks show.");
  type.def(
      "to_dict",
      [report_of](const Object& object) -> py::typing::Dict<py::str, py::object> {
        return py::module_::import("json").attr("loads")(report_of(object).json());
      },
      "What to_json says, as dictionaries and lists.");
  type.def("__str__", [report_of](const Object& object) { return render(report_of(object), Format::text, {}); });
  type.def("_repr_html_", [report_of](const Object& object) { return to_html(report_of(object).document()); });
}

/// "opsi_sizing.plan('school.toml', clients=500)": what a result was asked with, for its stamp.
Stamp stamp_of(const std::string& function, const Site& site, const std::vector<std::string>& more = {});
Stamp stamp_of(const std::string& call);

}  // namespace sizing::python
