#include "libsizing/queueing/lanes.h"

#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

namespace sizing {
namespace {

// Every lane of a vector holds its own value.
template <class Function>
double worst_of(double low, double high, const Function& relative_error) {
  double worst = 0;
  for (int i = 0; i <= 20'000; ++i) worst = std::max(worst, relative_error(low + (high - low) * i / 20'000));
  return worst;
}

double relative(double found, double expected) {
  return expected == 0 ? std::abs(found) : std::abs(found / expected - 1);
}

TEST(lanes, logarithm_is_that_of_the_library) {
  const auto error = [](double x) { return relative(logarithm(in_all(x))[lanes - 1], std::log(x)); };
  EXPECT_LT(worst_of(0x1p-53, 1 - 0x1p-53, error), 1e-13);
  EXPECT_LT(worst_of(1, 4, error), 1e-13);
  EXPECT_LT(worst_of(-1000, 1000, [&](double e) { return error(std::exp2(e) * 1.1); }), 1e-13);
  EXPECT_EQ(logarithm(in_all(1))[0], 0);
}

TEST(lanes, exponential_is_that_of_the_library_and_bounded) {
  EXPECT_LT(worst_of(-700, 700, [](double x) { return relative(exponential_of(in_all(x))[0], std::exp(x)); }), 1e-13);
  EXPECT_EQ(exponential_of(in_all(1e9))[0], exponential_of(in_all(700))[0]);
  EXPECT_EQ(exponential_of(in_all(-1e9))[0], exponential_of(in_all(-700))[0]);
}

TEST(lanes, normal_quantile_is_that_of_boost_in_the_centre_and_both_tails) {
  const boost::math::normal normal;
  const auto error = [&](double p) {
    const double expected = boost::math::quantile(normal, p);
    return std::abs(normal_quantile(in_all(p))[0] - expected) / std::max(1.0, std::abs(expected));
  };
  EXPECT_LT(worst_of(1e-6, 1 - 1e-6, error), 1e-12);
  EXPECT_LT(worst_of(-53, -2, [&](double e) { return error(std::exp2(e)); }), 1e-12);
  EXPECT_LT(worst_of(-50, -2, [&](double e) { return error(1 - std::exp2(e)); }), 1e-12);
}

TEST(lanes, square_root_is_rounded_as_the_library_does) {
  EXPECT_EQ(worst_of(0, 1e6, [](double x) { return std::abs(square_root(in_all(x))[1] - std::sqrt(x)); }), 0);
}

}  // namespace
}  // namespace sizing
