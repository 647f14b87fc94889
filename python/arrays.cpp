// opsi_sizing.evaluate over NumPy arrays: columns in, columns out, a block at a time on any number of cores.
#include <algorithm>
#include <thread>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/resolve.h"
#include "libsizing/plan/sweep_answer.h"
#include "python/job.h"
#include "python/memory.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

constexpr int most_threads = 1024;

struct Varying {
  std::string name;
  py::array array;
  Slot slot;
  Bounds bounds;
  std::string allowed;
};

bool is_one_value(const py::handle& value) {
  return value.is_none() || py::isinstance<py::str>(value) ||
         (py::hasattr(value, "__float__") && !py::hasattr(value, "__len__") && !py::hasattr(value, "__array__"));
}

Column column_of(const Varying& varying, const Shape& shape) {
  const py::array& array = varying.array;
  Column column{varying.name, varying.slot, varying.bounds, varying.allowed, static_cast<const char*>(array.data()),
                {},           nullptr,      false};
  column.reader = reader_of(array.dtype().kind(), static_cast<std::size_t>(array.itemsize()));
  column.strides.assign(shape.size(), 0);
  const std::size_t offset = shape.size() - static_cast<std::size_t>(array.ndim());
  bool dense = rows_of(shape) == static_cast<std::size_t>(array.size());
  std::ptrdiff_t step = array.itemsize();
  for (py::ssize_t d = array.ndim(); d-- > 0;) {
    if (array.shape(d) == 1) continue;
    column.strides[offset + static_cast<std::size_t>(d)] = array.strides(d);
    dense = dense && array.strides(d) == step;
    step *= array.shape(d);
  }
  const bool aligned = reinterpret_cast<std::uintptr_t>(column.data) % alignof(double) == 0;
  column.contiguous = dense && aligned && array.dtype().kind() == 'f' && array.itemsize() == sizeof(double);
  return column;
}

std::string shape_text(const py::array& array) { return py::str(array.attr("shape")); }

// NumPy's rule: trailing dimensions are equal, or 1. `given` is a shape that must come out, or empty.
Shape broadcast(const std::vector<Varying>& all, const Shape& given) {
  Shape shape = given;
  for (const Varying& varying : all) {
    const py::array& array = varying.array;
    const auto dimensions = static_cast<std::size_t>(array.ndim());
    if (dimensions > shape.size() && given.empty()) shape.insert(shape.begin(), dimensions - shape.size(), 1);
    for (std::size_t back = 1; back <= dimensions; ++back) {
      const auto length = static_cast<std::size_t>(array.shape(static_cast<py::ssize_t>(dimensions - back)));
      const bool there = back <= shape.size();
      if (there && given.empty() && shape[shape.size() - back] == 1) shape[shape.size() - back] = length;
      if (!there || (length != 1 && shape[shape.size() - back] != length)) {
        std::vector<std::string> others;
        for (const Varying& other : all)
          if (&other != &varying) others.push_back(other.name + " " + shape_text(other.array));
        if (!given.empty()) others.insert(others.begin(), std::to_string(given[0]) + " rows");
        throw InputError({"", 0, 0, varying.name}, "its shape does not broadcast to that of " + join(others, ", "),
                         shape_text(array), "equal lengths, or 1");
      }
    }
  }
  return shape;
}

// Without values; large ones in memory of ours.
py::array_t<double> new_array(const Shape& shape) {
  const std::vector<py::ssize_t> lengths(shape.begin(), shape.end());
  void* memory = take_memory(rows_of(shape) * sizeof(double));
  if (!memory) return py::array_t<double>(lengths);
  const py::capsule owner(memory, [](void* taken) { give_memory_back(taken); });
  return py::array_t<double>(lengths, static_cast<double*>(memory), owner);
}

std::size_t thread_count(int threads) {
  if (threads < 0 || threads > most_threads)
    throw InputError({"", 0, 0, "threads"}, "not allowed", std::to_string(threads),
                     "a number from 1 to " + std::to_string(most_threads) + ", or 0 for all cores");
  return threads > 0 ? static_cast<std::size_t>(threads) : std::max(1u, std::thread::hardware_concurrency());
}

