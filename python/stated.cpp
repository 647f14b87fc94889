#include "python/stated.h"

#include <unordered_map>

#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/resolve.h"

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

// A number of any type that Python can take for one, NumPy's scalars included.
double number_of(const std::string& name, const py::handle& value) {
  const double number = PyFloat_AsDouble(value.ptr());
  if (number != -1.0 || !PyErr_Occurred()) return number;
  PyErr_Clear();
  throw py::type_error(name + " takes one number here, not " + type_of(value) +
                       (py::hasattr(value, "__len__") ? "; evaluate() and sweep() take many" : ""));
}

double input_value(const Input& input, const py::handle& value, const Place& place) {
  return is_text(value) ? parse_input(input, value.cast<std::string>(), place)
                        : checked(input, number_of(place.key, value), place);
}

std::vector<std::string> words_of(const std::string& name, const py::handle& value) {
  std::vector<std::string> words;
  if (is_text(value)) {
    for (const std::string& word : split(value.cast<std::string>(), ','))
      if (!trim(word).empty()) words.emplace_back(trim(word));
    return words;
  }
  if (!PySequence_Check(value.ptr()) && !PyAnySet_Check(value.ptr()))
    throw py::type_error(name + " takes a list of words, not " + type_of(value));
  for (const py::handle word : value) {
    if (!is_text(word)) throw py::type_error(name + " takes a list of words, not of " + type_of(word));
    words.push_back(word.cast<std::string>());
  }
  return words;
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
  if (is_text(value)) return value.cast<std::string>();
  if (PySequence_Check(value.ptr())) return curve_text(name, value);
  return exact(number_of(name, value));
}

}  // namespace

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

void refuse_keyword(const std::string& function, const std::string& name) {
  throw py::type_error(function + "() got an unexpected keyword argument '" + excerpt(name) + "'" +
                       did_you_mean(name, keywords()));
}

void state_keywords(const std::string& function, Site& site, std::size_t index, const py::dict& stated) {
  Server& server = site.servers[index];
  for (const auto& [key, value] : stated) {
    const std::string name = py::str(key);
    const Keyword keyword = find_keyword(name);
    if (keyword.of == Keyword::Of::unknown) refuse_keyword(function, name);
    if (value.is_none()) continue;
    const Place place{"", 0, 0, name};
    if (keyword.of == Keyword::Of::input) {
      const Input& input = model().inputs[keyword.index];
      state(server, {input.name, input_value(input, value, place), place});
    } else if (keyword.of == Keyword::Of::group) {
      state_group(server, model(), model().groups[keyword.index], words_of(name, value), place);
    } else {
      const Resource& resource = model().resources[keyword.index];
      const std::string text = is_text(value) ? value.cast<std::string>() : exact(number_of(name, value));
      offer(server, parse_offer(model(), resource, text, place));
    }
  }
}

void state_figures(Site& site, const py::object& figures) {
  if (figures.is_none()) return;
  if (!py::isinstance<py::dict>(figures))
    throw py::type_error("figures takes a dictionary of names and values, not " + type_of(figures));
  for (const auto& [key, value] : figures.cast<py::dict>()) {
    const std::string name = py::str(key);
    const Place place{"", 0, 0, name};
    const Figure* figure = find_figure(model(), name);
    if (!figure) throw InputError(place, "unknown figure" + did_you_mean(name, figure_names(model())));
    FigureOverride own = parse_override(*figure, figure_text(name, value), place);
    own.note = "given in the call";
    std::erase_if(site.figures, [&](const FigureOverride& f) { return f.name == name; });
    site.figures.push_back(std::move(own));
  }
}

void state_rule_set(Site& site, const py::object& opsi) {
  if (opsi.is_none()) return;
  site.opsi = py::str(opsi).cast<std::string>();
  site.opsi_place = {"", 0, 0, "opsi"};
  try {
    (void)standard_model(site.opsi);
  } catch (const InputError& error) {
    throw InputError(site.opsi_place, error.problem(), error.found(), error.allowed());
  }
}

std::size_t server_index(const Site& site, const py::object& server) {
  if (server.is_none()) return main_server(site);
  const std::string wanted = py::str(server);
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
  if (is_text(site) || py::hasattr(site, "__fspath__"))
    return load_site(py::module_::import("os").attr("fspath")(site).cast<std::string>());
  throw py::type_error("site takes a Site or the path of a site file, not " + type_of(site));
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
