#include "python/routines.h"

#include <algorithm>

#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

const char takes[] = "routines takes a dictionary such as {\"preset\": \"school morning\"}, a preset's name or a list";

std::string value_text(const std::string& key, const py::handle& value) {
  if (py::isinstance<py::str>(value)) return text_of(key, value);
  if (py::hasattr(value, "__fspath__")) return path_of(value);
  if (py::isinstance<py::bool_>(value)) throw py::type_error(key + " takes text or a number, not bool");
  return exact(number_of(key, value));
}

std::vector<RoutineValue> values_of(const py::handle& said, const std::string& within) {
  const auto said_in = [&](const std::string& key, std::string text) {
    return RoutineValue{key, std::move(text), {"", 0, 0, "routines"}};
  };
  if (py::isinstance<py::str>(said)) return {said_in("preset", text_of(within, said))};
  if (!py::hasattr(said, "keys"))
    throw py::type_error(takes + std::string(" of these, not ") +
                         py::str(py::type::handle_of(said).attr("__name__")).cast<std::string>());
  std::vector<RoutineValue> values;
  for (const auto& [key, value] : py::dict(py::reinterpret_borrow<py::object>(said))) {
    const std::string name = text_of(within, key);
    if (!value.is_none()) values.push_back(said_in(name, value_text(within + "." + name, value)));
  }
  return values;
}

// Calls `read`; what it refuses of a routine is refused of `within`.
void refusing_within(const std::string& within, const auto& read) {
  try {
    read();
  } catch (const InputError& error) {
    const std::string& key = error.place().key;
    if (!error.place().file.empty() || !key.starts_with("routine.")) throw;
    throw InputError({"", 0, 0, within + key.substr(key.find('.'))}, error.problem(), error.found(), error.allowed());
  }
}

std::vector<Routine> routines_of(const py::object& routines) {
  std::vector<Routine> all;
  const auto add = [&](const py::handle& said, const std::string& within) {
    refusing_within(within, [&] { all.push_back(read_routine(values_of(said, within), {"", 0, 0, "routines"})); });
  };
  if (!py::isinstance<py::list>(routines) && !py::isinstance<py::tuple>(routines)) {
    add(routines, "routines");
    return all;
  }
  for (const py::handle said : routines) {
    if (all.size() == most_routines)
      throw InputError({"", 0, 0, "routines"}, "too many", "", "at most " + std::to_string(most_routines));
    add(said, "routines[" + std::to_string(all.size()) + "]");
  }
  return all;
}

// Whether Python reads the text as a number that is written the same again.
bool is_number(const std::string& text) {
  try {
    return exact(parse_number(text)) == text;
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

void state_routines(Site& site, const py::object& routines) {
  if (routines.is_none()) return;
  std::vector<Routine> given = routines_of(routines);
  load_measured(given, "");
  std::erase_if(site.routines, [&](const Routine& there) {
    return std::any_of(given.begin(), given.end(), [&](const Routine& r) { return r.name == there.name; });
  });
  std::move(given.begin(), given.end(), std::back_inserter(site.routines));
  refusing_within("routines", [&] { check_routines(site); });
}

py::tuple routine_state(const Routine& routine) {
  py::list values;
  for (const RoutineValue& v : routine.values)
    values.append(py::make_tuple(v.key, v.text, place_state(v.place), v.of_preset, static_cast<int>(v.kind)));
  return py::make_tuple(values, place_state(routine.place), routine.shape.steps, routine.request_times.time,
                        routine.request_times.weight);
}

Routine routine_from(const py::tuple& state) {
  std::vector<RoutineValue> values;
  for (const py::handle item : state[0]) {
    const auto v = item.cast<py::tuple>();
    values.push_back({v[0].cast<std::string>(), v[1].cast<std::string>(), place_from(v[2]), v[3].cast<bool>(),
                      static_cast<Kind>(v[4].cast<int>())});
  }
  Routine routine = read_routine(values, place_from(state[1]));
  routine.shape.steps = state[2].cast<std::vector<double>>();
  routine.request_times = {state[3].cast<std::vector<double>>(), state[4].cast<std::vector<double>>()};
  return routine;
}

py::tuple routine_content(const Routine& r) {
  py::dict of_preset;  // who says it is part of what is said: a preset's values are assumed
  for (const RoutineValue& v : r.values) of_preset[py::str(v.key)] = v.of_preset;
  const py::tuple when =
      py::make_tuple(r.start, r.window, r.every, static_cast<int>(r.shape.kind), r.shape.peak, r.shape.steps);
  const py::tuple what =
      py::make_tuple(r.requests, r.request_time, r.request_distribution, r.request_times.time, r.request_times.weight,
                     r.core_share, r.pause, r.session, r.session_distribution, r.online, r.samba);
  return py::make_tuple(r.name, r.preset, r.server, r.clients, r.share, when, what,
                        py::make_tuple(r.transfer, r.line, r.client_line, r.slots), of_preset);
}

std::string routine_in_call(const Routine& routine) {
  std::vector<std::string> parts;
  const auto quoted = [](const std::string& text) { return std::string(py::repr(py::str(text))); };
  for (const RoutineValue& v : routine.values)
    if (!v.of_preset) parts.push_back(quoted(v.key) + ": " + (is_number(v.text) ? v.text : quoted(v.text)));
  return "{" + join(parts, ", ") + "}";
}

}  // namespace sizing::python
