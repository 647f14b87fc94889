#include "libsizing/analysis/line_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "libsizing/base/student.h"
#include "tests/support/points.h"

namespace sizing {
namespace {

void expect_close(double value, double expected, double relative) {
  EXPECT_NEAR(value, expected, relative * std::max(1.0, std::abs(expected)));
}

// https://www.itl.nist.gov/div898/strd/lls/data/Norris.shtml: certified to fifteen digits.
TEST(least_squares_line, gives_the_certified_values_of_norris) {
  const Points p = norris();
  const LineFit fit = least_squares_line(p.x, p.y);
  EXPECT_NEAR(fit.intercept, -0.262323073774029, 1e-12);
  EXPECT_NEAR(fit.slope, 1.00211681802045, 1e-13);
  EXPECT_NEAR(fit.intercept_stderr, 0.232818234301152, 1e-12);
  EXPECT_NEAR(fit.slope_stderr, 0.429796848199937e-3, 1e-15);
  EXPECT_NEAR(fit.spread, 0.884796396144373, 1e-12);
  EXPECT_NEAR(fit.r2, 0.999993745883712, 1e-14);
  EXPECT_EQ(fit.n, 36U);
  EXPECT_EQ(fit.distinct, 35U);  // 0.3 stands there twice
}

// By hand: x 1 2 3 4, y 1 3 2 6: mean 2.5 and 3, Sxx 5, Sxy 7, so slope 1.4, intercept -0.5; residuals 0.1 0.7 -1.7
// 0.9 with squares 4.2, s² 2.1, R² 1 - 4.2/14 = 0.7.
TEST(least_squares_line, is_that_of_the_sum_done_by_hand) {
  const std::vector<double> x = {1, 2, 3, 4}, y = {1, 3, 2, 6};
  const LineFit fit = least_squares_line(x, y);
  EXPECT_NEAR(fit.slope, 1.4, 1e-14);
  EXPECT_NEAR(fit.intercept, -0.5, 1e-14);
  EXPECT_NEAR(fit.r2, 0.7, 1e-14);
  EXPECT_NEAR(fit.spread, std::sqrt(2.1), 1e-14);
  EXPECT_NEAR(fit.slope_stderr, std::sqrt(2.1 / 5), 1e-14);
  EXPECT_NEAR(fit.intercept_stderr, std::sqrt(2.1 * (0.25 + 6.25 / 5)), 1e-14);
  const std::vector<double> residuals = {0.1, 0.7, -1.7, 0.9};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(fit.residuals[i], residuals[i], 1e-14);
  // With two degrees t has a closed form: 4.303 in any table.
  const double t = 0.95 * std::sqrt(2 / (4 * 0.975 * 0.025));
  EXPECT_NEAR(slope_interval(fit).high - 1.4, t * std::sqrt(0.42), 1e-12);
  const PointPrediction at = predict(fit, 5);
  EXPECT_NEAR(at.y, 6.5, 1e-13);
  EXPECT_NEAR(at.next.high - at.y, t * std::sqrt(2.1 * (1 + 0.25 + 6.25 / 5)), 1e-11);
  EXPECT_NEAR(at.line.high - at.y, t * std::sqrt(2.1 * (0.25 + 6.25 / 5)), 1e-11);
}

// Whole numbers are exact in 128 bits: slope = (n Σxy - Σx Σy) / (n Σxx - Σx Σx).
TEST(least_squares_line, keeps_its_digits_beside_a_large_offset) {
  for (const std::int64_t offset : {std::int64_t{0}, std::int64_t{1'000'000}, std::int64_t{1'000'000'000'000}}) {
    std::mt19937_64 random(7);
    std::vector<double> x, y;
    __extension__ using Whole = __int128;
    Whole sx = 0, sy = 0, sxx = 0, sxy = 0;
    const Whole n = 40;
    for (int i = 0; i < 40; ++i) {
      const auto a = offset + static_cast<std::int64_t>(random() % 1000);
      const auto b = 3 * offset + 5 * a + static_cast<std::int64_t>(random() % 100);
      x.push_back(static_cast<double>(a)), y.push_back(static_cast<double>(b));
      sx += a, sy += b, sxx += Whole{a} * a, sxy += Whole{a} * b;
    }
    const double slope = static_cast<double>(n * sxy - sx * sy) / static_cast<double>(n * sxx - sx * sx);
    EXPECT_NEAR(least_squares_line(x, y).slope, slope, 1e-11) << offset;
  }
}

TEST(line_fits, of_exact_points_are_exact) {
  const std::vector<double> x = {0, 1, 2, 5, 9, 100}, y = {7, 10, 13, 22, 34, 307};
  for (const LineFit& fit : {least_squares_line(x, y), huber_line(x, y)}) {
    EXPECT_NEAR(fit.slope, 3, 1e-13);
    EXPECT_NEAR(fit.intercept, 7, 1e-11);
    EXPECT_NEAR(fit.slope_stderr, 0, 1e-13);
    EXPECT_NEAR(fit.r2, 1, 1e-14);
    EXPECT_TRUE(fit.converged);
    for (const double r : fit.residuals) EXPECT_NEAR(r, 0, 1e-11);
  }
}

TEST(line_fits, of_points_of_one_height_are_flat) {
  const std::vector<double> x = {1, 2, 3, 4}, y = {5, 5, 5, 5};
  for (const LineFit& fit : {least_squares_line(x, y), huber_line(x, y)}) {
    EXPECT_EQ(fit.slope, 0);
    EXPECT_EQ(fit.intercept, 5);
    EXPECT_EQ(fit.r2, 1);
  }
}

// y -> c y + d and x -> k x + m change the line as they change the points.
TEST(line_fits, follow_a_change_of_units_and_of_zero) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Points p = noisy_line(30, 2.5, 40, 6, seed);
    Points q = p;
    for (double& x : q.x) x = 1024 * x + 77;
    for (double& y : q.y) y = 0.001 * y - 9;
    for (const auto fit : {least_squares_line, huber_line}) {
      const LineFit a = fit(p.x, p.y), b = fit(q.x, q.y);
      expect_close(b.slope * 1024 / 0.001, a.slope, 1e-10);
      expect_close((b.intercept + 9 + b.slope * 77) / 0.001, a.intercept, 1e-9);
      expect_close(b.slope_stderr * 1024 / 0.001, a.slope_stderr, 1e-9);
      expect_close(b.spread / 0.001, a.spread, 1e-9);
      expect_close(b.r2, a.r2, 1e-11);
    }
  }
}

