#include "python/column.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "libsizing/base/text.h"

namespace sizing::python {
namespace {

template <class Number>
void read_as(const char* from, std::ptrdiff_t stride, std::size_t count, double* to) {
  for (std::size_t i = 0; i < count; ++i, from += stride) {
    Number number;
    std::memcpy(&number, from, sizeof number);  // foreign memory need not be aligned
    to[i] = static_cast<double>(number);
  }
}

std::string place_text(const std::vector<std::size_t>& row) {
  std::vector<std::string> parts;
  for (const std::size_t i : row) parts.push_back(std::to_string(i));
  return row.size() == 1 ? "row " + parts[0] : "element (" + join(parts, ", ") + ")";
}

}  // namespace

std::size_t rows_of(const Shape& shape) {
  std::size_t rows = 1;
  for (const std::size_t length : shape) rows *= length;
  return rows;
}

RowError::RowError(const std::string& column, std::vector<std::size_t> row, std::string_view problem,
                   std::string_view found, std::string_view allowed)
    : InputError({"", 0, 0, column}, (row.empty() ? "" : place_text(row) + " ") + std::string(problem), found, allowed),
      row_(std::move(row)) {}

Reader reader_of(char kind, std::size_t bytes) {
  switch (kind) {
    case 'f': return bytes == 8 ? read_as<double> : bytes == 4 ? read_as<float> : nullptr;
    case 'i':
      return bytes == 8   ? read_as<std::int64_t>
             : bytes == 4 ? read_as<std::int32_t>
             : bytes == 2 ? read_as<std::int16_t>
             : bytes == 1 ? read_as<std::int8_t>
                          : nullptr;
    case 'u':
      return bytes == 8   ? read_as<std::uint64_t>
             : bytes == 4 ? read_as<std::uint32_t>
             : bytes == 2 ? read_as<std::uint16_t>
             : bytes == 1 ? read_as<std::uint8_t>
                          : nullptr;
    case 'b': return bytes == 1 ? read_as<std::uint8_t> : nullptr;
    default: return nullptr;
  }
}

void read(const Column& column, const Shape& shape, std::size_t begin, std::size_t count, double* to) {
  if (shape.empty()) return column.reader(column.data, 0, count, to);
  const std::size_t last = shape.size() - 1;
  std::vector<std::size_t> at = index_of(begin, shape);
  while (count > 0) {
    const char* from = column.data;
    for (std::size_t d = 0; d < shape.size(); ++d) from += static_cast<std::ptrdiff_t>(at[d]) * column.strides[d];
    const std::size_t length = std::min(count, shape[last] - at[last]);
    column.reader(from, column.strides[last], length, to);
    to += length;
    count -= length;
    at[last] = 0;
    for (std::size_t d = last; d-- > 0;) {
      if (++at[d] < shape[d]) break;
      at[d] = 0;
    }
  }
}

bool inside(const Bounds& bounds, double value) {
  return value >= bounds.low && value <= bounds.high && (!bounds.whole || value == std::floor(value));
}

std::vector<std::size_t> index_of(std::size_t row, const Shape& shape) {
  std::vector<std::size_t> index(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    index[d] = row % shape[d];
    row /= shape[d];
  }
  return index;
}

}  // namespace sizing::python
