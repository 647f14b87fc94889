// Compiled once for each instruction set, with SIZING_FUSED naming the function.
#include "bench/fused.h"

#include <cstdint>

namespace {

// Piecewise linear through two or three points, as the model computes it.
inline double memory_curve(double x) {
  const bool beyond = x >= 2000;
  const double x0 = beyond ? 2000 : 100, y0 = beyond ? 1000 : 500, dx = beyond ? 2000 : 1900, dy = beyond ? 1000 : 500;
  const double x1 = x >= 4000 ? 4000 : x0, y1 = x >= 4000 ? 2000 : y0;
  const double over = x - x1;
  return y1 + (over > 0 ? over : 0) * dy / dx;
}

inline double cores_curve(double x) {
  const double x0 = x >= 1000 ? 1000 : 500, y0 = x >= 1000 ? 4 : 2;
  const double over = x - x0;
  return y0 + (over > 0 ? over : 0) * 2 / 500;
}

inline double larger(double a, double b) { return b > a ? b : a; }

inline double size_on_sale(double size) {
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  const double wanted = larger(size, 2);
  const double power = __builtin_bit_cast(double, (__builtin_bit_cast(std::uint64_t, wanted) + mantissa) & ~mantissa);
  const double between = 0.75 * power;
  return between >= wanted && between >= 12 ? between : power;
}

}  // namespace

void SIZING_FUSED(const double* __restrict clients, const double* __restrict connections, double* __restrict workers,
                  double* __restrict memory, double* __restrict to_buy, double* __restrict cores, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const double all = clients[i] + 0.0 * 10, load = connections[i] + 0.0 * 2;
    const double w = larger(1, __builtin_ceil(load / 20));
    const double opsiconfd = larger(w * 250, memory_curve(all) * 1.5);
    const double samba = connections[i] * 4 * 1.5;
    const double pool = larger(128, clients[i] * 0.1);
    const double database = 104 + pool + w * 30 * 0.087;
    const double sum = 512 + opsiconfd + samba + database + 12.5 + 0;
    const double m = larger(2000, sum);
    workers[i] = w;
    memory[i] = m;
    to_buy[i] = size_on_sale(m * 15625 / 16777216);
    cores[i] = larger(larger(2, __builtin_ceil(w * 0.5)), __builtin_ceil(cores_curve(all)));
  }
}