TEST(line_fits, do_not_depend_on_the_order_of_the_points) {
  std::mt19937_64 random(5);
  const Points p = noisy_line(25, -1.5, 200, 10, 4);
  std::vector<std::size_t> order(p.x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int i = 0; i < 10; ++i) {
    std::shuffle(order.begin(), order.end(), random);
    Points q;
    for (const std::size_t k : order) q.x.push_back(p.x[k]), q.y.push_back(p.y[k]);
    for (const auto fit : {least_squares_line, huber_line}) {
      const LineFit a = fit(p.x, p.y), b = fit(q.x, q.y);
      expect_close(b.slope, a.slope, 1e-12);
      expect_close(b.intercept, a.intercept, 1e-12);
      for (std::size_t k = 0; k < order.size(); ++k) EXPECT_NEAR(b.residuals[k], a.residuals[order[k]], 1e-10);
    }
  }
}

TEST(huber_line, hardly_follows_a_gross_outlier) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Points p = noisy_line(30, 2, 50, 1, seed);
    const double clean = huber_line(p.x, p.y).slope, stderr_before = least_squares_line(p.x, p.y).slope_stderr;
    const auto at = std::max_element(p.x.begin(), p.x.end()) - p.x.begin();
    p.y[static_cast<std::size_t>(at)] += 500;
    EXPECT_GT(std::abs(least_squares_line(p.x, p.y).slope - 2), 20 * stderr_before) << seed;
    EXPECT_LT(std::abs(huber_line(p.x, p.y).slope - clean), 2 * stderr_before) << seed;
  }
}

TEST(huber_line, is_the_exact_line_where_most_points_lie_on_one) {
  const std::vector<double> x = {0, 1, 2, 3, 4, 5, 6}, y = {1, 3, 5, 7, 9, 11, 400};
  const LineFit fit = huber_line(x, y);
  EXPECT_NEAR(fit.slope, 2, 1e-8);
  EXPECT_NEAR(fit.intercept, 1, 1e-8);
  EXPECT_TRUE(fit.converged);
}

// An independent implementation: statsmodels 0.14, RLM with HuberT(1.345), scale by MAD, covariance H1, on these
// points.
TEST(huber_line, agrees_with_another_implementation) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                            y = {2.1, 3.9, 6.2, 7.8, 10.1, 12.2, 30, 16.1, 17.8, 20.3};
  const LineFit fit = huber_line(x, y);
  EXPECT_NEAR(fit.intercept, -0.00428376, 1e-6);
  EXPECT_NEAR(fit.slope, 2.01965565, 1e-7);
  EXPECT_NEAR(fit.spread, 0.17995443, 1e-6);
  EXPECT_NEAR(fit.intercept_stderr, 0.18510363, 1e-6);
  EXPECT_NEAR(fit.slope_stderr, 0.02983215, 1e-6);
}

