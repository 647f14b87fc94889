// The operations that a formula is made of: one row each in `operations`.
//
// A row says how an operation reads, what it does to units, in which direction its operands move it, and what it
// computes. The functions below are the only definition of the arithmetic: the evaluation of one site calls them
// through the table, the kernels for blocks of sites inline them, so both give the same bits.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "libsizing/model/figure.h"

namespace sizing {

enum class Op : std::uint8_t {
  input,     // what the user gave, or else its default
  figure,    // a number from outside
  constant,  // a number of the rule itself
  formula,   // a name for an expression
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  ceiling,
  floor,
  greater,      // 1 where the first exceeds the second, else 0
  choose,       // the second where the first is not 0, else the third
  convert,      // the same amount in another unit
  interpolate,  // a published curve at x
  size_on_sale  // the next size that memory is sold in
};

/// How the unit of a result follows from the units of the operands.
enum class UnitRule : std::uint8_t { same, product, quotient, whole, flag, branch, declared };

struct Operation {
  Op op;
  std::string_view symbol;  // between the operands where it is infix, else before the parentheses
  bool infix;
  int precedence;  // of infix forms; a higher one binds closer
  int operands;
  UnitRule units;
  std::array<int, 3>
      direction;  // of the result as an operand grows: +1, -1, or 0 for "either"; amounts are not negative
  double (*apply)(double, double, double);  // null for leaves and for those that need more than numbers
};

const Operation& operation(Op op);

// Internal linkage on purpose: the kernels are compiled for several instruction sets, and a shared inline function
// would let the linker keep the copy made for the wrong one.
#define SIZING_ARITHMETIC [[maybe_unused, gnu::always_inline]] static inline

SIZING_ARITHMETIC double add(double a, double b) { return a + b; }
SIZING_ARITHMETIC double subtract(double a, double b) { return a - b; }
SIZING_ARITHMETIC double multiply(double a, double b) { return a * b; }
SIZING_ARITHMETIC double divide(double a, double b) { return a / b; }
SIZING_ARITHMETIC double minimum(double a, double b) { return b < a ? b : a; }
SIZING_ARITHMETIC double maximum(double a, double b) { return b > a ? b : a; }
SIZING_ARITHMETIC double ceiling(double a) { return __builtin_ceil(a); }
SIZING_ARITHMETIC double floor_of(double a) { return __builtin_floor(a); }
SIZING_ARITHMETIC double greater(double a, double b) { return a > b ? 1.0 : 0.0; }
SIZING_ARITHMETIC double choose(double condition, double yes, double no) { return condition != 0.0 ? yes : no; }
SIZING_ARITHMETIC double convert_by(double a, double multiply_by, double divide_by) {
  return a * multiply_by / divide_by;
}

/// The segment is picked first and computed once. The product comes before the quotient, so that a whole result of
/// whole operands is exact and a ceiling above it does not jump.
SIZING_ARITHMETIC double interpolate_points(const Point* points, std::size_t count, double x) {
  double x0 = points[0].x, y0 = points[0].y, dx = points[1].x - points[0].x, dy = points[1].y - points[0].y;
  for (std::size_t i = 1; i < count; ++i) {
    const std::size_t to = i + 1 < count ? i + 1 : i;
    const bool beyond = x >= points[i].x;
    x0 = beyond ? points[i].x : x0;
    y0 = beyond ? points[i].y : y0;
    dx = beyond ? points[to].x - points[to - 1].x : dx;
    dy = beyond ? points[to].y - points[to - 1].y : dy;
  }
  return y0 + maximum(0.0, x - x0) * dy / dx;
}

/// The ladder 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, …: the powers of two, and from 12 on three quarters of them
/// too.
SIZING_ARITHMETIC double next_size(double size) {
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  const double wanted = maximum(size, 2.0);
  const double power = __builtin_bit_cast(double, (__builtin_bit_cast(std::uint64_t, wanted) + mantissa) & ~mantissa);
  const double between = 0.75 * power;
  return between >= wanted && between >= 12.0 ? between : power;
}

#undef SIZING_ARITHMETIC

}  // namespace sizing
