#include "python/stated.h"

#include <cmath>
#include <map>
#include <unordered_map>

#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/resolve.h"
#include "python/column.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

// The inputs, groups and resources are the same in every rule set.
const Model& model() {
  static const std::shared_ptr<const Model> shared = standard_model(default_rule_set());
  return *shared;
}

const std::unordered_map<std::string, Keyword>& keyword_table() {
  static const auto table = [] {
    std::unordered_map<std::string, Keyword> all;
    const auto add = [&](const std::string& name, Keyword keyword) {
      all.emplace(name, keyword);
      all.emplace(keyword_of(name), keyword);
    };
    for (std::size_t i = 0; i < model().inputs.size(); ++i) add(model().inputs[i].name, {Keyword::Of::input, i});
    for (std::size_t i = 0; i < model().groups.size(); ++i) add(model().groups[i].key, {Keyword::Of::group, i});
    for (std::size_t i = 0; i < model().resources.size(); ++i)
      add(model().resources[i].name, {Keyword::Of::resource, i});
    return all;
  }();
  return table;
}

bool is_text(const py::handle& value) { return py::isinstance<py::str>(value); }

std::string type_of(const py::handle& value) { return py::str(py::type::handle_of(value).attr("__name__")); }

double input_value(const Input& input, const py::handle& value, const Place& place) {
  return is_text(value) ? parse_input(input, text_of(place.key, value), place)
                        : checked(input, number_of(place.key, value), place);
}

std::string curve_text(const std::string& name, const py::handle& value) {
  std::vector<std::string> points;
  for (const py::handle point : value) {
    if (!PySequence_Check(point.ptr()) || py::len(point) != 2)
      throw InputError({"", 0, 0, name}, "not a figure", py::str(point).cast<std::string>(),
                       "a number, or points (x, y) of a curve");
    points.push_back(exact(number_of(name, point[py::int_(0)])) + ":" + exact(number_of(name, point[py::int_(1)])));
  }
  return join(points, "|");
}

std::string figure_text(const std::string& name, const py::handle& value) {
  if (is_text(value)) return text_of(name, value);
  const bool has_points = PySequence_Check(value.ptr()) != 0 && PySequence_Size(value.ptr()) >= 0;
  PyErr_Clear();  // an array without dimension has no size
  if (has_points) return curve_text(name, value);
  return exact(number_of(name, value));
}

std::map<std::string, std::vector<std::string>>& parameters() {
  static std::map<std::string, std::vector<std::string>> of_function;
  return of_function;
}

bool is_member(const Keyword& input, const Keyword& group) {
  return input.of == Keyword::Of::input && group.of == Keyword::Of::group &&
         model().inputs[input.index].name.starts_with(model().groups[group.index].prefix);
}

}  // namespace

py::tuple place_state(const Place& p) { return py::make_tuple(p.file, p.line, p.column, p.key); }

Place place_from(const py::handle& state) {
  const auto parts = state.cast<std::tuple<std::string, int, int, std::string>>();
  return {std::get<0>(parts), std::get<1>(parts), std::get<2>(parts), std::get<3>(parts)};
}

std::string text_of(const std::string& name, const py::handle& value) {
  if (!is_text(value)) throw py::type_error(name + " takes text, not " + type_of(value));
  py::ssize_t size = 0;
  if (const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &size)) return {text, static_cast<std::size_t>(size)};
  PyErr_Clear();
  throw InputError({"", 0, 0, name}, "not text", py::str(py::repr(value)).cast<std::string>(), "whole characters");
}

bool is_path(const py::handle& value) {
  return is_text(value) || py::isinstance<py::bytes>(value) || py::hasattr(value, "__fspath__");
}

std::string path_of(const py::handle& value, const std::string& allowed) {
  PyObject* bytes = nullptr;
  if (PyUnicode_FSConverter(value.ptr(), &bytes) != 0) return py::reinterpret_steal<py::bytes>(bytes);
  PyErr_Clear();
  throw py::type_error(allowed + ", not " + type_of(value));
}