// Splits what was given into what varies and what does not.
void split(const std::string& function, const py::dict& given, std::vector<Varying>& varying, py::dict& stated) {
  std::vector<Keyword> seen;
  for (const auto& [key, value] : given) {
    const std::string name = text_of("a keyword", key);
    const Keyword keyword = find_keyword(name);
    if (keyword.of == Keyword::Of::unknown || keyword.of == Keyword::Of::resource) refuse_keyword(function, name);
    if (!value.is_none()) refuse_twice(seen, keyword, name);
    const bool one = keyword.of == Keyword::Of::group || is_one_value(value);
    const py::array array = one ? py::array() : array_of(name, value);
    if (one || array.ndim() == 0) {
      stated[key] = value;
      continue;
    }
    const Input& input = input_of(keyword);
    varying.push_back({name,
                       array,
                       {Slot::Of::input, keyword.index},
                       {input.low, input.high, input.whole || input.yes_no},
                       allowed_values(input)});
  }
}

void split_figures(const Model& model, const py::object& given, std::vector<Varying>& varying, py::dict& fixed) {
  if (given.is_none()) return;
  if (!py::isinstance<py::dict>(given)) throw py::type_error("figures takes a dictionary of names and values");
  for (const auto& [key, value] : given.cast<py::dict>()) {
    const std::string name = text_of("figures", key);
    const Figure* figure = find_figure(model, name);
    const bool one = !figure || !figure->curve.empty() || !figure->text.empty() || is_one_value(value);
    const py::array array = one ? py::array() : array_of(name, value);
    if (one || array.ndim() == 0) {
      fixed[key] = value;
      continue;
    }
    varying.push_back({name,
                       array,
                       {Slot::Of::figure, static_cast<std::size_t>(figure - model.figures.data())},
                       {0, most_figure, false},
                       "numbers of " + unit_text(*figure) + " from 0 to " + exact(most_figure)});
  }
}

using Array = py::array_t<double>;

// The memory that an array spans, from its first to behind its last byte.
using Extent = std::pair<const char*, const char*>;

Extent extent_of(const py::array& array) {
  const auto* first = static_cast<const char*>(array.data());
  if (array.size() == 0) return {first, first};
  const char* last = first + array.itemsize();
  for (py::ssize_t d = 0; d < array.ndim(); ++d)
    (array.strides(d) < 0 ? first : last) += array.strides(d) * (array.shape(d) - 1);
  return {first, last};
}

bool overlap(const Extent& a, const Extent& b) { return a.first < b.second && b.first < a.second; }

// Arrays of the caller to write to, in the order of the outputs.
std::vector<Array> taken_from(const py::dict& out, const Job& job, const std::vector<Varying>& varying) {
  const std::vector<py::ssize_t> lengths(job.shape.begin(), job.shape.end());
  std::vector<Extent> taken;
  for (const Varying& one : varying) taken.push_back(extent_of(one.array));
  for (const auto& [key, array] : out)
    if (const std::string name = text_of("out", key);
        std::find(job.outputs.begin(), job.outputs.end(), name) == job.outputs.end())
      throw InputError({"", 0, 0, "out " + name}, "is no output of this call", "", join_some(job.outputs));
  std::vector<Array> arrays;
  for (const std::string& output : job.outputs) {
    const auto refuse = [&](const std::string& problem, const std::string& found) {
      throw InputError({"", 0, 0, "out " + output}, problem, found,
                       "a writable array of doubles without gaps, of the shape of the answer");
    };
    if (!out.contains(output.c_str())) refuse("is missing", "");
    const py::object given = out[output.c_str()];
    if (!py::isinstance<Array>(given)) refuse("not allowed", py::str(py::type::handle_of(given).attr("__name__")));
    const auto array = given.cast<py::array>();
    const bool fits = std::equal(lengths.begin(), lengths.end(), array.shape(), array.shape() + array.ndim());
    if (!fits) refuse("has another shape", shape_text(array));
    constexpr int needed =
        static_cast<int>(py::array::c_style) | static_cast<int>(py::detail::npy_api::NPY_ARRAY_ALIGNED_);
    if (!array.writeable() || (array.flags() & needed) != needed) refuse("not allowed", "an array of another kind");
    const Extent own = extent_of(array);
    if (std::any_of(taken.begin(), taken.end(), [&](const Extent& other) { return overlap(own, other); }))
      refuse("shares its memory with another array of the call", "");
    taken.push_back(own);
    arrays.push_back(given.cast<Array>());
  }
  return arrays;
}

void check_nothing_is_missing(const Job& job) {
  Given given = job.given;
  for (const Column& column : job.columns)
    if (column.slot.of == Slot::Of::input) given.inputs[column.slot.index] = 0;
  for (const std::string& input : missing_inputs(*job.model, given))
    throw InputError({"", 0, 0, input}, "is missing", "", allowed_values(*find_input(*job.model, input)));
}

