// Compiled once for each instruction set, with SIZING_KERNELS naming the table; see libsizing/CMakeLists.txt.
//
// Nothing here may call a shared inline function (see operation.h): every function is in an unnamed namespace.
#include "libsizing/model/kernels.h"

namespace sizing {

extern const KernelTable SIZING_KERNELS;

namespace {

template <double (*F)(double), bool A>
void unary(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData&,
           std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = F(a[A ? i : 0]);
}

template <double (*F)(double, double), bool A, bool B>
void binary(double* __restrict to, const double* __restrict a, const double* __restrict b, const double*,
            const StepData&, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = F(a[A ? i : 0], b[B ? i : 0]);
}

template <bool A, bool B, bool C>
void branch(double* __restrict to, const double* __restrict a, const double* __restrict b, const double* __restrict c,
            const StepData&, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = choose(a[A ? i : 0], b[B ? i : 0], c[C ? i : 0]);
}

template <bool A>
void conversion(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData& data,
                std::size_t count) {
  const double by = data.conversion.multiply, over = data.conversion.divide;
  for (std::size_t i = 0; i < count; ++i) to[i] = convert_by(a[A ? i : 0], by, over);
}

// The published curves have two or three points: with the count known the loop over them unrolls.
template <std::size_t Points>
void short_curve(double* __restrict to, const double* __restrict a, const double*, const double*, const StepData& data,
                 std::size_t count) {
  Point points[Points];
  for (std::size_t p = 0; p < Points; ++p) points[p] = data.points[p];
  for (std::size_t i = 0; i < count; ++i) to[i] = interpolate_points(points, Points, a[i]);
}

void curve(double* __restrict to, const double* __restrict a, const double* b, const double* c, const StepData& data,
           std::size_t count) {
  if (data.point_count == 2) return short_curve<2>(to, a, b, c, data, count);
  if (data.point_count == 3) return short_curve<3>(to, a, b, c, data, count);
  for (std::size_t i = 0; i < count; ++i) to[i] = interpolate_points(data.points, data.point_count, a[i]);
}

double same(double a) { return a; }

template <double (*F)(double)>
constexpr std::array<Kernel, 8> unary_row() {
  return {unary<F, false>, unary<F, true>};
}

template <double (*F)(double, double)>
constexpr std::array<Kernel, 8> binary_row() {
  return {binary<F, false, false>, binary<F, true, false>, binary<F, false, true>, binary<F, true, true>};
}

constexpr KernelTable table() {
  KernelTable rows{};
  const auto row = [&](Op op) -> std::array<Kernel, 8>& { return rows[static_cast<std::size_t>(op)]; };
  row(Op::formula) = unary_row<same>();
  row(Op::add) = binary_row<add>();
  row(Op::subtract) = binary_row<subtract>();
  row(Op::multiply) = binary_row<multiply>();
  row(Op::divide) = binary_row<divide>();
  row(Op::minimum) = binary_row<minimum>();
  row(Op::maximum) = binary_row<maximum>();
  row(Op::ceiling) = unary_row<ceiling>();
  row(Op::floor) = unary_row<floor_of>();
  row(Op::greater) = binary_row<greater>();
  row(Op::choose) = {branch<false, false, false>, branch<true, false, false>, branch<false, true, false>,
                     branch<true, true, false>,   branch<false, false, true>, branch<true, false, true>,
                     branch<false, true, true>,   branch<true, true, true>};
  row(Op::convert) = {conversion<false>, conversion<true>};
  row(Op::interpolate) = {nullptr, curve};
  row(Op::size_on_sale) = unary_row<next_size>();
  return rows;
}

}  // namespace

constinit const KernelTable SIZING_KERNELS = table();

}  // namespace sizing
