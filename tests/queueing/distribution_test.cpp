#include "libsizing/queueing/distribution.h"

#include <cmath>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "tests/queueing/distributions.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Digits50 = boost::multiprecision::cpp_bin_float_50;
using Kind = Distribution::Kind;

// P(S > t) in 50 digits.
Digits50 precise_survival(const Distribution& d, const Digits50& t) {
  if (d.kind == Kind::erlang || d.kind == Kind::exponential) {
    const Digits50 k = d.kind == Kind::erlang ? d.shape : 1;
    return boost::math::gamma_q(k, Digits50(k * t / d.mean));
  }
  if (d.kind == Kind::lognormal) {
    const Digits50 variance = log(1 + Digits50(d.shape) * d.shape), mu = log(Digits50(d.mean)) - variance / 2;
    return boost::math::erfc(Digits50((log(t) - mu) / sqrt(2 * variance))) / 2;
  }
  const Digits50 root = sqrt((Digits50(d.shape) - 1) / (Digits50(d.shape) + 1)), p = (1 + root) / 2, q = (1 - root) / 2;
  return p * exp(-2 * p * t / d.mean) + q * exp(-2 * q * t / d.mean);
}

TEST(survival, agrees_with_50_digits) {
  for (const Distribution& d : some_distributions(3))
    for (const double x : {1e-6, 0.01, 0.3, 0.7, 0.95, 0.999, 1.02, 1.4, 2.0, 5.0, 20.0}) {
      if (d.kind == Kind::constant) continue;
      const double truth = static_cast<double>(precise_survival(d, Digits50(x * 3)));
      if (truth < 1e-100) continue;
      EXPECT_NEAR(survival(d, x * 3) / truth, 1, 1e-12) << name(d) << " at " << x;
    }
}

TEST(survival, is_1_before_the_start_and_0_of_nothing) {
  for (const Distribution& d : some_distributions(3)) {
    EXPECT_EQ(survival(d, -1), 1);
    EXPECT_EQ(survival(d, 0), 1);
    EXPECT_EQ(survival({d.kind, 0, d.shape}, 0), 0);
    EXPECT_EQ(survival({d.kind, 0, d.shape}, 1), 0);
    EXPECT_EQ(survival({d.kind, 0, d.shape}, -1), 1);
  }
  EXPECT_EQ(survival({Kind::constant, 3, 0}, 3), 0);
  EXPECT_EQ(survival({Kind::constant, 3, 0}, std::nextafter(3, 0)), 1);
}

// Another way to the same number: quadrature of the survival, piece by piece.
double quadrature(const Distribution& d, double t, double (*integrand)(const Distribution&, double)) {
  double sum = 0;
  const int pieces = 400;
  for (int i = 0; i < pieces; ++i)  // shorter and shorter towards 0, where a wild distribution falls fast
    sum += boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
        [&](double u) { return integrand(d, u); }, t * std::pow((i) / 400.0, 6), t * std::pow((i + 1) / 400.0, 6), 0);
  return sum;
}

TEST(survival_integral, agrees_with_quadrature) {
  for (const Distribution& d : some_distributions(3))
    for (const double t : {0.01, 1.0, 3.0, 10.0}) {
      if (d.kind == Kind::constant) continue;
      EXPECT_NEAR(survival_integral(d, t) / quadrature(d, t, survival), 1, 1e-12) << name(d) << " at " << t;
      EXPECT_NEAR(survival_second_integral(d, t) / quadrature(d, t, survival_integral), 1, 1e-12)
          << name(d) << " at " << t;
    }
}

TEST(survival_integral, tends_to_the_mean) {
  for (const Distribution& d : some_distributions(3)) {
    EXPECT_NEAR(survival_integral(d, 1e9), 3, 1e-6) << name(d);
    EXPECT_NEAR(survival_integral(d, INFINITY), 3, 0) << name(d);
    EXPECT_EQ(survival_integral(d, 0), 0);
    EXPECT_EQ(survival_integral(d, -1), 0);
    EXPECT_EQ(survival_integral({d.kind, 0, d.shape}, 1), 0);
  }
}

// The integral of t P(S > t) is half the second moment: ties scv to survival.
TEST(scv, is_that_of_the_survival) {
  for (const Distribution& d : some_distributions(3)) {
    if (d.kind == Kind::lognormal && d.shape > 2) continue;  // its second moment lies beyond what is summed
    const double far = 3 * (d.kind == Kind::hyperexponential || d.kind == Kind::lognormal ? 3e5 : 60);
    const double half = far * survival_integral(d, far) - survival_second_integral(d, far);
    EXPECT_NEAR(half / (9 * (1 + scv(d)) / 2), 1, 1e-6) << name(d);
  }
}

TEST(two_exponentials, have_the_mean_the_scv_and_balance) {
  for (const double scv : {1.0001, 2.0, 4.0, 100.0, 1e6}) {
    const TwoExponentials two = two_exponentials({Kind::hyperexponential, 3, scv});
    const double second = 1.5 / two.second_mean;
    EXPECT_NEAR(two.first_probability + second, 1, 1e-15);
    EXPECT_NEAR(two.first_probability * two.first_mean, 1.5, 1e-15);
    const double square =
        2 * (two.first_probability * std::pow(two.first_mean, 2) + second * std::pow(two.second_mean, 2));
    EXPECT_NEAR(square / 9 - 1, scv, scv * 1e-13);
  }
}

TEST(parse_distribution, reads_what_name_writes) {
  for (const Distribution& d : some_distributions(3)) {
    const Distribution read = parse_distribution(name(d), 3);
    EXPECT_EQ(read.kind, d.kind);
    EXPECT_EQ(read.shape, d.shape);
    EXPECT_EQ(read.mean, 3);
  }
  EXPECT_EQ(name(parse_distribution("erlang:3", 1)), "erlang:3");
  EXPECT_EQ(name(parse_distribution("constant", 1)), "constant");
}

TEST(parse_distribution, refuses_what_is_no_distribution) {
  for (const char* text : {"",
                           "weibull",
                           "erlang",
                           "erlang:",
                           "erlang:0",
                           "erlang:2.5",
                           "erlang:1001",
                           "erlang:x",
                           "constant:1",
                           "exponential:",
                           "hyperexponential:1",
                           "hyperexponential:1e7",
                           "lognormal:0",
                           "lognormal:-1",
                           "lognormal:1001",
                           "lognormal:nan",
                           "Erlang:2",
                           ":",
                           "erlang:3:3",
                           "measured"})
    EXPECT_EQ(refusal([&] { parse_distribution(text, 1, "service"); }).place().key, "service") << text;
  for (const double mean : {-1.0, std::nan(""), static_cast<double>(INFINITY)})
    EXPECT_EQ(refusal([&] { parse_distribution("constant", mean); }).allowed(), "0 or more, finite");
}

}  // namespace
}  // namespace sizing
