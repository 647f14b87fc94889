// The questions beside a plan: compare, capacity, sweep.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/text.h"
#include "libsizing/plan/capacity_answer.h"
#include "libsizing/plan/comparison.h"
#include "libsizing/plan/sweep_answer.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/planned.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Compared {
  Comparison comparison;
  Stamp stamp;
};
struct Capable {
  CapacityAnswer answer;
  Stamp stamp;
};
struct Swept {
  SweepAnswer answer;
  Stamp stamp;
};

std::shared_ptr<const Planned> planned(const py::object& side) {
  if (py::isinstance<Planned>(side)) return side.cast<std::shared_ptr<Planned>>();
  return std::make_shared<Planned>(site_of(side));
}

std::string label_of(const py::object& label, const Planned& plan, const char* otherwise) {
  if (!label.is_none()) return printable(text_of("labels", label));
  return plan.site().file.empty() ? otherwise : printable(plan.site().file);
}

Compared ask_comparison(const py::object& before, const py::object& after, const py::object& before_label,
                        const py::object& after_label) {
  const auto from = planned(before), to = planned(after);
  return {
      compare(from->whole(), label_of(before_label, *from, "before"), to->whole(), label_of(after_label, *to, "after")),
      stamp_of("opsi_sizing.compare()")};
}

std::vector<Varied> varied_of(const py::dict& vary) {
  std::vector<Varied> varied;
  for (const auto& [key, values] : vary) {
    const std::string name = text_of("vary", key);
    const Keyword keyword = find_keyword(name);
    const py::array given = array_of("vary " + name, values);
    if (given.ndim() != 1)
      throw InputError({"", 0, 0, "vary " + name}, "not a list of numbers",
                       py::str(given.attr("shape")).cast<std::string>(), "numbers, such as range(100, 5001, 100)");
    const py::array_t<double> column(given);
    varied.push_back({keyword.of == Keyword::Of::input ? input_of(keyword).name : name,
                      {column.data(), column.data() + column.size()}});
  }
  return varied;
}

const std::vector<double>& column_of(const Swept& swept, const std::string& name) {
  const SweepAnswer& a = swept.answer;
  for (std::size_t i = 0; i < a.axes.size(); ++i)
    if (a.axes[i].name == name) return a.sweep.varied[i];
  for (std::size_t i = 0; i < a.outputs.size(); ++i)
    if (a.outputs[i] == name) return a.sweep.values[i];
  throw py::key_error("the sweep has no column " + excerpt(name));
}

std::vector<std::string> column_names(const Swept& swept) {
  std::vector<std::string> names;
  for (const Axis& axis : swept.answer.axes) names.push_back(axis.name);
  names.insert(names.end(), swept.answer.outputs.begin(), swept.answer.outputs.end());
  return names;
}

// A view into the sweep, which it keeps alive.
py::array view(const py::object& owner, const std::vector<double>& column) {
  py::array_t<double> array(static_cast<py::ssize_t>(column.size()), column.data(), owner);
  array.attr("flags").attr("writeable") = false;
  return array;
}

std::vector<std::string> deciders_of(const Swept& swept, const std::string& output) {
  const SweepAnswer& a = swept.answer;
  for (std::size_t i = 0; i < a.outputs.size(); ++i) {
    if (a.outputs[i] != output) continue;
    std::vector<std::string> names;
    for (std::size_t row = 0; row < a.sweep.rows; ++row) names.push_back(a.sweep.deciders[i].at(row));
    return names;
  }
  throw py::key_error("the sweep has no output " + excerpt(output));
}

std::map<std::string, std::string> units_of(const Swept& swept) {
  const SweepAnswer& a = swept.answer;
  std::map<std::string, std::string> units;
  for (std::size_t i = 0; i < a.axes.size(); ++i) units[a.axes[i].name] = a.axis_units[i];
  for (std::size_t i = 0; i < a.outputs.size(); ++i) units[a.outputs[i]] = a.output_units[i];
  return units;
}