// 2000 series of 12 points: a share of 95 % has a standard error of 0.5 %.
TEST(predict, covers_the_next_measurement_and_the_line_as_often_as_it_says) {
  int next = 0, line = 0, slope = 0;
  constexpr int series = 2000;
  for (unsigned seed = 1; seed <= series; ++seed) {
    Points p = noisy_line(13, 3, 10, 5, seed);
    const double x = p.x.back(), y = p.y.back();
    p.x.pop_back(), p.y.pop_back();
    const LineFit fit = least_squares_line(p.x, p.y);
    const PointPrediction at = predict(fit, x);
    next += y >= at.next.low && y <= at.next.high;
    line += 10 + 3 * x >= at.line.low && 10 + 3 * x <= at.line.high;
    slope += slope_interval(fit).low <= 3 && 3 <= slope_interval(fit).high;
  }
  for (const int covered : {next, line, slope}) EXPECT_NEAR(covered, 0.95 * series, 0.02 * series);
}

TEST(line_fits, say_the_standard_errors_that_simulation_shows) {
  const Points first = noisy_line(40, 2, 30, 4, 1);
  std::mt19937_64 random(11);
  std::normal_distribution<double> noise(0, 4);
  for (const auto line : {least_squares_line, huber_line}) {
    double sum = 0, squares = 0, claimed = 0;
    constexpr int series = 1500;
    for (int i = 0; i < series; ++i) {
      Points p = first;
      for (std::size_t k = 0; k < p.x.size(); ++k) p.y[k] = 30 + 2 * p.x[k] + noise(random);
      const LineFit fit = line(p.x, p.y);
      sum += fit.slope, squares += fit.slope * fit.slope, claimed += fit.slope_stderr;
    }
    const double seen = std::sqrt(squares / series - sum * sum / series / series);
    EXPECT_NEAR(claimed / series / seen, 1, 0.08);
    EXPECT_NEAR(sum / series, 2, 4 * seen / std::sqrt(series));
  }
}

TEST(line_refusal, says_what_the_points_cannot_carry) {
  const auto of = [](const std::vector<double>& x, const std::vector<double>& y) { return line_refusal(x, y); };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), huge = std::numeric_limits<double>::infinity();
  EXPECT_EQ(of({}, {}), FitRefusal::too_few_points);
  EXPECT_EQ(of({1, 2}, {1, 2}), FitRefusal::too_few_points);
  EXPECT_EQ(of({4, 4, 4, 4}, {1, 2, 3, 4}), FitRefusal::no_spread);
  EXPECT_EQ(of({1e-200, 2e-200, 3e-200}, {1, 2, 3}), FitRefusal::no_spread);
  EXPECT_EQ(of({1, 2, nan}, {1, 2, 3}), FitRefusal::not_finite);
  EXPECT_EQ(of({1, 2, 3}, {1, huge, 3}), FitRefusal::not_finite);
  EXPECT_EQ(of({1, 2, 1e300}, {1, 2, 3}), FitRefusal::not_finite);
  EXPECT_EQ(of({1, 2, 3}, {5, 5, 5}), std::nullopt);
  EXPECT_EQ(words(FitRefusal::no_spread), "no spread in x");
}

TEST(too_far, is_beyond_three_times_the_largest_measured) {
  const std::vector<double> x = {10, 20, 50}, y = {1, 2, 3};
  const LineFit fit = least_squares_line(x, y);
  EXPECT_FALSE(too_far(fit, 150));
  EXPECT_TRUE(too_far(fit, 150.001));
  EXPECT_FALSE(too_far(fit, 0));
  EXPECT_TRUE(too_far(fit, std::numeric_limits<double>::quiet_NaN()));
}

// Tables of Student's t and of F: 2.228 (10 degrees, 95 %), 63.657 (1, 99 %), F(0.05; 3, 10) = 3.708.
TEST(student, has_the_values_of_the_tables) {
  EXPECT_NEAR(t_within(0.95, 10), 2.228, 5e-4);
  EXPECT_NEAR(t_within(0.99, 1), 63.657, 5e-4);
  EXPECT_NEAR(t_beyond(2.228, 10), 0.05, 5e-5);
  EXPECT_NEAR(t_beyond(-2.228, 10), 0.05, 5e-5);
  EXPECT_NEAR(f_beyond(3.708, 3, 10), 0.05, 5e-5);
  EXPECT_EQ(t_beyond(std::numeric_limits<double>::infinity(), 3), 0);
}

}  // namespace
}  // namespace sizing
