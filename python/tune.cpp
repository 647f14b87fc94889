// opsi_sizing.tune: the settings that follow from a plan, and the files that they make.
#include <pybind11/stl.h>

#include "libsizing/base/text.h"
#include "libsizing/host/tuning.h"
#include "libsizing/report/tune_report.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Tuned {
  Tuning tuning;
  Stamp stamp;
};

using OptionalPath = py::typing::Optional<PathArgument>;

std::optional<std::string> folder_of(const py::object& root) {
  return root.is_none() ? std::nullopt : std::optional(path_of(root, "root is the path of a folder"));
}

std::string as_of_now(const SettingLine& line) { return line.file + ":" + std::to_string(line.line); }

Tuned tuned(const Question& asked, const std::optional<std::string>& root, const std::optional<std::string>& family,
            bool lower) {
  std::vector<std::string> more;
  if (root) more.push_back("root=" + std::string(py::repr(py::str(*root))));
  if (family) more.push_back("family=" + std::string(py::repr(py::str(*family))));
  if (lower) more.push_back("lower=True");
  const Stamp stamp = stamp_of("tune", asked.site, more);
  const Plan plan = make_plan(asked.site);
  TuneOptions options;
  if (root) options.root = open_root(*root);
  options.root_name = root.value_or("");
  if (family) options.family = parse_family(*family);
  options.lower = lower;
  options.stamp = written_stamp(stamp, plan.model->name);
  return {tune(plan.servers.at(asked.server), options), stamp};
}

// What is written knows what is in force, or it is not made.
const std::vector<FileChange>& changes_of(const Tuned& t) {
  refuse_unread(t.tuning);
  return t.tuning.changes;
}

void add_setting(py::module_& module) {
  py::class_<TunedSetting>(module, "TunedSetting", "A setting's card: what it is, what is in force, what to do.")
      .def_property_readonly("key", [](const TunedSetting& s) { return s.card.key; })
      .def_readonly("value", &TunedSetting::planned, "As it stands in the file; sizes in bytes, times in minutes.")
      .def_property_readonly(
          "shown", [](const TunedSetting& s) { return s.card.shown; }, "The value for people: '200 MB'.")
      .def_property_readonly(
          "default", [](const TunedSetting& s) { return s.card.standard; }, "What holds without it.")
      .def_property_readonly(
          "in_force",
          [](const TunedSetting& s) { return s.in_force ? std::optional(printable(s.in_force->value)) : std::nullopt; },
          "What the files that were read set; None where none does.")
      .def_property_readonly(
          "in_force_at",
          [](const TunedSetting& s) {
            return s.in_force ? std::optional(printable(as_of_now(*s.in_force))) : std::nullopt;
          },
          "File and line of that, or None.")
      .def_property_readonly(
          "action", [](const TunedSetting& s) { return name(s.action); }, "'leave it', 'keep', 'write' or 'by hand'.")
      .def_readonly("file", &TunedSetting::file, "Where it stands, with the family's path.")
      .def_property_readonly(
          "section", [](const TunedSetting& s) { return s.card.section; }, "Of the file, or ''.")
      .def_property_readonly(
          "what", [](const TunedSetting& s) { return s.card.what; }, "What it is.")
      .def_property_readonly(
          "when", [](const TunedSetting& s) { return s.card.when; }, "When to change it.")
      .def_property_readonly(
          "why", [](const TunedSetting& s) { return s.card.why; }, "Why this value.")
      .def_readonly("apply", &TunedSetting::apply, "How it comes into force.")
      .def_property_readonly(
          "sources", [](const TunedSetting& s) { return s.card.sources; }, "The ids of rows of sources().")
      .def_readonly("note", &TunedSetting::note, "What else is to be said, or ''.")
      .def("__repr__", [](const TunedSetting& s) {
        return "<TunedSetting " + s.card.key + " = " + s.planned + ": " + std::string(name(s.action)) + ">";
      });

  py::class_<FileChange>(module, "FileChange", "A file as it is and as it would be; nothing is written.")
      .def_readonly("path", &FileChange::path, "Below the root.")
      .def_readonly("before", &FileChange::before, "Its text; None of a new file.")
      .def_property_readonly(
          "after", [](const FileChange& c) { return after(c); }, "Its text with the settings.")
      .def_readonly("mode", &FileChange::mode, "Its rights, such as 0o644.")
      .def("__repr__",
           [](const FileChange& c) { return "<FileChange of " + c.path + (c.before ? ">" : ", which is new>"); });
}

}  // namespace

void add_tune(py::module_& module) {
  add_setting(module);
  py::class_<Tuned> tuning(module, "Tuning", "The settings that follow from a plan; tune() makes it.");
  tuning
      .def_property_readonly(
          "answer", [](const Tuned& t) { return t.tuning.answer; }, "One sentence.")
      .def_property_readonly("server", [](const Tuned& t) { return t.tuning.server; })
      .def_property_readonly("roles", [](const Tuned& t) { return t.tuning.roles; })
      .def_property_readonly(
          "opsi", [](const Tuned& t) { return t.tuning.opsi; }, "The rule set.")
      .def_property_readonly(
          "family", [](const Tuned& t) { return name(t.tuning.family); }, "Whose paths: 'debian', 'redhat' or 'suse'.")
      .def_property_readonly(
          "settings", [](const Tuned& t) { return t.tuning.settings; }, "Every card, in the order of the model.")
      .def_property_readonly("changes", &changes_of,
                             "The files that change, as text. Raises InputError where one cannot be read.")
      .def(
          "diff",
          [](const Tuned& t) {
            refuse_unread(t.tuning);
            return unified_diff(t.tuning);
          },
          "The changes of all files, for patch -p1. Raises InputError where one of them cannot be read.")
      .def("__repr__", [](const Tuned& t) { return "<Tuning: " + t.tuning.answer + ">"; });
  add_formats(tuning, [](const Tuned& t) { return report(t.tuning, {}, t.stamp); });

  py::class_<Site>(module.attr("Site"))
      .def(
          "tune",
          [](const Site& site, const ServerArgument& server, const OptionalPath& root,
             const std::optional<std::string>& family, bool lower) {
            return tuned({site, server_index(site, server)}, folder_of(root), family, lower);
          },
          py::kw_only(), py::arg("server") = py::none(), py::arg("root") = py::none(), py::arg("family") = py::none(),
          py::arg("lower") = false, "The settings of a server of this site, as tune() gives them.");
  module.def(
      "tune",
      [](const SiteArgument& site, const OptionalPath& root, const std::optional<std::string>& family, bool lower,
         const ServerArgument& server, const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        return tuned(question_of("tune", site, server, opsi, figures, stated), folder_of(root), family, lower);
      },
      py::arg("site"), py::arg("root"), py::arg("family"), py::arg("lower"), py::arg("server"), py::arg("opsi"),
      py::arg("figures"), py::arg("stated"));
}

}  // namespace sizing::python