void add_comparison(py::module_& module) {
  py::class_<Change>(module, "Change", "A quantity that differs; both values in `unit`.")
      .def_readonly("name", &Change::name)
      .def_readonly("unit", &Change::unit)
      .def_readonly("before", &Change::from, "None where that side has no such quantity.")
      .def_readonly("after", &Change::to)
      .def_readonly("before_text", &Change::from_text, "For people.")
      .def_readonly("after_text", &Change::to_text)
      .def_readonly("before_decided_by", &Change::from_decided_by)
      .def_readonly("after_decided_by", &Change::to_decided_by)
      .def("__repr__",
           [](const Change& c) { return "<Change of " + c.name + ": " + c.from_text + " to " + c.to_text + ">"; });

  py::class_<ServerComparison>(module, "ServerComparison", "What changes of one server.")
      .def_readonly("server", &ServerComparison::server, "Its name.")
      .def_readonly("changes", &ServerComparison::changes)
      .def_readonly("new_remarks", &ServerComparison::new_remarks)
      .def_readonly("gone_remarks", &ServerComparison::gone_remarks)
      .def("__repr__", [](const ServerComparison& s) {
        return "<ServerComparison of " + s.server + ": " + std::to_string(s.changes.size()) + " changes>";
      });

  py::class_<Compared> comparison(module, "Comparison", "Two plans side by side; compare() makes it.");
  comparison
      .def_property_readonly(
          "answer", [](const Compared& c) { return c.comparison.answer; }, "One sentence.")
      .def_property_readonly(
          "before", [](const Compared& c) { return c.comparison.from; }, "What was compared.")
      .def_property_readonly(
          "after", [](const Compared& c) { return c.comparison.to; }, "With what.")
      .def_property_readonly(
          "servers", [](const Compared& c) { return c.comparison.servers; }, "What changes of each server.")
      .def("__repr__", [](const Compared& c) { return "<Comparison: " + c.comparison.answer + ">"; });
  add_formats(comparison, [](const Compared& c) { return report(c.comparison, c.stamp); });
  module.def("compare", &ask_comparison, py::arg("before"), py::arg("after"), py::arg("before_label"),
             py::arg("after_label"));
}

void add_capacity(py::module_& module) {
  py::class_<Capable> capacity(module, "Capacity", "How much hardware carries; capacity() makes it.");
  capacity
      .def_property_readonly(
          "answer", [](const Capable& c) { return c.answer.answer; }, "One sentence.")
      .def_property_readonly(
          "input", [](const Capable& c) { return c.answer.input.name; }, "What was asked for.")
      .def_property_readonly(
          "unit", [](const Capable& c) { return name(c.answer.input.unit); }, "Of `most`.")
      .def_property_readonly(
          "most",
          [](const Capable& c) {
            return c.answer.capacity.carries_any ? std::optional(c.answer.capacity.most) : std::nullopt;
          },
          "The largest value that fits; None where none does.")
      .def_property_readonly(
          "at_bound", [](const Capable& c) { return c.answer.capacity.at_bound; },
          "True where even the most that may be asked for fits.")
      .def_property_readonly(
          "runs_out_first", [](const Capable& c) { return c.answer.first; }, "The resources that one more exceeds.")
      .def_property_readonly(
          "hardware", [](const Capable& c) { return c.answer.offers; }, "Each resource against what `most` needs.")
      .def_property_readonly(
          "held", [](const Capable& c) { return c.answer.held; }, "Stated inputs that stay.")
      .def_property_readonly(
          "scaled", [](const Capable& c) { return c.answer.scaled; }, "Stated inputs that grow.")
      .def_property_readonly(
          "remarks", [](const Capable& c) { return c.answer.remarks; }, "Those of a plan at this size.")
      .def("__repr__", [](const Capable& c) { return "<Capacity: " + c.answer.answer + ">"; });
  add_formats(capacity, [](const Capable& c) { return report(c.answer, c.stamp); });
  module.def(
      "capacity",
      [](const SiteArgument& site, const std::string& of, bool scale, const ServerArgument& server,
         const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        const Question asked = question_of("capacity", site, server, opsi, figures, stated);
        const Keyword keyword = find_keyword(of);
        const std::string input = keyword.of == Keyword::Of::input ? input_of(keyword).name : of;
        std::vector<std::string> more;
        if (of != "clients") more.push_back("of=" + std::string(py::repr(py::str(of))));
        if (scale) more.push_back("scale=True");
        return Capable{ask_capacity(asked.site, asked.server, input, scale), stamp_of("capacity", asked.site, more)};
      },
      py::arg("site"), py::arg("of"), py::arg("scale"), py::arg("server"), py::arg("opsi"), py::arg("figures"),
      py::arg("stated"));
}