double number_of(const std::string& name, const py::handle& value) {
  const double number = PyFloat_AsDouble(value.ptr());
  if (number != -1.0 || !PyErr_Occurred()) return number;
  if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
    PyErr_Clear();
    const int negative = PyObject_RichCompareBool(value.ptr(), py::int_(0).ptr(), Py_LT);
    if (negative < 0) PyErr_Clear();
    return negative == 1 ? -HUGE_VAL : HUGE_VAL;
  }
  if (!PyErr_ExceptionMatches(PyExc_TypeError) && !PyErr_ExceptionMatches(PyExc_ValueError))
    throw py::error_already_set();
  PyErr_Clear();
  throw py::type_error(
      name + " takes one number here, not " + type_of(value) +
      (PySequence_Check(value.ptr()) != 0 && !PyBytes_Check(value.ptr()) ? "; evaluate() and sweep() take many" : ""));
}

py::array array_of(const std::string& name, const py::handle& value) {
  const auto refuse = [&](const std::string& found, const std::string& allowed) {
    throw InputError({"", 0, 0, name}, "not an array of numbers", found, allowed);
  };
  if (py::hasattr(value, "mask") && py::hasattr(value, "filled") && value.attr("mask").attr("any")().cast<bool>())
    refuse("masked elements", "an array without them");
  py::array array;
  try {
    array = py::module_::import("numpy").attr("asarray")(value);
  } catch (const py::error_already_set& error) {
    if (!error.matches(PyExc_TypeError) && !error.matches(PyExc_ValueError)) throw;
    refuse(type_of(value), "an array of numbers");
  }
  const char kind = array.dtype().kind();
  if (std::string_view("fiub").find(kind) == std::string_view::npos)
    refuse("dtype " + py::str(array.dtype()).cast<std::string>(), "integers, floats or booleans");
  const bool native = array.dtype().attr("isnative").cast<bool>();
  if (native && reader_of(kind, static_cast<std::size_t>(array.itemsize()))) return array;
  return py::array_t<double>::ensure(array);  // half and long doubles, foreign byte orders
}

std::vector<std::string> words_of(const std::string& name, const py::handle& value) {
  std::vector<std::string> words;
  if (is_text(value)) {
    for (const std::string& word : split(text_of(name, value), ','))
      if (!trim(word).empty()) words.emplace_back(trim(word));
    return words;
  }
  if (!PySequence_Check(value.ptr()) && !PyAnySet_Check(value.ptr()))
    throw py::type_error(name + " takes a list of words, not " + type_of(value));
  for (const py::handle word : value) {
    if (!is_text(word)) throw py::type_error(name + " takes a list of words, not of " + type_of(word));
    words.push_back(text_of(name, word));
  }
  return words;
}

std::string keyword_of(const std::string& name) { return replace_all(name, ".", "_"); }

Keyword find_keyword(const std::string& name) {
  const auto at = keyword_table().find(name);
  return at == keyword_table().end() ? Keyword{} : at->second;
}

std::string_view name(Keyword::Of of) {
  constexpr std::string_view names[] = {"input", "group", "resource", "unknown"};
  return names[static_cast<std::size_t>(of)];
}

const Input& input_of(const Keyword& keyword) { return model().inputs[keyword.index]; }

std::vector<std::string> keywords() {
  std::vector<std::string> all;
  for (const Input& input : model().inputs) all.push_back(keyword_of(input.name));
  for (const Group& group : model().groups) all.push_back(keyword_of(group.key));
  for (const Resource& resource : model().resources) all.push_back(keyword_of(resource.name));
  return all;
}

std::string keyword_help(const std::string& name) {
  const Keyword keyword = find_keyword(name);
  switch (keyword.of) {
    case Keyword::Of::input: {
      const Input& input = model().inputs[keyword.index];
      return input.help + " (" + allowed_values(input) + ")";
    }
    case Keyword::Of::group: {
      std::vector<std::string> words;
      for (const Input& input : model().inputs)
        if (const Group& group = model().groups[keyword.index]; input.name.starts_with(group.prefix))
          words.push_back(input.name.substr(group.prefix.size()));
      return "a list of words, which stand for yes: " + join(words, ", ");
    }
    case Keyword::Of::resource: {
      const Resource& resource = model().resources[keyword.index];
      const bool bytes = same_dimension(model().formulas[resource.formula].unit, parse_unit("B"));
      return "hardware: " + resource.name + (bytes ? " with its unit, such as '16 GB'" : ", a number");
    }
    case Keyword::Of::unknown: break;
  }
  refuse_keyword("keyword_help", name);
}

void register_parameters(const std::string& function, const std::vector<std::string>& names) {
  parameters()[function] = names;
}