py::dict evaluate_arrays(const py::dict& given, const std::optional<std::vector<std::string>>& wanted,
                         const RuleSetArgument& opsi, const FiguresArgument& figures, int threads, const Shape& rows,
                         const std::optional<py::dict>& out, std::size_t first_row) {
  std::vector<Varying> varying;
  py::dict stated, fixed;
  split("evaluate", given, varying, stated);
  Site site = flag_site();
  state_rule_set(site, opsi);
  split_figures(*model_of(site), figures, varying, fixed);
  state_figures(site, fixed);
  state_keywords("evaluate", site, 0, stated);
  check_roles(site);

  Job job;
  job.model = model_of(site);
  job.outputs = wanted.value_or(default_outputs(*job.model));
  job.shape = broadcast(varying, rows);
  job.first_row = first_row;
  for (const Varying& one : varying) job.columns.push_back(column_of(one, job.shape));
  for (const std::string& output : job.outputs)
    if (std::count(job.outputs.begin(), job.outputs.end(), output) > 1)
      throw InputError({"", 0, 0, "outputs"}, "asked for twice", output);
  job.given = given_of(site, site.servers[0], job.model);
  check_nothing_is_missing(job);

  py::dict results;
  std::vector<Array> arrays;
  if (out)
    arrays = taken_from(*out, job, varying);
  else
    for (std::size_t r = 0; r < job.outputs.size(); ++r) arrays.push_back(new_array(job.shape));
  for (std::size_t r = 0; r < job.outputs.size(); ++r) {
    job.results.push_back(arrays[r].mutable_data());
    results[py::str(job.outputs[r])] = arrays[r];
  }
  const std::size_t cores = thread_count(threads);
  {
    const py::gil_scoped_release others_may_run;
    evaluate(job, site, cores);
  }
  if (job.shape.empty() && !out)
    for (std::size_t r = 0; r < job.outputs.size(); ++r) results[py::str(job.outputs[r])] = arrays[r].data()[0];
  return results;
}

// Which columns of a frame are inputs: the input's name by the column's. Others are left alone, but for those that mean
// an input and would be missed.
std::map<std::string, std::string> input_columns(const std::vector<std::string>& names,
                                                 const std::vector<bool>& numeric) {
  std::map<std::string, std::string> found;
  std::vector<std::string> known;
  for (const Input& input : standard_model(default_rule_set())->inputs) {
    known.push_back(input.name);
    known.push_back(keyword_of(input.name));
  }
  std::vector<Keyword> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const Keyword keyword = find_keyword(name);
    const auto meant = nearest(name, known);
    const bool names_a_thing = !numeric[i] && meant == name + "s";  // client, depot: words beside the numbers
    if (keyword.of == Keyword::Of::input) {
      refuse_twice(seen, keyword, name);
      found[name] = input_of(keyword).name;
    } else if (keyword.of == Keyword::Of::group) {
      throw InputError({"", 0, 0, name}, "a list of words is no column", "",
                       keyword_help(name) + "; each as a column of its own");
    } else if (keyword.of == Keyword::Of::unknown && meant && !names_a_thing) {
      throw InputError({"", 0, 0, name}, "the column is no input" + did_you_mean(name, known), "",
                       "inputs by name; rename the column or leave it out");
    }
  }
  return found;
}

}  // namespace

void add_arrays(py::module_& module) {
  module.def(
      "evaluate", &evaluate_arrays, py::arg("given"), py::arg("outputs"), py::arg("opsi"), py::arg("figures"),
      py::arg("threads"), py::arg("rows") = Shape{}, py::arg("out") = py::none(), py::arg("first_row") = 0,
      "The evaluation behind opsi_sizing.evaluate: `rows` a shape that must come out, `out` arrays to write to by\n"
      "name, `first_row` the number of the first row in errors.");
  module.def(
      "default_outputs",
      [](const RuleSetArgument& opsi) {
        Site site;
        state_rule_set(site, opsi);
        return default_outputs(*model_of(site));
      },
      py::arg("opsi"), "The outputs where none are named.");
  module.def(
      "input_columns", &input_columns, py::arg("names"), py::arg("numeric"),
      "The columns that are inputs, with the input's name. Raises InputError for one whose name is nearly an input's,\n"
      "and for two columns of one input.");
}

}  // namespace sizing::python
