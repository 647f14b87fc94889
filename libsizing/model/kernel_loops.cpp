// Compiled once for each instruction set, with SIZING_KERNELS naming the table; see cmake/instruction_sets.cmake.
//
// Nothing here may call a shared inline function (see operation.h): every function is in an unnamed namespace.
#include <cstdint>

#include "libsizing/model/kernels.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace sizing {

extern const Kernels SIZING_KERNELS;

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

// Amounts are ordered as their bits are, read as whole numbers; negative ones, negative zeros and what is not a number
// then lie outside. Adding 2^52 to a smaller amount rounds it to a whole number.
bool all_inside(const Bounds& bounds, const double* values, std::size_t count) {
  constexpr double above_fractions = 4503599627370496;
  const auto low = __builtin_bit_cast(std::int64_t, bounds.low), high = __builtin_bit_cast(std::int64_t, bounds.high);
  std::int64_t outside = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto bits = __builtin_bit_cast(std::int64_t, values[i]);
    outside |= static_cast<std::int64_t>(bits < low) | static_cast<std::int64_t>(bits > high);
  }
  if (!bounds.whole || outside != 0) return outside == 0;
  for (std::size_t i = 0; i < count; ++i)
    outside |= static_cast<std::int64_t>((values[i] + above_fractions) - above_fractions != values[i]);
  return outside == 0;
}

// The widest store of the instruction set that passes the caches.
#if defined(__AVX512F__)
constexpr std::size_t width = 8;
[[gnu::always_inline]] inline void stream_one(double* to, const double* from) {
  _mm512_stream_pd(to, _mm512_loadu_pd(from));
}
#elif defined(__AVX2__)
constexpr std::size_t width = 4;
[[gnu::always_inline]] inline void stream_one(double* to, const double* from) {
  _mm256_stream_pd(to, _mm256_loadu_pd(from));
}
#endif

#ifdef __AVX2__
void stream_copy(double* to, const double* from, std::size_t count) {
  constexpr std::size_t bytes = width * sizeof(double);
  std::size_t i = 0;
  while (i < count && reinterpret_cast<std::uintptr_t>(to + i) % bytes != 0) to[i] = from[i], ++i;
  for (; i + width <= count; i += width) stream_one(to + i, from + i);
  for (; i < count; ++i) to[i] = from[i];
}
void store_fence() { _mm_sfence(); }
constexpr auto stream = stream_copy;
constexpr auto fence = store_fence;
#else  // with stores of two doubles it is slower than through the caches
constexpr auto stream = nullptr;
constexpr auto fence = nullptr;
#endif

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

constinit const Kernels SIZING_KERNELS = {
    {rows_with<Then::nothing>(), rows_with<Then::add>(), rows_with<Then::multiply>(), rows_with<Then::divide>(),
     rows_with<Then::maximum>(), rows_with<Then::ceiling>()},
    all_inside,
    stream,
    fence};

}  // namespace sizing
