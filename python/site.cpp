// opsi_sizing.Site: what is stated about a site, to ask questions of.
#include "libsizing/opsi/site.h"

#include <algorithm>

#include <pybind11/stl.h>

#include "libsizing/base/date.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/resolve.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/routines.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

constexpr char default_name[] = "server";

// For pickle: a site is plain data, and so is its state.
py::tuple site_state(const Site& site) {
  py::list servers, figures, routines;
  for (const Server& server : site.servers) {
    py::list statements, hardware;
    for (const Statement& s : server.statements)
      statements.append(py::make_tuple(s.name, s.value, place_state(s.place), s.why));
    for (const Offer& o : server.hardware)
      hardware.append(py::make_tuple(o.resource, o.amount, o.text, place_state(o.place)));
    servers.append(py::make_tuple(server.name, statements, hardware, place_state(server.place)));
  }
  for (const FigureOverride& f : site.figures)
    figures.append(
        py::make_tuple(f.name, f.value, static_cast<int>(f.kind), f.low, f.high, f.note, place_state(f.place)));
  for (const Routine& routine : site.routines) routines.append(routine_state(routine));
  return py::make_tuple(site.title, site.opsi, place_state(site.opsi_place), site.file, servers, figures, routines);
}

// What is stated, in whatever order and wherever: sites that state the same are equal.
py::tuple site_content(const Site& site) {
  py::list servers;
  py::dict figures, routines;
  for (const Server& server : site.servers) {
    py::dict stated, hardware;
    for (const Statement& s : server.statements) stated[py::str(s.name)] = s.value;
    for (const Offer& o : server.hardware) hardware[py::str(o.resource)] = o.amount;
    servers.append(py::make_tuple(server.name, stated, hardware));
  }
  for (const FigureOverride& f : site.figures)
    figures[py::str(f.name)] = py::make_tuple(f.value, static_cast<int>(f.kind), f.low, f.high, f.note);
  for (const Routine& routine : site.routines) routines[py::str(routine.name)] = routine_content(routine);
  return py::make_tuple(site.title, site.opsi, servers, figures, routines);
}

// Equal sites have the same servers of the same names.
py::ssize_t site_hash(const Site& site) {
  py::tuple names(site.servers.size());
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = py::str(site.servers[i].name);
  return py::hash(py::make_tuple(site.title, site.opsi, names));
}

Site site_from(const py::tuple& state) {
  const auto text = [](const py::handle& item) { return item.cast<std::string>(); };
  Site site{text(state[0]), text(state[1]), place_from(state[2]), text(state[3]), {}, {}, {}};
  for (const py::handle item : state[4]) {
    const auto parts = item.cast<py::tuple>();
    Server server{text(parts[0]), {}, {}, place_from(parts[3])};
    for (const py::handle said : parts[1]) {
      const auto s = said.cast<py::tuple>();
      server.statements.push_back({text(s[0]), s[1].cast<double>(), place_from(s[2]), text(s[3])});
    }
    for (const py::handle offered : parts[2]) {
      const auto o = offered.cast<py::tuple>();
      server.hardware.push_back({text(o[0]), o[1].cast<double>(), text(o[2]), place_from(o[3])});
    }
    site.servers.push_back(std::move(server));
  }
  for (const py::handle item : state[5]) {
    const auto f = item.cast<py::tuple>();
    site.figures.push_back({text(f[0]), text(f[1]), static_cast<Kind>(f[2].cast<int>()),
                            f[3].cast<std::optional<double>>(), f[4].cast<std::optional<double>>(), text(f[5]),
                            place_from(f[6])});
  }
  for (const py::handle item : state[6]) site.routines.push_back(routine_from(item.cast<py::tuple>()));
  return site;
}

std::string quoted(const std::string& text) { return py::repr(py::str(text)); }

bool is_size(const Offer& offer) { return offer.text.find_first_of("BbTtGgMmKk") != std::string::npos; }

// The figures that were given beside the site's file: "{'samba.margin': 40}", "'own.toml'" or a list of both.
std::string figures_in_call(const Site& site) {
  std::vector<std::string> given, own;
  for (const FigureOverride& f : site.figures) {
    const std::string file = quoted(f.place.file);
    if (f.place.file.empty())
      own.push_back(quoted(f.name) + ": " + (f.value.find(':') == std::string::npos ? f.value : quoted(f.value)));
    else if (f.place.file != site.file && std::find(given.begin(), given.end(), file) == given.end())
      given.push_back(file);
  }
  if (!own.empty()) given.push_back("{" + join(own, ", ") + "}");
  return given.size() > 1 ? "[" + join(given, ", ") + "]" : join(given, "");
}

