#include "libsizing/analysis/line_check.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/points.h"

namespace sizing {
namespace {

TEST(outliers, are_the_points_that_were_pushed_away) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Points p = noisy_line(40, 2, 50, 1, seed);
    p.y[3] += 30;
    p.y[17] -= 25;
    const auto found = outliers(huber_line(p.x, p.y));
    EXPECT_TRUE(std::find(found.begin(), found.end(), 3U) != found.end()) << seed;
    EXPECT_TRUE(std::find(found.begin(), found.end(), 17U) != found.end()) << seed;
    EXPECT_LE(found.size(), 4U) << seed;
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
  }
}

TEST(outliers, are_seen_beside_points_that_fit_exactly) {
  const std::vector<double> x = {0, 1, 2, 3, 4, 5, 6}, y = {1, 3, 5, 7, 9, 11.5, 13};
  EXPECT_EQ(outliers(huber_line(x, y)), (std::vector<std::size_t>{5}));
}

TEST(outliers, are_none_where_rounding_is_all_there_is) {
  std::vector<double> x, y;
  for (int i = 0; i < 50; ++i) x.push_back(i / 7.0), y.push_back(1e6 + x.back() / 3);
  EXPECT_TRUE(outliers(huber_line(x, y)).empty());
}

// By hand: x 0 0 1 1 2 2, y 0 2 5 7 4 6: means 1 6 5, slope 2, intercept 2, so the line misses the means by -1 2 -1:
// lack of fit 2 (1 + 4 + 1) = 12 on 1 degree, chance 6 on 3 degrees, F = 6; F(0.0917; 1, 3) = 6.
TEST(straightness, is_the_f_test_done_by_hand) {
  const std::vector<double> x = {0, 0, 1, 1, 2, 2}, y = {0, 2, 5, 7, 4, 6};
  const Straightness s = straightness(x, y, least_squares_line(x, y));
  EXPECT_EQ(s.test, StraightnessTest::lack_of_fit);
  EXPECT_NEAR(s.statistic, 6, 1e-12);
  EXPECT_NEAR(s.p, 0.0917, 5e-4);
  EXPECT_NEAR(s.departure, std::sqrt(2.0) / 7, 1e-12);
  EXPECT_TRUE(s.straight());
}

// y = x²: 0 1 4 9 16 leaves nothing to the parabola.
TEST(straightness, sees_a_parabola) {
  const std::vector<double> x = {0, 1, 2, 3, 4}, y = {0, 1, 4, 9, 16};
  const Straightness s = straightness(x, y, least_squares_line(x, y));
  EXPECT_EQ(s.test, StraightnessTest::quadratic_term);
  EXPECT_FALSE(s.straight());
  // The line is 4x - 2, its residuals 2 -1 -2 -1 2: squares 14, root mean square sqrt(14/5) of a range of 16.
  EXPECT_NEAR(s.departure, std::sqrt(14.0 / 5) / 16, 1e-12);
}

TEST(straightness, of_noisy_curves_is_seen_and_of_noisy_lines_is_not) {
  int lines = 0, curves = 0, repeated_lines = 0, repeated_curves = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Points p = noisy_line(30, 2, 10, 4, seed);
    lines += !straightness(p.x, p.y, least_squares_line(p.x, p.y)).straight();
    for (std::size_t i = 0; i < p.x.size(); ++i) p.y[i] += 0.02 * p.x[i] * p.x[i];
    curves += !straightness(p.x, p.y, least_squares_line(p.x, p.y)).straight();
    Points q = noisy_line(30, 2, 10, 4, seed);
    for (std::size_t i = 0; i < q.x.size(); ++i) {
      const double rounded = std::round(q.x[i] / 20) * 20;
      q.y[i] += 2 * (rounded - q.x[i]), q.x[i] = rounded;
    }
    repeated_lines += !straightness(q.x, q.y, least_squares_line(q.x, q.y)).straight();
    for (std::size_t i = 0; i < q.x.size(); ++i) q.y[i] += 0.02 * q.x[i] * q.x[i];
    repeated_curves += !straightness(q.x, q.y, least_squares_line(q.x, q.y)).straight();
  }
  EXPECT_LE(lines, 8);  // 1 % of 200 with room
  EXPECT_LE(repeated_lines, 8);
  EXPECT_GE(curves, 198);
  EXPECT_GE(repeated_curves, 198);
}

TEST(straightness, cannot_be_told_from_two_places) {
  const std::vector<double> x = {1, 1, 5, 5}, y = {1, 2, 3, 4};
  const Straightness s = straightness(x, y, least_squares_line(x, y));
  EXPECT_EQ(s.test, StraightnessTest::none);
  EXPECT_TRUE(s.straight());
}

// By hand: |residuals| 1 3 2 4 5 6 8 7 at x 1 to 8: squared differences of ranks 0 1 1 0 0 0 1 1, so
// 1 - 6 × 4 / (8 × 63) = 0.952.
TEST(spread_trend, is_the_rank_correlation_done_by_hand) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 8}, residuals = {1, -3, 2, -4, 5, -6, 8, -7};
  const SpreadTrend trend = spread_trend(x, residuals);
  EXPECT_NEAR(trend.correlation, 1 - 24.0 / 504, 1e-12);
  EXPECT_TRUE(trend.grows());
  const std::vector<double> falling(residuals.rbegin(), residuals.rend());
  EXPECT_NEAR(spread_trend(x, falling).correlation, -trend.correlation, 1e-12);
  EXPECT_FALSE(spread_trend(x, falling).grows());
}

TEST(spread_trend, says_nothing_of_few_points_or_of_equal_residuals) {
  EXPECT_EQ(spread_trend(std::vector<double>{1, 2, 3}, std::vector<double>{1, 2, 3}).p, 1);
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 8}, same(8, 2.0);
  EXPECT_EQ(spread_trend(x, same).p, 1);
}

}  // namespace
}  // namespace sizing
