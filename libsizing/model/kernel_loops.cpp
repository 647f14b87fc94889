// Compiled once for each instruction set, with SIZING_KERNELS naming the table; see cmake/instruction_sets.cmake.
//
// Nothing here may call a shared inline function (see operation.h): every function is in an unnamed namespace.
#include "libsizing/model/kernels.h"

namespace sizing {

extern const KernelTable SIZING_KERNELS;

namespace {

// The second operation of a loop.
template <Then T>
[[gnu::always_inline]] inline double finish(double a, double last) {
  if constexpr (T == Then::add) return add(a, last);
  if constexpr (T == Then::multiply) return multiply(a, last);
  if constexpr (T == Then::divide) return divide(a, last);
  if constexpr (T == Then::maximum) return maximum(a, last);
  if constexpr (T == Then::ceiling) return ceiling(a);
  return a;
}

template <double (*F)(double), bool A, Then T>
void unary(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData& data,
           std::size_t count) {
  const double last = data.last;
  for (std::size_t i = 0; i < count; ++i) to[i] = finish<T>(F(a[A ? i : 0]), last);
}

template <double (*F)(double, double), bool A, bool B, Then T>
void binary(double* __restrict to, const double* __restrict a, const double* __restrict b, const double*,
            const StepData& data, std::size_t count) {
  const double last = data.last;
  for (std::size_t i = 0; i < count; ++i) to[i] = finish<T>(F(a[A ? i : 0], b[B ? i : 0]), last);
}

template <bool A, bool B, bool C, Then T>
void branch(double* __restrict to, const double* __restrict a, const double* __restrict b, const double* __restrict c,
            const StepData& data, std::size_t count) {
  const double last = data.last;
  for (std::size_t i = 0; i < count; ++i) to[i] = finish<T>(choose(a[A ? i : 0], b[B ? i : 0], c[C ? i : 0]), last);
}

template <Then T>
void conversion(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData& data,
                std::size_t count) {
  const double by = data.conversion.multiply, over = data.conversion.divide, last = data.last;
  for (std::size_t i = 0; i < count; ++i) to[i] = finish<T>(convert_by(a[i], by, over), last);
}

// The published curves have two or three points: with the count known the loop over them unrolls.
template <std::size_t Points, Then T>
void short_curve(double* __restrict to, const double* __restrict a, const StepData& data, std::size_t count) {
  Point points[Points];
  for (std::size_t p = 0; p < Points; ++p) points[p] = data.points[p];
  const double last = data.last;
  for (std::size_t i = 0; i < count; ++i) to[i] = finish<T>(interpolate_points(points, Points, a[i]), last);
}

template <Then T>
void curve(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData& data,
           std::size_t count) {
  if (data.point_count == 2) return short_curve<2, T>(to, a, data, count);
  if (data.point_count == 3) return short_curve<3, T>(to, a, data, count);
  for (std::size_t i = 0; i < count; ++i)
    to[i] = finish<T>(interpolate_points(data.points, data.point_count, a[i]), data.last);
}

double same(double a) { return a; }

template <double (*F)(double, double), Then T>
constexpr std::array<Kernel, 8> binary_row() {
  return {nullptr, binary<F, true, false, T>, binary<F, false, true, T>, binary<F, true, true, T>};
}

template <Then T>
constexpr std::array<std::array<Kernel, 8>, op_count> rows_with() {
  std::array<std::array<Kernel, 8>, op_count> rows{};
  const auto row = [&](Op op) -> std::array<Kernel, 8>& { return rows[static_cast<std::size_t>(op)]; };
  row(Op::formula) = {unary<same, false, T>, unary<same, true, T>};
  row(Op::add) = binary_row<add, T>();
  row(Op::subtract) = binary_row<subtract, T>();
  row(Op::multiply) = binary_row<multiply, T>();
  row(Op::divide) = binary_row<divide, T>();
  row(Op::minimum) = binary_row<minimum, T>();
  row(Op::maximum) = binary_row<maximum, T>();
  row(Op::ceiling) = {nullptr, unary<ceiling, true, T>};
  row(Op::floor) = {nullptr, unary<floor_of, true, T>};
  row(Op::greater) = binary_row<greater, T>();
  row(Op::choose) = {nullptr,
                     branch<true, false, false, T>,
                     branch<false, true, false, T>,
                     branch<true, true, false, T>,
                     branch<false, false, true, T>,
                     branch<true, false, true, T>,
                     branch<false, true, true, T>,
                     branch<true, true, true, T>};
  row(Op::convert) = {nullptr, conversion<T>};
  row(Op::interpolate) = {nullptr, curve<T>};
  row(Op::size_on_sale) = {nullptr, unary<next_size, true, T>};
  return rows;
}

}  // namespace

constinit const KernelTable SIZING_KERNELS = {rows_with<Then::nothing>(),  rows_with<Then::add>(),
                                              rows_with<Then::multiply>(), rows_with<Then::divide>(),
                                              rows_with<Then::maximum>(),  rows_with<Then::ceiling>()};

}  // namespace sizing