bool said_in_call(const Routine& routine) { return routine.place.file.empty(); }

// What keywords stated; what a file states stands in the file.
std::vector<std::string> stated_in_call(const Site& site) {
  std::vector<std::string> parts;
  if (!site.file.empty()) parts.push_back(quoted(site.file));
  if (site.opsi_place.key == "opsi" && site.opsi_place.file.empty()) parts.push_back("opsi=" + quoted(site.opsi));
  for (const Server& server : site.servers) {
    std::vector<std::string> own;
    for (const Statement& s : server.statements)
      if (s.place.file.empty() && !s.place.key.empty()) own.push_back(keyword_of(s.name) + "=" + exact(s.value));
    for (const Offer& o : server.hardware)
      if (o.place.file.empty())
        own.push_back(keyword_of(o.resource) + "=" + (is_size(o) ? quoted(o.text) : exact(o.amount)));
    if (own.empty()) continue;
    if (site.servers.size() > 1) parts.push_back("server=" + quoted(server.name));
    parts.insert(parts.end(), own.begin(), own.end());
  }
  const std::string figures = figures_in_call(site);
  if (!figures.empty()) parts.push_back("figures=" + figures);
  std::vector<std::string> routines;
  for (const Routine& routine : site.routines)
    if (said_in_call(routine)) routines.push_back(routine_in_call(routine));
  if (!routines.empty()) parts.push_back("routines=[" + join(routines, ", ") + "]");
  return parts;
}

// How a site is made again where that is a line: a file and what goes over it, or one server.
std::string repr_of(const Site& site) {
  if (site.file.empty() && site.servers.size() > 1) {
    std::vector<std::string> names;
    for (const Server& server : site.servers) names.push_back(quoted(server.name));
    return "<Site of " + std::to_string(names.size()) + " servers: " + join_some(names) + ">";
  }
  std::vector<std::string> parts = stated_in_call(site);
  if (site.file.empty()) {
    if (!site.title.empty()) parts.insert(parts.begin(), "title=" + quoted(site.title));
    if (site.servers[0].name != default_name) parts.insert(parts.begin(), "name=" + quoted(site.servers[0].name));
    return "Site(" + join(parts, ", ") + ")";
  }
  const std::string load = "Site.load(" + parts[0] + ")";
  parts.erase(parts.begin());
  return parts.empty() ? load : load + ".with_(" + join(parts, ", ") + ")";
}

std::string checked_title(const std::string& key, const std::string& title) {
  if (title.size() > longest_title || title != printable(title))
    throw InputError({"", 0, 0, key}, "not allowed", title,
                     "at most " + std::to_string(longest_title) + " bytes without control characters");
  return title;
}

Server& named(Site& site, const std::string& name) {
  if (checked_title("name", name).empty()) throw InputError({"", 0, 0, "name"}, "is empty");
  for (const Server& server : site.servers)
    if (server.name == name)
      throw InputError({"", 0, 0, "name"}, "a second server of this name", name, "a name of its own for each server");
  return site.servers.emplace_back(Server{name, {}, {}, {}});
}

Site new_site(const std::string& name, const std::string& title, const RuleSetArgument& opsi,
              const FiguresArgument& figures, const RoutinesArgument& routines, const py::kwargs& stated) {
  Site site;
  site.title = checked_title("title", title);
  named(site, name);
  state_rule_set(site, opsi);
  state_figures(site, figures);
  state_keywords("Site", site, 0, stated);
  state_routines(site, routines);
  return site;
}

Site with_server(Site site, const std::string& name, const py::kwargs& stated) {
  named(site, name);
  state_keywords("add", site, site.servers.size() - 1, stated);
  return site;
}

std::vector<std::string> server_names(const Site& site) {
  std::vector<std::string> names;
  for (const Server& server : site.servers) names.push_back(server.name);
  return names;
}

}  // namespace

Stamp stamp_of(const std::string& call) { return {today(), call}; }

Stamp stamp_of(const std::string& function, const Site& site, const std::vector<std::string>& more) {
  const bool put_together =
      std::any_of(site.routines.begin(), site.routines.end(), said_in_call) ||
      (site.file.empty() && (site.servers.size() > 1 || site.servers[0].name != default_name || !site.title.empty()));
  std::vector<std::string> parts = put_together ? std::vector{repr_of(site)} : stated_in_call(site);
  parts.insert(parts.end(), more.begin(), more.end());
  return stamp_of("opsi_sizing." + function + "(" + join(parts, ", ") + ")");
}

