// opsi_sizing.check, check_name and check_proxy: a host, names and proxy settings against opsi's requirements.
#include <algorithm>

#include <pybind11/stl.h>

#include "libsizing/base/date.h"
#include "libsizing/base/text.h"
#include "libsizing/host/check_answer.h"
#include "libsizing/report/monitoring.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Checked {
  CheckAnswer answer;
  Stamp stamp;
};

std::optional<std::string> or_nothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(printable(text));
}
std::optional<int> or_nothing(int number) { return number > 0 ? std::optional(number) : std::nullopt; }

std::map<std::string, int> counts_of(const Checked& c) {
  std::map<std::string, int> named;
  for (const auto& [verdict, count] : counts(c.answer.checks)) named[std::string(name(verdict))] = count;
  return named;
}

bool states_something(const py::dict& stated) {
  return std::any_of(stated.begin(), stated.end(), [](const auto& item) { return !item.second.is_none(); });
}

// Without a server's name the one that is this host, else the one that questions mean.
py::object server_or_own(const py::object& server, const Site& site, const Facts& facts) {
  if (!server.is_none()) return server;
  const std::size_t own = server_of_host(site, facts);
  return own < site.servers.size() ? py::object(py::str(site.servers[own].name)) : py::none();
}

Checked check(const SiteArgument& site, const PathArgument& root, bool connect, const ServerArgument& server,
              const RuleSetArgument& opsi, const FiguresArgument& figures,
              const py::typing::Dict<py::str, py::object>& stated) {
  const std::string folder = path_of(root, "root is the path of a folder");
  const Site given = site_of(site);
  Facts facts;
  {
    const py::gil_scoped_release others_may_run;  // names are looked up, which may take seconds
    facts = read_facts(open_root(folder));
  }
  const Question asked =
      question_of("check", py::cast(given), server_or_own(server, given, facts), opsi, figures, stated);
  HostQuestion question{asked.site, std::nullopt, folder, today(), connect};
  if (!site.is_none() || !figures.is_none() || states_something(stated)) question.server = asked.server;
  std::vector<std::string> more;
  if (folder != "/") more.push_back("root=" + std::string(py::repr(root)));
  if (connect) more.push_back("connect=True");
  const Stamp stamp = stamp_of("check", asked.site, more);
  const py::gil_scoped_release others_may_run;
  return {check_host(facts, question), stamp};
}

Checked check_given_names(const py::args& names) {
  std::vector<std::string> words, shown;
  for (const py::handle name : names) {
    words.push_back(text_of("check_name", name));
    shown.push_back(py::repr(name));
  }
  if (words.empty()) throw InputError({"", 0, 0, "check_name"}, "which name?", "", "one name of a host or more");
  return {check_names(words), stamp_of("opsi_sizing.check_name(" + join_some(shown) + ")")};
}

Checked check_given_proxy(const std::string& value, const std::string& variable) {
  return {check_proxy(variable, value),
          stamp_of("opsi_sizing.check_proxy(" + py::repr(py::str(value)).cast<std::string>() +
                   (variable == "no_proxy" ? "" : ", variable='" + variable + "'") + ")")};
}

void add_rows(py::module_& module) {
  py::class_<Check>(module, "Check", "A requirement held against what was found.")
      .def_readonly("id", &Check::id, "A word for scripts, such as 'memory' or 'no_proxy.wildcard'.")
      .def_readonly("title", &Check::title, "For people.")
      .def_property_readonly(
          "verdict", [](const Check& c) { return name(c.verdict); },
          "'pass', 'note', 'warning', 'fail', or 'unseen': it could not be looked at, which is never a pass.")
      .def_property_readonly(
          "found", [](const Check& c) { return or_nothing(c.found); }, "What is there, with its unit; None unseen.")
      .def_property_readonly(
          "required", [](const Check& c) { return or_nothing(c.required); }, "What has to be there, with its unit.")
      .def_property_readonly(
          "source", [](const Check& c) { return or_nothing(c.source); }, "The id of a row of sources().")
      .def_property_readonly(
          "advice", [](const Check& c) { return or_nothing(c.advice); },
          "What to do; None where nothing is to be done.")
      .def_property_readonly(
          "file", [](const Check& c) { return or_nothing(c.place.file); }, "Where it stands, or None.")
      .def_property_readonly(
          "line", [](const Check& c) { return or_nothing(c.place.line); }, "Of that file, from 1.")
      .def_property_readonly(
          "column", [](const Check& c) { return or_nothing(c.place.column); }, "Of that line or name, from 1.")
      .def_property_readonly(
          "key", [](const Check& c) { return or_nothing(c.place.key); }, "The name or variable that it is about.")
      .def("__repr__", [](const Check& c) { return "<Check " + c.id + ": " + std::string(name(c.verdict)) + ">"; });

  py::class_<Measure>(module, "Measure", "A number of a check, for monitoring.")
      .def_readonly("check", &Measure::check, "The check's id.")
      .def_readonly("name", &Measure::name)
      .def_readonly("value", &Measure::value, "In `unit`.")
      .def_readonly("unit", &Measure::unit, "'B', or '' of a count.")
      .def_readonly("warning", &Measure::warning, "Below this the check warns; None where it never does.")
      .def_readonly("critical", &Measure::critical, "Below this the check fails; None where it never does.")
      .def("__repr__", [](const Measure& m) { return "<Measure " + m.check + " " + m.name + ">"; });
}

}  // namespace

