// opsi_sizing.load_of_day and what it gives: DayLoad, ServerLoad, RoutineLoad, Peak, Transfer.
#include "libsizing/plan/load.h"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/report.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/routines.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Loaded {
  Site site;
  LoadAnswer answer;
};

// A peak with what is stated in its place.
struct Peaked {
  RoutinePeak peak;
  std::string stated_instead;
};

struct RoutineLoad {
  RoutineAt at;
  RoutinePeak alone;
};

Loaded load_of(Site site) {
  LoadAnswer answer = ask_load(site);
  return {std::move(site), std::move(answer)};
}

std::optional<std::string> or_nothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// A view into the answer, which it keeps alive.
py::array_t<double> view(const py::object& owner, const std::vector<double>& column) {
  py::array_t<double> array(static_cast<py::ssize_t>(column.size()), column.data(), owner);
  array.attr("flags").attr("writeable") = false;
  return array;
}

std::size_t index_of_input(const ServerLoad& load, const std::string& input) {
  const Keyword keyword = find_keyword(input);
  const std::string name = keyword.of == Keyword::Of::input ? input_of(keyword).name : input;
  for (std::size_t i = 0; i < load.peaks.size(); ++i)
    if (load.peaks[i].input == name) return i;
  throw py::key_error("no routine of " + load.server + " says " + excerpt(input));
}

py::typing::Dict<py::str, Peaked> peaks_of(const ServerLoad& load) {
  py::typing::Dict<py::str, Peaked> peaks;
  for (std::size_t i = 0; i < load.peaks.size(); ++i)
    peaks[py::str(load.peaks[i].input)] = Peaked{load.peaks[i], load.planned[i]};
  return peaks;
}

std::vector<RoutineLoad> routines_of_load(const ServerLoad& load) {
  std::vector<RoutineLoad> routines;
  for (std::size_t i = 0; i < load.routines.size(); ++i) routines.push_back({load.routines[i], load.alone[i]});
  return routines;
}

py::typing::Dict<py::str, RoutineFact> facts_of(const RoutineLoad& routine) {
  py::typing::Dict<py::str, RoutineFact> facts;
  for (const RoutineFact& fact : routine.at.facts) facts[py::str(fact.key)] = fact;
  return facts;
}

std::string peak_text(const RoutinePeak& peak) {
  return rounded(peak.most) + " " + peak.input + " at " + time_of_day(peak.time) + ", mean " + rounded(peak.mean);
}

void add_peak(py::module_& module) {
  py::class_<Peaked>(module, "Peak", "The busiest time of the day of what an input counts.")
      .def_property_readonly(
          "input", [](const Peaked& p) { return p.peak.input; }, "'connections', 'samba.connections', …")
      .def_property_readonly(
          "time", [](const Peaked& p) { return p.peak.time; }, "When, in seconds since midnight.")
      .def_property_readonly(
          "clock", [](const Peaked& p) { return time_of_day(p.peak.time); }, "The same as '07:53:30'.")
      .def_property_readonly(
          "mean", [](const Peaked& p) { return p.peak.mean; }, "The mean number that is there then.")
      .def_property_readonly(
          "most", [](const Peaked& p) { return p.peak.most; }, "Its quantile, which a plan takes; a whole number.")
      .def_property_readonly(
          "share", [](const Peaked& p) { return p.peak.share; }, "Of the quantile: 0.99.")
      .def_property_readonly(
          "routines", [](const Peaked& p) { return p.peak.routines; }, "The names of those that count.")
      .def_property_readonly(
          "assumed", [](const Peaked& p) { return p.peak.assumed; }, "The keys of values that are assumed.")
      .def_property_readonly(
          "above_clients", [](const Peaked& p) { return p.peak.above_clients; },
          "Routines that name more clients than the server has.")
      .def_property_readonly(
          "text", [](const Peaked& p) { return p.peak.text; }, "As plans name it: where the input comes from.")
      .def_property_readonly(
          "stated_instead", [](const Peaked& p) { return or_nothing(p.stated_instead); },
          "What the plan takes instead, with its place; None where it takes the peak.")
      .def("__repr__", [](const Peaked& p) { return "<Peak of " + peak_text(p.peak) + ">"; });
}