void add_site(py::module_& module) {
  register_parameters("Site", {"name", "title", "opsi", "figures", "routines"});
  register_parameters("with_", {"server", "opsi", "figures", "routines"});
  register_parameters("add", {"name"});
  py::class_<Site>(module, "Site", R"(What is stated about a site: its servers, their hardware, its own figures.

A site never changes; with_ and add give another one. Keyword arguments are the inputs, groups and hardware that the
model has (opsi_sizing.Model().inputs says what each means and allows); what is not stated follows its default.

>>> import opsi_sizing as sizing
>>> site = sizing.Site(clients=240, connections=64, memory="8 GiB", cores=4)
>>> bigger = site.with_(clients=480)
>>> bigger
Site(clients=480, connections=64, memory='8 GiB', cores=4)

routines: who uses the servers at what time of the day, each a dictionary of what a site file says in [[routine]]
(durations, times of day and sizes as text with their unit), or the name of a preset; one or a list. connections,
samba.connections and online_clients follow from them where they are not stated. Files of a shape (shape_file) and of
times (request_time_file) are named from the current folder.

>>> school = sizing.Site(clients=240, routines=[{"preset": "school morning", "clients": 152}])
>>> school.plan()["connections"].value
64.0

Raises InputError for a value that is not allowed, TypeError for an unknown keyword.)")
      .def(py::init(&new_site), py::kw_only(), py::arg("name") = default_name, py::arg("title") = "",
           py::arg("opsi") = py::none(), py::arg("figures") = py::none(), py::arg("routines") = py::none())
      .def_static(
          "load", [](const PathArgument& path) { return load_site(path_of(path)); }, py::arg("path"),
          R"(Reads a site file (TOML) and the files that its routines name.

Raises InputError with file, line, column and key for what is not allowed.)")
      .def_static(
          "parse",
          [](const std::string& text, const std::string& name) {
            Site site = read_site(text, name);
            load_measured(site.routines, name);
            return site;
          },
          py::arg("text"), py::arg("name") = "text",
          R"(Reads the text of a site file; errors name it `name`.

The files that its routines name (shape_file, request_time_file) are read from the folder of `name`: with a bare name
that is the current folder.

>>> import opsi_sizing as sizing
>>> sizing.Site.parse("[[server]]\nclients = 240").plan().opsi
'4.2')")
      .def(
          "with_",
          [](const Site& site, const ServerArgument& server, const RuleSetArgument& opsi,
             const FiguresArgument& figures, const RoutinesArgument& routines, const py::kwargs& stated) {
            Site other = question_of("with_", py::cast(site), server, opsi, figures, stated).site;
            state_routines(other, routines);
            return other;
          },
          py::kw_only(), py::arg("server") = py::none(), py::arg("opsi") = py::none(), py::arg("figures") = py::none(),
          py::arg("routines") = py::none(),
          R"(The site with this stated as well, or instead; of `server`, by default the config server.

A routine of a name that the site has takes the place of that one.)")
      .def("add", &with_server, py::arg("name"),
           R"(The site with one server more.

>>> import opsi_sizing as sizing
>>> site = sizing.Site(clients=2000, name="centre").add("branch", roles=["depot"], clients=150)
>>> [server.name for server in site.plan().servers]
['centre', 'branch'])")
      .def_property_readonly("servers", &server_names, "The names of the servers.")
      .def_property_readonly(
          "opsi", [](const Site& site) { return model_of(site)->name; }, "The rule set by which the site is planned.")
      .def_readonly("title", &Site::title, "What the site is called.")
      .def_property_readonly(
          "file", [](const Site& site) { return site.file.empty() ? std::optional<std::string>() : site.file; },
          "The file it was read from, or None.")
      .def("__repr__", &repr_of)
      .def("__eq__",
           [](const Site& a, const py::object& b) {
             return py::isinstance<Site>(b) && site_content(a).equal(site_content(b.cast<const Site&>()));
           })
      .def("__hash__", &site_hash)
      .def(py::pickle(&site_state, &site_from));
  module.def(
      "figures_of_file",
      [](const py::object& path) {
        std::map<std::string, std::string> values;
        for (const FigureOverride& f : load_own_figures(
                 path_of(path, "figures takes a dictionary of names and values or the path of a file of figures")))
          values[f.name] = f.value;
        return values;
      },
      py::arg("path"), "The values of a file of figures as text, by name.");
}

}  // namespace sizing::python
