// opsi_sizing.plan and what it gives: Plan, Server, Quantity, Explanation.
#include "libsizing/plan/plan.h"

#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/explain.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/fewest_serving.h"
#include "python/day.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/planned.h"
#include "python/routines.h"
#include "python/simulation.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

using PlanPointer = std::shared_ptr<const Planned>;

struct PlannedServer {
  PlanPointer plan;
  std::size_t index = 0;

  const ResolvedServer& resolved() const { return plan->servers()[index]; }
  const Evaluation& evaluation() const { return resolved().evaluation; }
  const ServerPlan& whole() const { return plan->whole().servers[index]; }
};

struct Quantity {
  PlannedServer server;
  NodeId node = no_node;

  const Evaluation& evaluation() const { return server.evaluation(); }
  const Model& model() const { return *evaluation().model; }
  const Node& of() const { return model().nodes[node]; }
  bool is_input() const { return of().op == Op::input; }
  const Input& input() const { return model().inputs[of().index]; }
  const Formula& formula() const { return model().formulas[of().index]; }
  double value() const { return evaluation().values[node]; }
  const std::string& name() const { return is_input() ? input().name : formula().name; }
  /// The expression behind the value; no_node of an input that was stated.
  NodeId expression() const {
    if (!is_input()) return formula().expression;
    return evaluation().is_given(input()) ? no_node : input().fallback;
  }
};

// An explanation with what its report names beside it.
struct Explained {
  Explanation tree;
  std::string server, opsi;
  Stamp stamp;
};

std::optional<std::string> or_nothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

NodeId node_of(const Planned& plan, const std::string& name) {
  try {
    return quantity_node(plan.model(), name, {});
  } catch (const InputError& error) {
    throw py::key_error(error.what());
  }
}

Quantity quantity(const PlannedServer& server, const std::string& name) {
  return {server, node_of(*server.plan, name)};
}

std::vector<std::string> quantity_names(const Model& model) {
  std::vector<std::string> names = input_names(model);
  for (const std::string& formula : formula_names(model)) names.push_back(formula);
  return names;
}

bool has_quantity(const Model& model, const py::object& name) {
  return py::isinstance<py::str>(name) && find_node(model, text_of("a quantity", name)) != no_node;
}

py::typing::Iterator<py::str> iterator_of(const std::vector<std::string>& names) { return py::iter(py::cast(names)); }

py::typing::Dict<py::str, Quantity> quantities(const PlannedServer& server) {
  py::typing::Dict<py::str, Quantity> all;
  for (const std::string& name : quantity_names(server.plan->model())) all[py::str(name)] = quantity(server, name);
  return all;
}

std::map<std::string, double> parts_by_kind(const Evaluation& e, NodeId node) {
  std::map<std::string, double> parts;
  const auto split = split_by_kind(e, node);
  for (std::size_t k = 0; k < split.size(); ++k)
    if (split[k] != 0) parts[std::string(name(static_cast<Kind>(k)))] = split[k];
  return parts;
}

// The figures that the value comes from, in the order of the model.
std::vector<Figure> figures_of(const Quantity& q) {
  std::vector<Figure> figures;
  const auto live = live_nodes(q.evaluation(), q.node);
  for (NodeId id = 0; id < live.size(); ++id) {
    const Node& node = q.model().nodes[id];
    if (live[id] && (node.op == Op::figure || node.op == Op::interpolate))
      figures.push_back(q.model().figures[node.index]);
  }
  return figures;
}

std::vector<Source> sources_of(const Quantity& q) {
  std::vector<Source> sources;
  for (const Figure& figure : figures_of(q)) {
    const Source* source = find_source(q.model(), figure.source);
    const Source named = source ? *source : Source{figure.source, figure.source, "", "", ""};
    if (std::none_of(sources.begin(), sources.end(), [&](const Source& s) { return s.id == named.id; }))
      sources.push_back(named);
  }
  return sources;
}

Explained explained(const PlannedServer& server, const std::string& name) {
  std::vector<std::string> origins;
  for (const Origin& origin : server.resolved().origins) origins.push_back(origin.text);
  return {explain(server.evaluation(), node_of(*server.plan, name), origins), server.resolved().name,
          server.plan->model().name, stamp_of("plan", server.plan->site())};
}