void refuse_keyword(const std::string& function, const std::string& name) {
  const bool hardware = find_keyword(name).of == Keyword::Of::resource;  // known, but not to this function
  std::vector<std::string> known = keywords();
  for (const std::string& parameter : parameters()[function]) known.push_back(parameter);
  throw py::type_error(function + "() got an unexpected keyword argument '" + excerpt(name) + "'" +
                       (hardware ? ": it takes no hardware" : did_you_mean(name, known)));
}

void refuse_twice(std::vector<Keyword>& seen, const Keyword& keyword, const std::string& name) {
  for (const Keyword& other : seen) {
    if (other == keyword) throw InputError({"", 0, 0, name}, "given twice, with a dot and without");
    if (is_member(other, keyword) || is_member(keyword, other))
      throw InputError({"", 0, 0, name}, "given twice, in a list and on its own");
  }
  seen.push_back(keyword);
}

void state_keywords(const std::string& function, Site& site, std::size_t index, const py::dict& stated) {
  Server& server = site.servers[index];
  std::vector<Keyword> seen;
  for (const auto& [key, value] : stated) {
    const std::string name = keyword_of(text_of("a keyword", key));
    const Keyword keyword = find_keyword(name);
    if (keyword.of == Keyword::Of::unknown) refuse_keyword(function, name);
    if (value.is_none()) continue;
    refuse_twice(seen, keyword, name);
    const Place place{"", 0, 0, name};
    if (keyword.of == Keyword::Of::input) {
      const Input& input = model().inputs[keyword.index];
      state(server, {input.name, input_value(input, value, place), place});
    } else if (keyword.of == Keyword::Of::group) {
      state_group(server, model(), model().groups[keyword.index], words_of(name, value), place);
    } else {
      const Resource& resource = model().resources[keyword.index];
      const std::string text = is_text(value) ? text_of(name, value) : exact(number_of(name, value));
      offer(server, parse_offer(model(), resource, text, place));
    }
  }
}

void state_figures(Site& site, const py::object& figures) {
  if (figures.is_none()) return;
  if (is_path(figures)) return override_figures(site, load_own_figures(path_of(figures)));
  if (py::isinstance<py::list>(figures) || py::isinstance<py::tuple>(figures)) {
    for (const py::handle each : figures) state_figures(site, py::reinterpret_borrow<py::object>(each));
    return;
  }
  if (!py::hasattr(figures, "keys"))
    throw py::type_error("figures takes a dictionary of names and values or the path of a file of figures, not " +
                         type_of(figures));
  for (const auto& [key, value] : py::dict(figures)) {
    const std::string name = text_of("figures", key);
    const Place place{"", 0, 0, name};
    const Figure* figure = find_figure(model(), name);
    if (!figure) throw InputError(place, "unknown figure" + did_you_mean(name, figure_names(model())));
    FigureOverride own = parse_override(*figure, figure_text(name, value), place);
    own.note = "given in the call";
    std::erase_if(site.figures, [&](const FigureOverride& f) { return f.name == name; });
    site.figures.push_back(std::move(own));
  }
}

std::string rule_set_text(const RuleSetArgument& opsi) {
  return text_of("opsi", py::str(static_cast<const py::object&>(opsi)));
}

void state_rule_set(Site& site, const py::object& opsi) {
  if (opsi.is_none()) return;
  site.opsi = rule_set_text(opsi);
  site.opsi_place = {"", 0, 0, "opsi"};
  try {
    (void)standard_model(site.opsi);
  } catch (const InputError& error) {
    throw InputError(site.opsi_place, error.problem(), error.found(), error.allowed());
  }
}

std::size_t server_index(const Site& site, const py::object& server) {
  if (server.is_none()) return main_server(site);
  const std::string wanted = text_of("server", server);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < site.servers.size(); ++i) {
    names.push_back(site.servers[i].name);
    if (names.back() == wanted) return i;
  }
  throw InputError({"", 0, 0, "server"}, "no such server" + did_you_mean(wanted, names), wanted, join_some(names));
}

Site site_of(const py::object& site) {
  if (site.is_none()) return flag_site();
  if (py::isinstance<Site>(site)) return site.cast<Site>();
  return load_site(path_of(site));
}

Question question_of(const std::string& function, const py::object& site, const py::object& server,
                     const py::object& opsi, const py::object& figures, const py::dict& stated) {
  Question question{site_of(site), 0};
  question.server = server_index(question.site, server);
  state_rule_set(question.site, opsi);
  state_figures(question.site, figures);
  state_keywords(function, question.site, question.server, stated);
  return question;
}

}  // namespace sizing::python