void add_sweep(py::module_& module) {
  py::class_<Swept> sweep(module, "Sweep", R"(A table over all combinations of some values; sweep() makes it.

sweep["clients"] is a column, a read-only NumPy array; dict(sweep) has them all. len() is the number of rows.)");
  sweep.def("__len__", [](const Swept& s) { return s.answer.sweep.rows; })
      .def(
          "__getitem__",
          [](const py::object& self, const std::string& name) {
            return view(self, column_of(self.cast<const Swept&>(), name));
          },
          py::arg("column"))
      .def("keys", &column_names, "The columns' names: what was varied, then the outputs.")
      .def("__iter__",
           [](const Swept& s) { return py::typing::Iterator<py::str>(py::iter(py::cast(column_names(s)))); })
      .def_property_readonly(
          "axes",
          [](const Swept& s) {
            std::vector<std::string> names;
            for (const Axis& axis : s.answer.axes) names.push_back(axis.name);
            return names;
          },
          "What was varied.")
      .def_property_readonly(
          "outputs", [](const Swept& s) { return s.answer.outputs; }, "What was computed.")
      .def_property_readonly("units", &units_of, "The unit of each column.")
      .def_property_readonly(
          "server", [](const Swept& s) { return s.answer.server; }, "The server that was asked about.")
      .def_property_readonly(
          "opsi", [](const Swept& s) { return s.answer.opsi; }, "The rule set.")
      .def_property_readonly(
          "changes", [](const Swept& s) { return s.answer.changes; },
          "Of a single axis: where what decides changes, a sentence each.")
      .def_property_readonly(
          "assumed", [](const Swept& s) { return s.answer.assumed; }, "What is assumed in every row.")
      .def("decided_by", &deciders_of, py::arg("output"), "What decides an output, by row; '' where nothing does.")
      .def("__repr__", [](const Swept& s) {
        return "<Sweep of " + join(column_names(s), ", ") + ": " + std::to_string(s.answer.sweep.rows) + " rows>";
      });
  sweep.def(
      "plot",
      [](const py::object& self, const py::object& output, const py::object& axes) {
        return py::module_::import("opsi_sizing.plots").attr("plot_sweep")(self, output, axes);
      },
      py::arg("output") = py::none(), py::arg("axes") = py::none(),
      R"(A curve over the varied input, with the points where another rule decides.

output: the quantity, by default the last one; of two axes the second makes a curve each. Gives Matplotlib's axes. Needs
matplotlib.)");
  add_formats(sweep, [](const Swept& s) { return report(s.answer, false, s.stamp); });
  module.def(
      "sweep",
      [](const SiteArgument& site, const py::dict& vary, const std::vector<std::string>& outputs,
         const ServerArgument& server, const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        const Question asked = question_of("sweep", site, server, opsi, figures, stated);
        std::vector<std::string> more = {"vary=" + excerpt(std::string(py::repr(vary)), 200)};
        if (!outputs.empty()) more.push_back("outputs=" + std::string(py::repr(py::cast(outputs))));
        return Swept{ask_sweep(asked.site, asked.server, varied_of(vary), outputs),
                     stamp_of("sweep", asked.site, more)};
      },
      py::arg("site"), py::arg("vary"), py::arg("outputs"), py::arg("server"), py::arg("opsi"), py::arg("figures"),
      py::arg("stated"));
}

}  // namespace

void add_questions(py::module_& module) {
  add_comparison(module);
  add_capacity(module);
  add_sweep(module);
}

}  // namespace sizing::python