PlannedServer main_of(const PlanPointer& plan) { return {plan, main_server(plan->site())}; }

PlannedServer server_named(const PlanPointer& plan, const ServerArgument& name) {
  return {plan, server_index(plan->site(), name)};
}

std::vector<PlannedServer> servers_of(const PlanPointer& plan) {
  std::vector<PlannedServer> servers;
  for (std::size_t i = 0; i < plan->servers().size(); ++i) servers.push_back({plan, i});
  return servers;
}

std::vector<Remark> remarks_of_site(const Planned& plan) {
  std::vector<Remark> remarks;
  for (const ServerPlan& server : plan.whole().servers)
    remarks.insert(remarks.end(), server.remarks.begin(), server.remarks.end());
  return remarks;
}

std::string plural(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

void add_parts(py::module_& module) {
  py::class_<Remark>(module, "Remark", "What the rules say of a server beside its numbers.")
      .def_readonly("code", &Remark::code, "A word for scripts, such as 'near_limit'.")
      .def_property_readonly(
          "severity", [](const Remark& r) { return name(r.severity); }, "'error', 'warning' or 'note'.")
      .def_readonly("quantity", &Remark::quantity, "What it is about.")
      .def_readonly("text", &Remark::text, "The sentence.")
      .def("__repr__", [](const Remark& r) { return "<" + std::string(name(r.severity)) + " " + r.code + ">"; })
      .def("__str__",
           [](const Remark& r) { return std::string(name(r.severity)) + ": " + r.text + " [" + r.code + "]"; });

  py::class_<Fit>(module, "Fit", "A resource of a server against what its hardware has, both in `unit`.")
      .def_readonly("resource", &Fit::resource, "'memory', 'cores', …")
      .def_readonly("quantity", &Fit::quantity, "The quantity that needs it.")
      .def_property_readonly(
          "unit", [](const Fit& f) { return name(f.unit); }, "Of needed and offered.")
      .def_readonly("needed", &Fit::needed)
      .def_readonly("offered", &Fit::offered)
      .def_property_readonly(
          "free", [](const Fit& f) { return f.offered - f.needed; }, "What is left; negative where it lacks.")
      .def_readonly("stated", &Fit::offered_text, "The hardware as it was stated.")
      .def_readonly("fits", &Fit::fits)
      .def("__repr__", [](const Fit& f) {
        return "<Fit " + f.resource + ": " + rounded(f.needed) + " of " + with_unit(rounded(f.offered), f.unit) +
               (f.fits ? "" : ", falls short") + ">";
      });

  py::class_<SettingValue>(module, "Setting", "A line of a configuration file that follows from the plan.")
      .def_readonly("key", &SettingValue::key)
      .def_readonly("value", &SettingValue::value, "For the file; sizes in bytes.")
      .def_readonly("shown", &SettingValue::shown, "For people: '600 MB'.")
      .def_readonly("default", &SettingValue::standard, "What holds without it; '' where no source says.")
      .def_readonly("file", &SettingValue::file)
      .def_readonly("apply", &SettingValue::apply, "How it comes into force.")
      .def_readonly("why", &SettingValue::why)
      .def("__repr__", [](const SettingValue& s) { return "<Setting " + s.key + " = " + s.value + ">"; });

  py::class_<Limit>(module, "Limit", "How many clients a server carries, on its hardware or on what the plan buys.")
      .def_property_readonly(
          "most", [](const Limit& l) { return l.capacity.carries_any ? std::optional(l.capacity.most) : std::nullopt; },
          "The most clients; None where it carries none.")
      .def_readonly("on_offered", &Limit::on_offered, "Whether hardware was stated.")
      .def_readonly("runs_out_first", &Limit::first, "The resources that run out first.")
      .def_readonly("scaled", &Limit::scaled, "The stated inputs that grow with the clients.")
      .def("__repr__", [](const Limit& l) {
        return "<Limit: " + (l.capacity.carries_any ? rounded(l.capacity.most) : "no") + " clients" +
               (l.first.empty() ? "" : ", then " + run_out(l.first)) + ">";
      });
}

void add_explanation(py::module_& module) {
  py::class_<Explained> explanation(module, "Explanation", R"(Where a value comes from: a tree of formulas and figures.

print() shows the tree as `opsi-sizing explain` does.

>>> import opsi_sizing as sizing
>>> tree = sizing.plan(clients=1000, connections=100).explain("server.cores")
>>> tree.formula
'max([server.min_cores], cpu.cores_by_workers, cpu.cores_by_clients, least_cores)'
>>> [(operand.name, operand.value, operand.carries) for operand in tree.operands[1:3]]
[('cpu.cores_by_workers', 3.0, False), ('cpu.cores_by_clients', 4.0, True)])");
  explanation
      .def_property_readonly(
          "role", [](const Explained& e) { return name(e.tree.role); }, "'formula', 'input', 'figure' or 'curve'.")
      .def_property_readonly("name", [](const Explained& e) { return e.tree.name; })
      .def_property_readonly(
          "value", [](const Explained& e) { return e.tree.value; }, "In `unit`.")
      .def_property_readonly("unit", [](const Explained& e) { return e.tree.unit; })
      .def_property_readonly(
          "text", [](const Explained& e) { return e.tree.text; }, "The value for people.")
      .def_property_readonly(
          "formula", [](const Explained& e) { return or_nothing(e.tree.formula); }, "With names; None without one.")
      .def_property_readonly(
          "numbers", [](const Explained& e) { return or_nothing(e.tree.numbers); }, "The formula with its numbers.")
      .def_property_readonly(
          "about", [](const Explained& e) { return e.tree.sentence; }, "What it is.")
      .def_property_readonly(
          "decided_by", [](const Explained& e) { return or_nothing(e.tree.decided_by); },
          "The operand of a max or min that decides.")
      .def_property_readonly(
          "kind", [](const Explained& e) { return name(e.tree.kind); }, "The weakest kind that it rests on.")
      .def_property_readonly(
          "rests_on", [](const Explained& e) { return e.tree.rests_on; }, "The shares of all kinds.")
      .def_property_readonly(
          "origin", [](const Explained& e) { return or_nothing(e.tree.origin); }, "Where an input's value comes from.")
      .def_property_readonly(
          "range", [](const Explained& e) { return or_nothing(e.tree.range); }, "Of a figure.")
      .def_property_readonly(
          "source", [](const Explained& e) { return or_nothing(e.tree.source); }, "Of a figure.")
      .def_property_readonly(
          "carries", [](const Explained& e) { return e.tree.carries; }, "False where another operand decided.")
      .def_property_readonly(
          "operands",
          [](const Explained& e) {
            std::vector<Explained> operands;
            for (const Explanation& operand : e.tree.operands) operands.push_back({operand, e.server, e.opsi, e.stamp});
            return operands;
          },
          "The explanations of what the formula names.")
      .def("__repr__", [](const Explained& e) { return "<Explanation " + e.tree.name + " = " + e.tree.text + ">"; });
  add_formats(explanation, [](const Explained& e) { return report(e.tree, e.server, e.opsi, e.stamp); });
}

void add_quantity(py::module_& module) {
  py::class_<Quantity>(module, "Quantity", R"(A named quantity of a planned server.

>>> import opsi_sizing as sizing
>>> memory = sizing.plan(clients=1500, connections=120)["opsiconfd.memory"]
>>> memory.value, memory.unit, memory.decided_by
(1500.0, 'MB', 'opsiconfd.memory_by_workers')
>>> [source.id for source in memory.sources]
['req42']

float(quantity) is its value.)")
      .def_property_readonly("name", &Quantity::name)
      .def_property_readonly("value", &Quantity::value, "In `unit`; yes and no are 1 and 0.")
      .def_property_readonly(
          "unit", [](const Quantity& q) { return name(q.model().units[q.node]); }, "'MB', 'core', … or ''.")
      .def_property_readonly(
          "text", [](const Quantity& q) { return value_text(q.model(), q.node, q.value()); }, "The value for people.")
      .def_property_readonly(
          "about", [](const Quantity& q) { return q.is_input() ? q.input().help : q.formula().sentence; },
          "What it is, in a sentence.")
      .def_property_readonly(
          "formula",
          [](const Quantity& q) {
            return q.expression() == no_node ? std::nullopt : std::optional(formula_text(q.model(), q.expression()));
          },
          "With names; None of an input that was stated.")
      .def_property_readonly(
          "numbers",
          [](const Quantity& q) {
            return q.expression() == no_node ? std::nullopt
                                             : std::optional(numbers_text(q.evaluation(), q.expression()));
          },
          "The formula with its numbers, at eight digits.")
      .def_property_readonly(
          "decided_by", [](const Quantity& q) { return or_nothing(decided_by(q.evaluation(), q.node)); },
          "The operand of a max or min that decides; None where nothing is to decide.")
      .def_property_readonly(
          "kind", [](const Quantity& q) { return name(kind_of(q.evaluation(), q.node)); },
          "The weakest kind that the value rests on: 'published', 'measured', 'derived', 'assumed' or 'given'.")
      .def_property_readonly(
          "rests_on", [](const Quantity& q) { return parts_by_kind(q.evaluation(), q.node); },
          "The parts of the value by kind, in `unit`; they add up to the value.")
      .def_property_readonly(
          "origin",
          [](const Quantity& q) {
            return q.is_input() ? std::optional(q.server.resolved().origins[q.of().index].text) : std::nullopt;
          },
          "Of an input: where its value comes from.")
      .def_property_readonly("figures", &figures_of, "The figures that the value comes from.")
      .def_property_readonly("sources", &sources_of, "The sources of those figures.")
      .def(
          "explain", [](const Quantity& q) { return explained(q.server, q.name()); },
          "The tree of formulas and figures behind the value.")
      .def("__float__", &Quantity::value)
      .def("__repr__", [](const Quantity& q) {
        const std::string by = decided_by(q.evaluation(), q.node);
        return "<Quantity " + q.name() + " = " + value_text(q.model(), q.node, q.value()) +
               (by.empty() ? "" : ", decided by " + by) + ">";
      });
}

void add_server(py::module_& module) {
  py::class_<PlannedServer>(module, "Server",
                            R"(A server of a plan; server["server.memory"] is one of its quantities.)")
      .def_property_readonly("name", [](const PlannedServer& s) { return s.resolved().name; })
      .def_property_readonly("roles", [](const PlannedServer& s) { return s.whole().roles; })
      .def_property_readonly(
          "answer", [](const PlannedServer& s) { return s.whole().answer; }, "One sentence.")
      .def_property_readonly("quantities", &quantities,
                             "All quantities by name, inputs first, in the order of the model.")
      .def_property_readonly(
          "hardware", [](const PlannedServer& s) { return s.whole().fits; },
          "The stated hardware against what is needed; empty where none was stated.")
      .def_property_readonly(
          "fits",
          [](const PlannedServer& s) {
            return s.whole().fits.empty() ? std::nullopt : std::optional(s.whole().all_fit());
          },
          "Whether the stated hardware is enough; None where none was stated.")
      .def_property_readonly(
          "limit", [](const PlannedServer& s) { return s.whole().limit; },
          "How many clients it carries, and what runs out first.")
      .def_property_readonly(
          "settings", [](const PlannedServer& s) { return s.whole().settings; }, "Lines for configuration files.")
      .def_property_readonly(
          "remarks", [](const PlannedServer& s) { return s.whole().remarks; }, "Errors first.")
      .def_property_readonly(
          "memory_by_kind",
          [](const PlannedServer& s) {
            return parts_by_kind(s.evaluation(), find_node(s.plan->model(), "server.memory"));
          },
          "server.memory in MB by the kind of figures that it rests on.")
      .def("explain", &explained, py::arg("quantity"), "The tree behind a quantity; KeyError for an unknown one.")
      .def("__getitem__", &quantity, py::arg("quantity"))
      .def("__contains__",
           [](const PlannedServer& s, const py::object& name) { return has_quantity(s.plan->model(), name); })
      .def("__iter__", [](const PlannedServer& s) { return iterator_of(quantity_names(s.plan->model())); })
      .def(
          "keys", [](const PlannedServer& s) { return quantity_names(s.plan->model()); }, "The quantities' names.")
      .def("__repr__", [](const PlannedServer& s) { return "<Server " + s.whole().answer + ">"; });
}

// With as many workers and cores as the service level asks for.
Site kept_within(Site site, const std::string& within, const DayRun& run) {
  const ServiceLevel level = parse_service_level(within, {"", 0, 0, "within"});
  FewestServing fewest;
  run_days(run, 0, [&](const DayRun& watched) { fewest = fewest_within(site, level, watched); });
  return site_within(std::move(site), fewest);
}

}  // namespace