void add_transfer(py::module_& module) {
  py::class_<TransferAnswer>(module, "Transfer",
                             R"(How transfers over a shared line go, at the expected times of coming.

Times are in seconds, the end since midnight of the day on which they begin.)")
      .def_readonly("most_at_once", &TransferAnswer::most_at_once, "Clients that transfer at a time.")
      .def_readonly("most_waiting", &TransferAnswer::most_waiting, "Clients that wait for a slot.")
      .def_readonly("end", &TransferAnswer::end, "When the last is done.")
      .def_readonly("shortest_time", &TransferAnswer::shortest_time, "Of a transfer, without its wait for a slot.")
      .def_readonly("mean_time", &TransferAnswer::mean_time)
      .def_readonly("longest_time", &TransferAnswer::longest_time)
      .def_readonly("mean_wait", &TransferAnswer::mean_wait, "For a slot.")
      .def_readonly("longest_wait", &TransferAnswer::longest_wait)
      .def("__repr__", [](const TransferAnswer& t) {
        return "<Transfer: at most " + rounded(t.most_at_once) + " at once, until " + time_of_day(t.end) + ">";
      });
}

void add_routine(py::module_& module) {
  py::class_<RoutineFact>(module, "RoutineValue", "A value of a routine, with where it is from.")
      .def_readonly("key", &RoutineFact::key)
      .def_readonly("text", &RoutineFact::text, "As it is written: '15 min'.")
      .def_readonly("origin", &RoutineFact::from, "The place, the preset or the default.")
      .def_property_readonly(
          "kind", [](const RoutineFact& f) { return name(f.kind); }, "'given', 'assumed', 'published', …")
      .def("__repr__", [](const RoutineFact& f) { return "<RoutineValue " + f.key + " = " + f.text + ">"; });
  py::class_<RoutineLoad>(module, "RoutineLoad", "A routine at a server, with nothing left open.")
      .def_property_readonly("name", [](const RoutineLoad& r) { return r.at.routine.name; })
      .def_property_readonly(
          "preset", [](const RoutineLoad& r) { return or_nothing(r.at.routine.preset); }, "Its name, or None.")
      .def_property_readonly(
          "clients", [](const RoutineLoad& r) { return r.at.clients; }, "How many take part.")
      .def_property_readonly(
          "start", [](const RoutineLoad& r) { return r.at.routine.start; }, "In seconds since midnight.")
      .def_property_readonly(
          "window", [](const RoutineLoad& r) { return r.at.routine.window; }, "Within which all come, in seconds.")
      .def_property_readonly(
          "requests", [](const RoutineLoad& r) { return r.at.requests; }, "Of each client to opsiconfd.")
      .def_property_readonly(
          "request_time", [](const RoutineLoad& r) { return r.at.request_time.mean; }, "Its mean, in seconds.")
      .def_property_readonly(
          "session", [](const RoutineLoad& r) { return r.at.session.mean; }, "Its mean, in seconds.")
      .def_property_readonly("values", &facts_of, "All values by key, with where each is from.")
      .def_property_readonly(
          "alone",
          [](const RoutineLoad& r) {
            return Peaked{r.alone, ""};
          },
          "Its connections if it were the only one.")
      .def_property_readonly(
          "fetching", [](const RoutineLoad& r) { return r.at.transfer ? r.at.fetching() : 0; },
          "How many clients transfer.")
      .def_property_readonly(
          "transfer", [](const RoutineLoad& r) { return r.at.transfer; }, "How the transfers go; None without any.")
      .def("__repr__", [](const RoutineLoad& r) {
        return "<RoutineLoad " + printable(r.at.routine.name) + ": " + peak_text(r.alone) + ">";
      });
}

