// Vectors of doubles, one lane a replication, and the elementary functions that drawing random times needs in them.
//
// For sources that are compiled once for each instruction set (cmake/instruction_sets.cmake): the width follows the
// set, the bits do not. Every function is made of additions, multiplications, divisions, square roots and operations on
// bits, each rounded as IEEE 754 says and none contracted, so that a lane gives the same bits at any width on any
// machine. Everything is in an unnamed namespace, so that no linker takes the form of one set for another.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace sizing {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t lanes = 8;
#elif defined(__AVX2__)
constexpr std::size_t lanes = 4;
#else
constexpr std::size_t lanes = 2;  // SSE2, NEON
#endif

using Doubles [[gnu::vector_size(lanes * 8)]] = double;
using Words [[gnu::vector_size(lanes * 8)]] = std::uint64_t;
using Integers [[gnu::vector_size(lanes * 8)]] = std::int64_t;

#define SIZING_LANES [[maybe_unused, gnu::always_inline]] inline

SIZING_LANES Doubles in_all(double x) { return Doubles{} + x; }
SIZING_LANES Words bits_of(Doubles x) { return reinterpret_cast<Words>(x); }
SIZING_LANES Integers signed_of(Words x) { return reinterpret_cast<Integers>(x); }
SIZING_LANES Words words_of(Integers x) { return reinterpret_cast<Words>(x); }
SIZING_LANES Doubles doubles_of(Words x) { return reinterpret_cast<Doubles>(x); }
SIZING_LANES Doubles larger(Doubles a, Doubles b) { return a > b ? a : b; }
SIZING_LANES Doubles smaller(Doubles a, Doubles b) { return a < b ? a : b; }

// Of a comparison.
SIZING_LANES bool any(Integers found) {
#if defined(__AVX512F__)
  return _mm512_movepi64_mask(reinterpret_cast<__m512i>(found)) != 0;
#elif defined(__AVX2__)
  return _mm256_movemask_pd(reinterpret_cast<__m256d>(found)) != 0;
#else
  return (found[0] | found[1]) != 0;
#endif
}

// The numbers at these places.
SIZING_LANES Doubles gathered(const double* from, Integers at) {
  Doubles found;
  for (std::size_t lane = 0; lane < lanes; ++lane) found[lane] = from[at[lane]];
  return found;
}

SIZING_LANES Integers numbers_of_lanes() {
  Integers numbers{};
  for (std::size_t lane = 0; lane < lanes; ++lane) numbers[lane] = static_cast<std::int64_t>(lane);
  return numbers;
}

SIZING_LANES Doubles square_root(Doubles x) {
#if defined(__AVX512F__)
  return _mm512_maskz_sqrt_pd(0xFF, x);
#elif defined(__AVX2__)
  return _mm256_sqrt_pd(x);
#else
  for (std::size_t i = 0; i < lanes; ++i) x[i] = __builtin_sqrt(x[i]);
  return x;
#endif
}

// c[0] + c[1] x + c[2] x² + ...
template <std::size_t N>
SIZING_LANES Doubles polynomial(Doubles x, const double (&c)[N]) {
  Doubles sum = in_all(c[N - 1]);
  for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

// The logarithm of a normal number, to a relative 1e-13: log(2^e m) = e log 2 + 2 atanh((m - 1) / (m + 1)) with m from
// sqrt(1/2) to sqrt(2), so that
// the two parts never cancel. The polynomial is the minimax one of atanh(s) / s in s².
SIZING_LANES Doubles logarithm(Doubles x) {
  constexpr double coefficients[] = {0.99999999999997338235, 0.33333333339825682952, 0.19999997436098652024,
                                     0.14286084008023263808, 0.11087088614838578203, 0.098045420094252119528};
  constexpr std::uint64_t root_of_half = 0x3FE6A09E667F3BCD;
  constexpr double two_to_52 = 4503599627370496;
  const Integers exponent = signed_of(bits_of(x) - root_of_half) >> 52;
  const Doubles m = doubles_of(bits_of(x) - (words_of(exponent) << 52));
  const Doubles e = doubles_of(words_of(exponent + 2048) | 0x4330000000000000) - (two_to_52 + 2048);
  const Doubles s = (m - 1.0) / (m + 1.0);
  return e * 0.69314718055994530942 + (s + s) * polynomial(s * s, coefficients);
}

// The exponential, to a relative 2e-14, of x from -700 to 700; beyond, that of the bound.
SIZING_LANES Doubles exponential_of(Doubles x) {
  constexpr double coefficients[] = {1.0000000000000127739,    0.99999999999989266777,    0.49999999999457547066,
                                     0.16666666667827674432,   0.041666667032680963477,   0.0083333330026787521923,
                                     0.0013888802794471865276, 0.00019841596472243990259, 0.000024884026543493063519,
                                     2.7482191329334001705e-6};
  constexpr double rounding = 6755399441055744;  // 1.5 * 2^52: adding it rounds to a whole number
  x = smaller(larger(x, in_all(-700)), in_all(700));
  const Doubles shifted = x * 1.4426950408889634074 + rounding;
  const Doubles n = shifted - rounding;
  const Doubles r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
  const Words power = (bits_of(shifted) << 52) + 0x3FF0000000000000;
  return polynomial(r, coefficients) * doubles_of(power);
}

// The value that a standard normal stays below with probability p, 0 < p < 1, to a relative 1e-12: M. J. Wichura,
// Algorithm AS 241, Applied Statistics 37 (1988) 477-484.
SIZING_LANES Doubles normal_quantile(Doubles p) {
  constexpr double a[] = {3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
                          45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727};
  constexpr double b[] = {1.0,
                          42.313330701600911252,
                          687.18700749205790830,
                          5394.1960214247511077,
                          21213.794301586595867,
                          39307.895800092710610,
                          28729.085735721942674,
                          5226.4952788528545610};
  constexpr double c[] = {1.42343711074968357734,   4.63033784615654529590,   5.76949722146069140550,
                          3.64784832476320460504,   1.27045825245236838258,   0.241780725177450611770,
                          0.0227238449892691845833, 7.74545014278341407640e-4};
  constexpr double d[] = {1.0,
                          2.05319162663775882187,
                          1.67638483018380384940,
                          0.689767334985100004550,
                          0.148103976427480074590,
                          0.0151986665636164571966,
                          5.47593808499534494600e-4,
                          1.05075007164441684324e-9};
  constexpr double e[] = {6.65790464350110377720,    5.46378491116411436990,   1.78482653991729133580,
                          0.296560571828504891230,   0.0265321895265761230930, 1.24266094738807843860e-3,
                          2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr double f[] = {1.0,
                          0.599832206555887937690,
                          0.136929880922735805310,
                          0.0148753612908506148525,
                          7.86869131145613259100e-4,
                          1.84631831751005468180e-5,
                          1.42151175831644588870e-7,
                          2.04426310338993978564e-15};
  const Doubles q = p - 0.5;
  const Doubles centre_r = 0.180625 - q * q;
  const Doubles centre = q * polynomial(centre_r, a) / polynomial(centre_r, b);
  if (!any(centre_r < 0.0)) return centre;
  const Doubles nearer = q < 0.0 ? p : 1.0 - p;
  const Doubles r = square_root(-logarithm(nearer));
  const Doubles near = polynomial(r - 1.6, c) / polynomial(r - 1.6, d);
  const Doubles far = polynomial(r - 5.0, e) / polynomial(r - 5.0, f);
  const Doubles tail = r > 5.0 ? far : near;
  return centre_r >= 0.0 ? centre : (q < 0.0 ? -tail : tail);
}

}  // namespace
}  // namespace sizing