void add_check(py::module_& module) {
  add_rows(module);
  py::class_<Checked> checked(module, "CheckAnswer", "Requirements, row by row; check() and its relatives make it.");
  checked
      .def_property_readonly(
          "answer", [](const Checked& c) { return c.answer.answer; }, "One sentence.")
      .def_property_readonly(
          "verdict", [](const Checked& c) { return name(c.answer.verdict()); },
          "That of all together: fail before warning before unseen before note before pass.")
      .def_property_readonly(
          "subject", [](const Checked& c) { return c.answer.subject; }, "What was checked.")
      .def_property_readonly(
          "opsi", [](const Checked& c) { return or_nothing(c.answer.opsi); }, "The release; None where none is needed.")
      .def_property_readonly(
          "opsi_from", [](const Checked& c) { return or_nothing(c.answer.opsi_from); }, "Where its choice is from.")
      .def_property_readonly(
          "server", [](const Checked& c) { return or_nothing(c.answer.server); },
          "The server whose plan the host was held against, or None.")
      .def_property_readonly(
          "checks", [](const Checked& c) { return c.answer.checks; }, "The rows, in the order of the requirements.")
      .def_property_readonly(
          "measures", [](const Checked& c) { return c.answer.measures; }, "Numbers that monitoring may record.")
      .def_property_readonly("counts", &counts_of, "How many rows have each verdict.")
      .def(
          "to_nagios", [](const Checked& c) { return to_nagios(c.answer, c.stamp); },
          "What a plug-in of Nagios or Icinga prints.")
      .def(
          "to_checkmk", [](const Checked& c) { return to_checkmk(c.answer, c.stamp); },
          "The lines of a local check of Checkmk.")
      .def("__repr__", [](const Checked& c) {
        return "<CheckAnswer " + std::string(name(c.answer.verdict())) + ": " + c.answer.answer + ">";
      });
  add_formats(checked, [](const Checked& c) { return report(c.answer, c.stamp); });

  module.def("check", &check, py::arg("site"), py::arg("root"), py::arg("connect"), py::arg("server"), py::arg("opsi"),
             py::arg("figures"), py::arg("stated"));
  module.def("check_name", &check_given_names,
             R"(Names of hosts against opsi's rules for them and those of host names; a full name's domain as well.

>>> import opsi_sizing as sizing
>>> answer = sizing.check_name("opsi1.example.org", "opsi_2")
>>> answer.verdict, [check.id for check in answer.checks if check.verdict == "fail"]
('fail', ['host_name.underscore'])

Raises InputError without a name, TypeError for what is no text.)");
  module.def("check_proxy", &check_given_proxy, py::arg("value"), py::arg("variable") = "no_proxy",
             R"(The value of a proxy variable against what the programs of an opsi server understand.

variable: 'no_proxy', 'http_proxy' or 'https_proxy'.

>>> import opsi_sizing as sizing
>>> answer = sizing.check_proxy("localhost,127.0.0.1,*.example.org")
>>> [(check.id, check.column) for check in answer.checks if check.verdict == "fail"]
[('no_proxy.wildcard', 21)]

Raises InputError for another variable.)");
}

}  // namespace sizing::python
