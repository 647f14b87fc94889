// A column of numbers in foreign memory, read as blocks of doubles: any NumPy layout, any real number type.
//
// Rows are the elements of an n-dimensional shape in C order. A column's strides are those of its array broadcast to
// that shape, so that nothing is copied as a whole.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/model/block.h"
#include "libsizing/model/model.h"

namespace sizing::python {

using Shape = std::vector<std::size_t>;
std::size_t rows_of(const Shape& shape);

/// A value that is not allowed, with the place of its element.
class RowError : public InputError {
 public:
  RowError(const std::string& column, std::vector<std::size_t> row, std::string_view problem, std::string_view found,
           std::string_view allowed);
  const std::vector<std::size_t>& row() const { return row_; }

 private:
  std::vector<std::size_t> row_;
};

/// Writes `count` numbers that stand `stride` bytes apart as doubles.
using Reader = void (*)(const char* from, std::ptrdiff_t stride, std::size_t count, double* to);
/// By NumPy's kind ('f', 'i', 'u', 'b') and bytes; nothing for types that need a conversion first.
Reader reader_of(char kind, std::size_t bytes);

struct Column {
  std::string name;
  Slot slot;
  Bounds bounds;
  std::string allowed;  // the bounds in words
  const char* data = nullptr;
  std::vector<std::ptrdiff_t> strides;  // in bytes, by dimension of the shape
  Reader reader = nullptr;
  bool contiguous = false;  // aligned doubles without gaps: read where they are
};

/// The rows from `begin` on, as doubles; `shape` is that of all columns.
void read(const Column& column, const Shape& shape, std::size_t begin, std::size_t count, double* to);

/// Whether one value keeps the bounds.
bool inside(const Bounds& bounds, double value);

/// Where the row `row` stands in the shape.
std::vector<std::size_t> index_of(std::size_t row, const Shape& shape);

}  // namespace sizing::python
