// The loops of block evaluation: one for each operation and each shape of its operands, compiled for several
// instruction sets from one source.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "libsizing/base/instruction_set.h"
#include "libsizing/model/operation.h"

namespace sizing {

/// A second operation in the same loop, with one number for all sites: it saves writing and reading a buffer.
enum class Then { nothing, add, multiply, divide, maximum, ceiling };
inline constexpr std::size_t then_count = static_cast<std::size_t>(Then::ceiling) + 1;

/// What a step needs beside its operands.
struct StepData {
  double last = 0;  // the number of the second operation
  Conversion conversion;
  const Point* points = nullptr;
  std::size_t point_count = 0;
};

/// A loop over `count` sites. An operand that does not vary is one number, else an array; `to` overlaps none of them.
using Kernel = void (*)(double* to, const double* a, const double* b, const double* c, const StepData& data,
                        std::size_t count);

inline constexpr std::size_t op_count = static_cast<std::size_t>(Op::size_on_sale) + 1;

/// By second operation, operation and shape: bit i of the shape says that operand i varies. Null where a shape cannot
/// be (where nothing varies there is no loop; only copying a constant has one).
using KernelTable = std::array<std::array<std::array<Kernel, 8>, op_count>, then_count>;

/// What the values of a column may be: 0 <= low <= high < 2^52.
struct Bounds {
  double low = 0, high = 0;
  bool whole = false;  // whole numbers only
};

/// The kernels of one instruction set.
struct Kernels {
  KernelTable loops;
  /// Whether all values keep the bounds and none is a negative zero.
  bool (*all_inside)(const Bounds& bounds, const double* values, std::size_t count);
  /// Copies `count` doubles past the caches; other threads see them after `fence`. Both null where that gains nothing.
  void (*stream)(double* to, const double* from, std::size_t count);
  void (*fence)();
};

/// Which kernel a step uses.
struct KernelCode {
  Op op = Op::formula;
  unsigned shape = 0;
  Then then = Then::nothing;
};

const Kernels& kernels(InstructionSet set);

}  // namespace sizing
