// Arrow tables in and out by the PyCapsule interface: no library of Arrow's is needed on either side.
//
// The structures are those of the Arrow C data and C stream interfaces, which are fixed for good:
// https://arrow.apache.org/docs/format/CDataInterface.html
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "python/column.h"
#include "python/module.h"

namespace py = pybind11;

extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace sizing::python {
namespace {

constexpr char schema_capsule[] = "arrow_schema", array_capsule[] = "arrow_array",
               stream_capsule[] = "arrow_array_stream";

// A structure that is released with its last owner.
template <class Structure>
std::shared_ptr<Structure> owned(const Structure& structure) {
  return {new Structure(structure), [](Structure* held) {
            if (held->release) held->release(held);
            delete held;
          }};
}

// Takes a structure out of a capsule, which must not release it any more.
template <class Structure>
std::shared_ptr<Structure> taken(const py::capsule& capsule, const char* name) {
  auto* inside = static_cast<Structure*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (!inside) throw py::error_already_set();
  if (!inside->release) throw InputError({"", 0, 0, "data"}, "the Arrow data was used before", "", "fresh data");
  auto held = owned(*inside);
  inside->release = nullptr;
  return held;
}

struct NumberFormat {
  const char* format;
  char kind;  // NumPy's
  std::size_t bytes;
};
constexpr NumberFormat number_formats[] = {{"g", 'f', 8}, {"f", 'f', 4}, {"l", 'i', 8}, {"i", 'i', 4}, {"s", 'i', 2},
                                           {"c", 'i', 1}, {"L", 'u', 8}, {"I", 'u', 4}, {"S", 'u', 2}, {"C", 'u', 1}};

const NumberFormat* number_format(const std::string& format) {
  for (const NumberFormat& known : number_formats)
    if (format == known.format) return &known;
  return nullptr;
}

constexpr char bits_format[] = "b";

bool is_numeric(const std::string& format) { return format == bits_format || number_format(format); }

bool bit(const void* bits, std::int64_t at) {
  return (static_cast<const std::uint8_t*>(bits)[at / 8] >> (at % 8) & 1) != 0;
}

// A batch of a table: a struct array, and the schema that all batches share.
struct Batch {
  std::shared_ptr<ArrowSchema> schema;
  std::shared_ptr<ArrowArray> array;
};

struct ArrowColumns {
  std::shared_ptr<ArrowSchema> schema;
  std::vector<Batch> batches;
  std::vector<std::string> names;
  std::vector<bool> numeric;
  std::size_t rows = 0;
};

void check_table(const ArrowSchema& schema) {
  if (std::string(schema.format) != "+s")
    throw InputError({"", 0, 0, "data"}, "not a table", std::string("Arrow format ") + schema.format,
                     "a table: columns by name");
}

ArrowColumns read_stream(const py::capsule& capsule) {
  const auto stream = taken<ArrowArrayStream>(capsule, stream_capsule);
  const auto fail = [&] {
    const char* reason = stream->get_last_error(stream.get());
    throw InputError({"", 0, 0, "data"}, "the Arrow data cannot be read", reason ? reason : "an error without words");
  };
  ArrowColumns table;
  ArrowSchema schema{};
  if (stream->get_schema(stream.get(), &schema) != 0) fail();
  table.schema = owned(schema);
  check_table(schema);
  while (true) {
    ArrowArray array{};
    if (stream->get_next(stream.get(), &array) != 0) fail();
    if (!array.release) break;
    table.batches.push_back({table.schema, owned(array)});
  }
  return table;
}

ArrowColumns read_array(const py::tuple& capsules) {
  ArrowColumns table;
  table.schema = taken<ArrowSchema>(capsules[0], schema_capsule);
  check_table(*table.schema);
  table.batches.push_back({table.schema, taken<ArrowArray>(capsules[1], array_capsule)});
  return table;
}

ArrowColumns read_table(const py::object& data) {
  ArrowColumns table = py::hasattr(data, "__arrow_c_stream__") ? read_stream(data.attr("__arrow_c_stream__")())
                                                               : read_array(data.attr("__arrow_c_array__")());
  for (std::int64_t c = 0; c < table.schema->n_children; ++c) {
    const ArrowSchema& column = *table.schema->children[c];
    table.names.emplace_back(column.name ? column.name : "");
    table.numeric.push_back(is_numeric(column.format) && !column.dictionary);
  }
  for (const Batch& batch : table.batches) table.rows += static_cast<std::size_t>(batch.array->length);
  return table;
}

// The first row without a value, or `length`.
std::int64_t first_missing(const ArrowArray& column, std::int64_t offset, std::int64_t length) {
  if (column.null_count == 0 || column.n_buffers == 0 || !column.buffers[0]) return length;
  for (std::int64_t row = 0; row < length; ++row)
    if (!bit(column.buffers[0], offset + row)) return row;
  return length;
}

// A column of one batch as a NumPy array: a view that keeps the batch, of booleans a copy.
py::array column_array(const ArrowColumns& table, std::size_t batch_index, std::size_t c, const std::string& name,
                       std::size_t first_row) {
  const Batch& batch = table.batches[batch_index];
  const ArrowArray& column = *batch.array->children[c];
  const std::string format = table.schema->children[c]->format;
  const std::int64_t offset = batch.array->offset + column.offset, length = batch.array->length;
  if (!table.numeric[c])
    throw InputError({"", 0, 0, name}, "not a column of numbers",
                     table.schema->children[c]->dictionary   ? "a dictionary column"
                     : format.find('u') != std::string::npos ? "text"
                                                             : "Arrow format " + format,
                     "integers, floats or booleans");
  const std::int64_t missing =
      std::min(first_missing(column, offset, length), first_missing(*batch.array, batch.array->offset, length));
  if (missing < length)
    throw RowError(name, {first_row + static_cast<std::size_t>(missing)}, "has no value", "null", "a number");
  const auto rows = static_cast<py::ssize_t>(length);
  if (format == bits_format) {
    py::array_t<bool> copy(rows);
    for (std::int64_t row = 0; row < length; ++row) copy.mutable_data()[row] = bit(column.buffers[1], offset + row);
    return copy;
  }
  const NumberFormat& number = *number_format(format);
  const auto* data = static_cast<const char*>(column.buffers[1]);
  if (data) data += offset * static_cast<std::int64_t>(number.bytes);
  const py::capsule keeper(new Batch(batch), [](void* held) { delete static_cast<Batch*>(held); });
  py::array view(py::dtype(std::string(1, number.kind) + std::to_string(number.bytes)), {rows},
                 {static_cast<py::ssize_t>(number.bytes)}, data, keeper);
  view.attr("flags").attr("writeable") = false;
  return view;
}

// The other way: arrays of doubles as a table of one batch.

// Whoever takes the table may keep a column longer than the rest: each holds what is its own, and a parent releases the
// children that nobody took.
template <class Structure>
struct Children {
  const void* buffers[1] = {nullptr};
  std::vector<Structure> columns;
  std::vector<Structure*> pointers;

  void point() {
    for (Structure& column : columns) pointers.push_back(&column);
  }
};

template <class Structure>
void release_parent(Structure* parent) {
  auto* held = static_cast<Children<Structure>*>(parent->private_data);
  for (Structure& column : held->columns)
    if (column.release) column.release(&column);
  delete held;
  parent->release = nullptr;
}

void release_column_schema(ArrowSchema* schema) {
  delete static_cast<std::string*>(schema->private_data);
  schema->release = nullptr;
}

ArrowSchema export_schema(const std::vector<std::string>& names) {
  auto* held = new Children<ArrowSchema>;
  for (const std::string& name : names) {
    auto* kept = new std::string(name);
    held->columns.push_back({"g", kept->c_str(), nullptr, 0, 0, nullptr, nullptr, release_column_schema, kept});
  }
  held->point();
  return {"+s",
          "",
          nullptr,
          0,
          static_cast<std::int64_t>(names.size()),
          held->pointers.data(),
          nullptr,
          release_parent<ArrowSchema>,
          held};
}

struct ExportedColumn {
  py::object array;  // kept
  const void* buffers[2];
};

void release_column(ArrowArray* array) {
  if (Py_IsInitialized()) {  // else the interpreter is gone, and the array with it
    const py::gil_scoped_acquire interpreter;
    delete static_cast<ExportedColumn*>(array->private_data);
  }
  array->release = nullptr;
}

using Columns = std::vector<py::array_t<double, py::array::c_style | py::array::forcecast>>;

ArrowArray export_batch(const Columns& columns) {
  const std::int64_t rows = columns.empty() ? 0 : columns[0].size();
  auto* held = new Children<ArrowArray>;
  for (const auto& array : columns) {
    auto* column = new ExportedColumn{array, {nullptr, array.data()}};
    held->columns.push_back({rows, 0, 0, 2, 0, column->buffers, nullptr, nullptr, release_column, column});
  }
  held->point();
  return {rows,
          0,
          0,
          1,
          static_cast<std::int64_t>(columns.size()),
          held->buffers,
          held->pointers.data(),
          nullptr,
          release_parent<ArrowArray>,
          held};
}

struct ExportedStream {
  std::vector<std::string> names;
  ArrowArray batch{};
  bool given = false;
};

void release_stream(ArrowArrayStream* stream) {
  auto* held = static_cast<ExportedStream*>(stream->private_data);
  if (!held->given && held->batch.release) held->batch.release(&held->batch);
  delete held;
  stream->release = nullptr;
}

py::capsule export_stream(const std::vector<std::string>& names, const Columns& columns) {
  for (const auto& column : columns)
    if (column.ndim() != 1 || column.size() != columns[0].size())
      throw InputError({"", 0, 0, "columns"}, "not columns of one length", "", "arrays of one dimension");
  auto* held = new ExportedStream{names, export_batch(columns), false};
  auto* stream = new ArrowArrayStream{[](ArrowArrayStream* self, ArrowSchema* out) {
                                        *out = export_schema(static_cast<ExportedStream*>(self->private_data)->names);
                                        return 0;
                                      },
                                      [](ArrowArrayStream* self, ArrowArray* out) {
                                        auto* exported = static_cast<ExportedStream*>(self->private_data);
                                        *out = exported->given ? ArrowArray{} : exported->batch;
                                        exported->given = true;
                                        return 0;
                                      },
                                      [](ArrowArrayStream*) -> const char* { return nullptr; }, release_stream, held};
  return py::capsule(stream, stream_capsule, [](PyObject* capsule) {
    auto* inside = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, stream_capsule));
    if (inside->release) inside->release(inside);
    delete inside;
  });
}

}  // namespace

void add_arrow(py::module_& module) {
  py::class_<ArrowColumns>(module, "ArrowColumns", "An Arrow table, read without copying.")
      .def(py::init(&read_table), py::arg("data"))
      .def_readonly("names", &ArrowColumns::names)
      .def_readonly("numeric", &ArrowColumns::numeric, "By column: whether it holds numbers.")
      .def_readonly("rows", &ArrowColumns::rows)
      .def_property_readonly(
          "batches",
          [](const ArrowColumns& table) {
            std::vector<std::size_t> lengths;
            for (const Batch& batch : table.batches) lengths.push_back(static_cast<std::size_t>(batch.array->length));
            return lengths;
          },
          "The lengths of the batches.")
      .def("column", &column_array, py::arg("batch"), py::arg("column"), py::arg("name"), py::arg("first_row"),
           "A column of one batch as a read-only array. Raises InputError for one without numbers or with nulls.");
  module.def("arrow_stream", &export_stream, py::arg("names"), py::arg("columns"),
             "Columns of doubles as an arrow_array_stream capsule.");
}

}  // namespace sizing::python
