// InputError as opsi_sizing.InputError, with its parts as attributes.
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "python/column.h"
#include "python/module.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

py::object or_none(const std::string& text) { return text.empty() ? py::object(py::none()) : py::str(printable(text)); }
py::object or_none(int number) { return number == 0 ? py::object(py::none()) : py::int_(number); }

void raise(const InputError& error, const py::object& row) {
  const py::object type = py::module_::import("opsi_sizing.errors").attr("InputError");
  py::object raised = type(printable(error.what()));
  const std::string& file = error.place().file;
  raised.attr("file") = file.empty() ? py::object(py::none())
                                     : py::reinterpret_steal<py::object>(PyUnicode_DecodeFSDefault(file.c_str()));
  raised.attr("line") = or_none(error.place().line);
  raised.attr("column") = or_none(error.place().column);
  raised.attr("key") = or_none(error.place().key);
  raised.attr("problem") = printable(error.problem());
  raised.attr("found") = or_none(error.found());
  raised.attr("allowed") = or_none(error.allowed());
  raised.attr("row") = row;
  PyErr_SetObject(type.ptr(), raised.ptr());
}

py::object as_row(const std::vector<std::size_t>& index) {
  if (index.empty()) return py::none();
  if (index.size() == 1) return py::int_(index[0]);
  py::tuple row(index.size());
  for (std::size_t i = 0; i < index.size(); ++i) row[i] = index[i];
  return row;
}

}  // namespace

void add_errors(py::module_&) {
  py::register_local_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const RowError& error) {
      raise(error, as_row(error.row()));
    } catch (const InputError& error) {
      raise(error, py::none());
    }
  });
}

}  // namespace sizing::python