void add_plan(py::module_& module) {
  add_parts(module);
  add_explanation(module);
  add_quantity(module);
  add_server(module);

  py::class_<Planned, std::shared_ptr<Planned>> plan(module, "Plan", R"(The servers of a site; plan() makes it.

plan["server.memory"] is a quantity of the config server (the only server, where there is one). print() shows the plan
as `opsi-sizing plan` does.

>>> import opsi_sizing as sizing
>>> plan = sizing.plan(clients=1500, connections=120, memory="8 GiB")
>>> plan.fits, plan["server.cores"].value
(True, 6.0)
>>> for remark in plan.remarks[:1]:
...     print(remark.severity, remark.code)
warning extrapolated)");
  plan.def_property_readonly("site", &Planned::site, "The site that was planned.")
      .def_property_readonly(
          "opsi", [](const Planned& p) { return p.model().name; }, "The rule set.")
      .def_property_readonly(
          "servers", [](const PlanPointer& p) { return servers_of(p); }, "All servers, in the order of the site.")
      .def("server", &server_named, py::arg("name") = py::none(),
           "The server of that name, by default the config server. Raises InputError for an unknown one.")
      .def_property_readonly(
          "answer", [](const Planned& p) { return p.whole().answer; }, "The plan in a sentence.")
      .def_property_readonly(
          "fits",
          [](const Planned& p) { return p.whole().has_hardware() ? std::optional(p.whole().all_fit()) : std::nullopt; },
          "Whether all stated hardware is enough; None where none was stated.")
      .def_property_readonly("remarks", &remarks_of_site, "The remarks on all servers.")
      .def_property_readonly(
          "quantities", [](const PlanPointer& p) { return quantities(main_of(p)); },
          "All quantities of the config server by name.")
      .def(
          "explain", [](const PlanPointer& p, const std::string& name) { return explained(main_of(p), name); },
          py::arg("quantity"), "The tree behind a quantity of the config server; KeyError for an unknown one.")
      .def(
          "__getitem__", [](const PlanPointer& p, const std::string& name) { return quantity(main_of(p), name); },
          py::arg("quantity"))
      .def("__contains__", [](const Planned& p, const py::object& name) { return has_quantity(p.model(), name); })
      .def("__iter__", [](const Planned& p) { return iterator_of(quantity_names(p.model())); })
      .def(
          "keys", [](const Planned& p) { return quantity_names(p.model()); }, "The quantities' names.")
      .def("__repr__",
           [](const Planned& p) {
             return "<Plan of " + plural(p.servers().size(), "server") + " by the rules of opsi " + p.model().name +
                    ": " + p.whole().answer + ">";
           })
      .def(py::pickle([](const Planned& p) { return py::make_tuple(p.site()); },
                      [](const py::tuple& state) { return std::make_shared<Planned>(state[0].cast<Site>()); }));
  plan.def(
      "plot",
      [](const py::object& self, const py::object& axes) {
        return py::module_::import("opsi_sizing.plots").attr("plot_plan")(self, axes);
      },
      py::arg("axes") = py::none(),
      "The memory by service as stacked bars, a bar for each server; gives Matplotlib's axes. Needs matplotlib.");
  add_formats(plan, [](const Planned& p) { return report(p.whole(), stamp_of("plan", p.site())); });

  py::class_<Site>(module.attr("Site"))
      .def(
          "plan", [](const Site& site) { return std::make_shared<Planned>(site); }, "The plan of this site.");
  module.def(
      "plan",
      [](const SiteArgument& site, const RoutinesArgument& routines, const std::optional<std::string>& within,
         const std::optional<std::size_t>& replications, std::uint64_t seed, const std::optional<std::size_t>& jobs,
         const ServerArgument& server, const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        Site asked = question_of("plan", site, server, opsi, figures, stated).site;
        state_routines(asked, routines);
        if (within) asked = kept_within(std::move(asked), *within, run_of(replications, seed, jobs, 60));
        return std::make_shared<Planned>(std::move(asked));
      },
      py::arg("site"), py::arg("routines"), py::arg("within"), py::arg("replications"), py::arg("seed"),
      py::arg("jobs"), py::arg("server"), py::arg("opsi"), py::arg("figures"), py::arg("stated"));
}

}  // namespace sizing::python
