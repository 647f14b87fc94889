#include "libsizing/queueing/arrivals.h"

#include <cmath>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include "tests/queueing/shapes.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = ArrivalShape::Kind;

TEST(arrivals, all_come_within_the_window) {
  for (const Arrivals& a : some_arrivals(400, -100, 3600)) {
    const ArrivalCurve curve = arrival_curve(a);
    EXPECT_EQ(arrived(curve, -100.001), 0);
    EXPECT_EQ(arrived(curve, 3500), 1);
    EXPECT_EQ(arrived(curve, 1e9), 1);
    EXPECT_NEAR(arrival_time(curve, 0), -100, 1e-9);
    EXPECT_LE(arrival_time(curve, 1), 3500);
    EXPECT_GE(arrival_time(curve, 0), -100);
  }
}

TEST(arrivals, arrival_time_inverts_arrived) {
  for (const Arrivals& a : some_arrivals(400, 28800, 3600)) {
    const ArrivalCurve curve = arrival_curve(a);
    double before = 28800;
    if (curve.at_once) continue;
    for (double share = 0; share <= 1; share += 1 / 1024.0) {
      const double t = arrival_time(curve, share);
      EXPECT_NEAR(arrived(curve, t), share, 1e-10);
      EXPECT_GE(t, before);
      before = t;
    }
  }
}

// The density is the slope of what has arrived.
TEST(arrivals, arrived_is_the_integral_of_the_density) {
  for (const Arrivals& a : some_arrivals(400, 28800, 3600)) {
    const ArrivalCurve curve = arrival_curve(a);
    const std::vector<double> parts = smooth_parts(curve);
    double sum = 0;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
          [&](double since) { return density(curve, since); }, parts[i - 1], parts[i]);
      EXPECT_NEAR(sum, arrived(curve, 28800 + parts[i]), 1e-12);
    }
    EXPECT_EQ(density(curve, -1), 0);
    EXPECT_EQ(density(curve, 3601), 0);
  }
}

TEST(arrivals, have_the_shape_that_they_name) {
  const auto at = [](const ArrivalShape& shape, double share) {
    return arrival_time(arrival_curve({1, 0, 1, shape}), share);
  };
  EXPECT_EQ(at({Kind::at_once, 0.5, {}}, 0.7), 0);
  EXPECT_EQ(at({Kind::uniform, 0.5, {}}, 0.7), 0.7);
  EXPECT_DOUBLE_EQ(at({Kind::triangular, 0.25, {}}, 0.25), 0.25);
  EXPECT_DOUBLE_EQ(at({Kind::triangular, 0, {}}, 0.75), 0.5);
  EXPECT_DOUBLE_EQ(at({Kind::triangular, 1, {}}, 0.25), 0.5);
  EXPECT_DOUBLE_EQ(at({Kind::normal, 0.5, {}}, 0.5), 0.5);
  // One standard deviation: 68.27 % of a bell, of which 99.73 % lie within three.
  EXPECT_NEAR(at({Kind::normal, 0.5, {}}, 0.5 + 0.6826894921 / 0.9973002039 / 2), 0.5 + 1 / 6.0, 1e-9);
  EXPECT_DOUBLE_EQ(at({Kind::histogram, 0.5, {1, 0, 3}}, 0.125), 1 / 6.0);
  EXPECT_DOUBLE_EQ(at({Kind::histogram, 0.5, {1, 0, 3}}, 0.25), 1 / 3.0);
  EXPECT_NEAR(at({Kind::histogram, 0.5, {1, 0, 3}}, 0.625), 5 / 6.0, 1e-15);
  EXPECT_TRUE(arrival_curve({1, 0, 0, {Kind::normal, 0.5, {}}}).at_once);
}

TEST(arrivals, refuses_what_are_none) {
  const auto key = [](const Arrivals& a) { return refusal([&] { arrival_curve(a, "routine"); }).place().key; };
  EXPECT_EQ(key({-1, 0, 1, {}}), "routine.clients");
  EXPECT_EQ(key({1, 0, -1, {}}), "routine.window");
  EXPECT_EQ(key({1, std::nan(""), 1, {}}), "routine.start");
  EXPECT_EQ(key({1, 0, 1, {Kind::triangular, 1.5, {}}}), "routine.peak");
  EXPECT_EQ(key({1, 0, 1, {Kind::histogram, 0.5, {}}}), "routine.steps");
  EXPECT_EQ(key({1, 0, 1, {Kind::histogram, 0.5, {0, 0}}}), "routine.steps");
  EXPECT_EQ(key({1, 0, 1, {Kind::histogram, 0.5, {1, -1}}}), "routine.steps");
  EXPECT_EQ(key({1, 0, 1, {Kind::histogram, 0.5, {1e308, 1e308}}}), "routine.steps");
  EXPECT_EQ(refusal([] { arrival_time(arrival_curve({}), 1.5); }).place().key, "share");
}

TEST(arrivals, reads_the_words_for_shapes) {
  EXPECT_EQ(parse_shape("at once").kind, Kind::at_once);
  EXPECT_EQ(parse_shape("uniform").kind, Kind::uniform);
  EXPECT_EQ(parse_shape("normal").kind, Kind::normal);
  EXPECT_EQ(parse_shape("triangular").peak, 0.5);
  EXPECT_EQ(parse_shape("triangular:0.25").peak, 0.25);
  for (const char* text : {"", "gaussian", "triangular:", "triangular:2", "triangular:-0.1", "uniform:1", "Normal"})
    EXPECT_NE(refusal([&] { parse_shape(text); }).problem(), "") << text;
}

}  // namespace
}  // namespace sizing