void add_server_load(py::module_& module) {
  const auto column = [](std::vector<double> DayCourse::*of) {
    return [of](const py::object& self, const std::string& input) {
      const auto& load = self.cast<const ServerLoad&>();
      return view(self, load.courses[index_of_input(load, input)].*of);
    };
  };
  py::class_<ServerLoad>(module, "ServerLoad", "The day of a server.")
      .def_readonly("name", &ServerLoad::server)
      .def_readonly("answer", &ServerLoad::answer, "One sentence.")
      .def_property_readonly("peaks", &peaks_of, "The peak by input, connections first; empty without a routine.")
      .def_property_readonly("routines", &routines_of_load, "Those of this server.")
      .def("mean", column(&DayCourse::mean), py::arg("input") = "connections",
           "The mean number that is there at DayLoad.times, a read-only array; KeyError for an input without a peak.")
      .def("most", column(&DayCourse::most), py::arg("input") = "connections",
           "The quantile of the number that is there at DayLoad.times, a read-only array of whole numbers.")
      .def(
          "close_up",
          [](const py::object& self, const std::string& input) {
            const auto& load = self.cast<const ServerLoad&>();
            const CloseUp& close = load.close_ups[index_of_input(load, input)];
            return std::tuple(view(self, close.times), view(self, close.mean), view(self, close.most));
          },
          py::arg("input") = "connections",
          "Times, means and quantiles while there is somebody to speak of, closer together than DayLoad.times; the "
          "last is the peak.")
      .def("__repr__", [](const ServerLoad& s) { return "<ServerLoad: " + s.answer + ">"; });
}

const ServerLoad& server_named(const Loaded& loaded, const ServerArgument& name) {
  return loaded.answer.servers[server_index(loaded.site, name)];
}

void add_day_load(py::module_& module) {
  py::class_<Loaded> day(module, "DayLoad", R"(What the routines of a day give; load_of_day() makes it.

Nobody waits in this: sessions are added up. print() shows it as `opsi-sizing load` does.)");
  day.def_property_readonly(
         "site", [](const Loaded& l) { return l.site; }, "The site that was asked about.")
      .def_property_readonly(
          "opsi", [](const Loaded& l) { return l.answer.opsi; }, "The rule set.")
      .def_property_readonly(
          "answer", [](const Loaded& l) { return l.answer.answer; }, "A sentence for each server.")
      .def_property_readonly(
          "times", [](const py::object& self) { return view(self, self.cast<const Loaded&>().answer.times); },
          "Seconds since midnight, every five minutes of the day: a read-only array.")
      .def_property_readonly(
          "servers", [](const Loaded& l) -> const std::vector<ServerLoad>& { return l.answer.servers; },
          "All servers, in the order of the site.")
      .def("server", &server_named, py::arg("name") = py::none(), py::return_value_policy::reference_internal,
           "The server of that name, by default the config server. Raises InputError for an unknown one.")
      .def("__repr__", [](const Loaded& l) { return "<DayLoad: " + l.answer.answer + ">"; })
      .def(py::pickle([](const Loaded& l) { return py::make_tuple(l.site); },
                      [](const py::tuple& state) { return load_of(state[0].cast<Site>()); }));
  day.def(
      "plot",
      [](const py::object& self, const ServerArgument& server, const py::object& axes) {
        return py::module_::import("opsi_sizing.plots").attr("plot_day")(self, server, axes);
      },
      py::arg("server") = py::none(), py::arg("axes") = py::none(),
      R"(How many are there over the day: mean and quantile of each input of a server, by default the config server.

Gives Matplotlib's axes. Needs matplotlib.)");
  add_formats(day, [](const Loaded& l) { return report(l.answer, stamp_of("load_of_day", l.site)); });
}

}  // namespace

void add_load(py::module_& module) {
  add_peak(module);
  add_transfer(module);
  add_routine(module);
  add_server_load(module);
  add_day_load(module);
  py::class_<Site>(module.attr("Site"))
      .def(
          "load_of_day", [](const Site& site) { return load_of(site); },
          "What the routines of this site give, as load_of_day() says. Raises InputError where it has none.");
  module.def(
      "load_of_day",
      [](const SiteArgument& site, const RoutinesArgument& routines, const ServerArgument& server,
         const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        Site asked = question_of("load_of_day", site, server, opsi, figures, stated).site;
        state_routines(asked, routines);
        return load_of(std::move(asked));
      },
      py::arg("site"), py::arg("routines"), py::arg("server"), py::arg("opsi"), py::arg("figures"), py::arg("stated"));
}

}  // namespace sizing::python
