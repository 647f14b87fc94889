// opsi_sizing.simulate and what it gives: Waiting.
#include <cmath>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/waiting.h"
#include "libsizing/report/report.h"
#include "python/day.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/routines.h"
#include "python/simulation.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {

DayRun run_of(const std::optional<std::size_t>& replications, std::uint64_t seed,
              const std::optional<std::size_t>& jobs, double step) {
  DayRun run;
  if (replications && *replications == 0)
    throw InputError({"", 0, 0, "replications"}, "not allowed", "0", "a whole number from 1");
  run.replications = replications.value_or(0), run.seed = seed, run.threads = jobs.value_or(0), run.step = step;
  return run;
}

namespace {

struct Waited {
  Site site;
  std::optional<double> workers;
  std::optional<std::string> within;
  WaitingAnswer answer;
  std::vector<std::string> run_said{};  // "workers=1", "seed=7"
};

Instead instead_of(const std::optional<double>& workers) { return {workers, {}, "argument workers"}; }

std::optional<ServiceLevel> level_of(const std::optional<std::string>& within) {
  if (!within) return {};
  return parse_service_level(*within, {"", 0, 0, "within"});
}

// What of the run is no default, as arguments; `run` has what was asked for.
std::vector<std::string> run_said(const Waited& w, const DayRun& run) {
  const DayRun usual;
  std::vector<std::string> said;
  if (w.workers) said.push_back("workers=" + exact(*w.workers));
  if (w.within) said.push_back("within=" + py::repr(py::str(*w.within)).cast<std::string>());
  if (run.step != usual.step) said.push_back("step=" + exact(run.step));
  if (run.replications > 0) said.push_back("replications=" + std::to_string(run.replications));
  if (run.seed != usual.seed) said.push_back("seed=" + std::to_string(run.seed));
  return said;
}

Waited simulated(Site site, std::optional<double> workers, std::optional<std::string> within, const DayRun& run,
                 int level_of_caller) {
  if (workers && !(*workers >= 1 && *workers <= 10'000 && *workers == std::floor(*workers)))
    throw InputError({"", 0, 0, "workers"}, "not allowed", exact(*workers), "a whole number from 1 to 10000");
  Serving serving = serving_of(site, instead_of(workers));
  const std::optional<ServiceLevel> level = level_of(within);
  WaitingAnswer answer;
  const DayRun usual = usual_run(serving, run);
  const bool early = run_days(usual, expected_requests(serving.clients, usual),
                              [&](const DayRun& watched) { answer = ask_waiting(std::move(serving), watched, level); });
  answer.run = usual;
  if (early) warn_of_fewer(answer.day, usual.replications, level_of_caller);
  Waited waited{std::move(site), workers, std::move(within), std::move(answer)};
  waited.run_said = run_said(waited, run);
  return waited;
}

py::typing::Dict<py::str, RoutineFact> facts_of(const Waited& w) {
  py::typing::Dict<py::str, RoutineFact> facts;
  for (const RoutineFact& fact : w.answer.serving.facts) facts[py::str(fact.key)] = fact;
  return facts;
}

void add_stage(py::module_& module) {
  py::class_<TextbookStage>(module, "TextbookStage", "A stage of the service in the long run, as the textbook has it.")
      .def_readonly("stage", &TextbookStage::stage, "'threads' or 'cores'.")
      .def_readonly("servers", &TextbookStage::servers, "How many there are.")
      .def_property_readonly(
          "utilisation", [](const TextbookStage& s) { return s.answer.utilisation; },
          "Offered load over servers; 1 or more: waits grow without end.")
      .def_property_readonly(
          "mean_wait", [](const TextbookStage& s) { return s.answer.mean_wait.value; }, "In seconds.")
      .def_property_readonly(
          "by", [](const TextbookStage& s) { return std::string(s.answer.mean_wait.name); }, "'Erlang C', …")
      .def_property_readonly("exact", [](const TextbookStage& s) { return s.answer.mean_wait.exact; })
      .def_property_readonly(
          "mean_error", [](const TextbookStage& s) { return s.answer.mean_wait.error.mean; },
          "Of an approximation, as a share of the truth; 0 where it is exact.")
      .def_property_readonly(
          "finite_mean_wait",
          [](const TextbookStage& s) { return s.finite ? std::optional(s.finite->mean_wait) : std::nullopt; },
          "The same where the clients of a steady timer come back, exact (M/M/m//N); None for all else.")
      .def("__repr__", [](const TextbookStage& s) {
        return "<TextbookStage " + s.stage + ": " + rounded(100 * s.answer.utilisation) + " % in use>";
      });
}

void add_waiting(py::module_& module) {
  py::class_<Waited> waiting(module, "Waiting",
                             R"(How long the clients of a day wait for opsiconfd; simulate() makes it.

Times are in seconds, those of the day since midnight. print() shows it as `opsi-sizing simulate` does.)");
  waiting
      .def_property_readonly(
          "site", [](const Waited& w) { return w.site; }, "The site that was asked about.")
      .def_property_readonly(
          "opsi", [](const Waited& w) { return w.answer.serving.opsi; }, "The rule set.")
      .def_property_readonly(
          "server", [](const Waited& w) { return w.answer.serving.server; }, "The config server's name.")
      .def_property_readonly(
          "answer", [](const Waited& w) { return w.answer.answer; }, "In a sentence or two.")
      .def_property_readonly(
          "kept", [](const Waited& w) { return w.answer.level ? std::optional(w.answer.kept) : std::nullopt; },
          "Whether the service level is kept; None where none was asked about.")
      .def_property_readonly("serving", &facts_of,
                             "What serves, with where each value is from: workers, threads, cores, pool, …")
      .def_property_readonly(
          "textbook", [](const Waited& w) { return w.answer.textbook.stages; },
          "The stages in the long run at the load of the busiest step, or of a steady day.")
      .def_property_readonly(
          "steady", [](const Waited& w) { return w.answer.textbook.steady; }, "Whether the load of the day is steady.")
      .def_property_readonly(
          "day",
          [](const Waited& w) {
            return py::module_::import("opsi_sizing.queueing")
                .attr("day_of")(figures_of(w.answer.day), steps_of(w.answer.day), w.answer.day.replications);
          },
          "All figures with half-widths, and the day in steps as NumPy arrays: opsi_sizing.queueing.SimulatedDay.")
      .def("__repr__", [](const Waited& w) { return "<Waiting: " + w.answer.answer + ">"; })
      .def(py::pickle(
          [](const Waited& w) {
            const DayRun& run = w.answer.run;
            return py::make_tuple(w.site, w.workers, w.within, run.replications, run.seed, run.step, w.run_said,
                                  state_of(w.answer.day));
          },
          [](const py::tuple& s) {
            auto site = s[0].cast<Site>();
            const auto workers = s[1].cast<std::optional<double>>();
            const auto within = s[2].cast<std::optional<std::string>>();
            const DayRun run = run_of(s[3].cast<std::size_t>(), s[4].cast<std::uint64_t>(), {}, s[5].cast<double>());
            WaitingAnswer answer = waiting_answer(serving_of(site, instead_of(workers)), run,
                                                  day_from(s[7].cast<py::tuple>()), level_of(within));
            return Waited{std::move(site), workers, within, std::move(answer), s[6].cast<std::vector<std::string>>()};
          }))
      .def("__copy__", [](const Waited& w) { return w; })
      .def("__deepcopy__", [](const Waited& w, const py::dict&) { return w; });
  waiting.def(
      "plot",
      [](const py::object& self, const py::object& axes) {
        return py::module_::import("opsi_sizing.plots").attr("plot_waiting")(self, axes);
      },
      py::arg("axes") = py::none(),
      R"(Arrivals, busy threads, the queue and waiting times over the day, below one another.

axes: four of Matplotlib's to draw on, by default those of a new figure; gives them. Needs matplotlib.)");
  add_formats(waiting, [](const Waited& w) { return report(w.answer, stamp_of("simulate", w.site, w.run_said)); });
}

}  // namespace

void add_simulate(py::module_& module) {
  add_stage(module);
  add_waiting(module);
  const auto with_run =
      [](const Site& site, const std::optional<double>& workers, const std::optional<std::string>& within, double step,
         const std::optional<std::size_t>& replications, std::uint64_t seed, const std::optional<std::size_t>& jobs) {
        return simulated(site, workers, within, run_of(replications, seed, jobs, step), 1);
      };
  py::class_<Site>(module.attr("Site"))
      .def("simulate", with_run, py::kw_only(), py::arg("workers") = py::none(), py::arg("within") = py::none(),
           py::arg("step") = 60.0, py::arg("replications") = py::none(), py::arg("seed") = 1,
           py::arg("jobs") = py::none(),
           "How long its clients wait, as simulate() says. Raises InputError where it has no routine.");
  module.def(
      "simulate",
      [](const SiteArgument& site, const RoutinesArgument& routines, const std::optional<double>& workers,
         const std::optional<std::string>& within, double step, const std::optional<std::size_t>& replications,
         std::uint64_t seed, const std::optional<std::size_t>& jobs, const ServerArgument& server,
         const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        Question asked = question_of("simulate", site, server, opsi, figures, stated);
        check_simulated(asked.site, asked.server, {"", 0, 0, "server"});
        state_routines(asked.site, routines);
        return simulated(std::move(asked.site), workers, within, run_of(replications, seed, jobs, step), 2);
      },
      py::arg("site"), py::arg("routines"), py::arg("workers"), py::arg("within"), py::arg("step"),
      py::arg("replications"), py::arg("seed"), py::arg("jobs"), py::arg("server"), py::arg("opsi"), py::arg("figures"),
      py::arg("stated"));
}

}  // namespace sizing::python
