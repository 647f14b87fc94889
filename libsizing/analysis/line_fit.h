// A straight line through measured points, y = intercept + slope × x: by least squares, and by Huber's robust fit that
// a few wild points hardly move.
//
// Least squares: all points count alike; standard errors and intervals rest on residuals of one spread that come from
// chance. Huber's M-estimator: the influence of a point is cut at 1.345 times the robust spread of the residuals (95 %
// of the efficiency of least squares where the residuals are normal), found by repeated weighted least squares; the
// spread is the median of |residual| / 0.6745 anew in each round; covariance by the first formula of Huber, Robust
// Statistics, 1981, section 7.6. It withstands wild y, not a wild x far from all others.
//
// Both work on centred and scaled numbers, so that an offset of a billion costs no digits that matter. Units are the
// caller's: slope is y per x, everything else but r2 is in the unit of y.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sizing {

/// Why data carry no answer.
enum class FitRefusal {
  too_few_points,  // fewer than the unknowns and one more
  no_spread,       // every x is the same: there is no slope to see
  not_finite,      // not a number, infinite, or beyond 1e150
  too_far,         // asked beyond three times the largest |x| that was measured
  no_line          // asked of points that a line does not describe
};
/// "too few points".
std::string_view words(FitRefusal refusal);

/// An answer further out than this many times the largest measured |x| is refused.
inline constexpr double farthest = 3;
inline constexpr std::size_t least_points_of_line = 3;
inline constexpr double usual_confidence = 0.95;

struct LineFit {
  double slope = 0, intercept = 0;
  double slope_stderr = 0, intercept_stderr = 0;
  double r2 = 0;              // the share of the variance of y that the line takes away; 1 where y has none
  double spread = 0;          // standard deviation of the residuals (n - 2 degrees); of Huber's fit the robust one
  double error_variance = 0;  // variance of the slope is this / sxx, of the level this / n
  std::size_t n = 0;
  std::size_t distinct = 0;  // values of x
  double x_mean = 0, x_low = 0, x_high = 0, sxx = 0;
  double level = 0;               // the line at x_mean
  std::vector<double> residuals;  // measured minus line, by point
  int rounds = 1;
  bool converged = true;
};

/// Why no line can be laid through these points, or nothing. Both spans have the same length.
std::optional<FitRefusal> line_refusal(std::span<const double> x, std::span<const double> y);

/// Both need points that line_refusal lets pass.
LineFit least_squares_line(std::span<const double> x, std::span<const double> y);
LineFit huber_line(std::span<const double> x, std::span<const double> y);

struct Interval {
  double low = 0, high = 0;
};

/// Where the true slope or intercept lies with this confidence, by Student's t with n - 2 degrees.
Interval slope_interval(const LineFit& fit, double confidence = usual_confidence);
Interval intercept_interval(const LineFit& fit, double confidence = usual_confidence);

struct PointPrediction {
  double x = 0, y = 0;
  Interval line;  // where the line itself lies: the mean of many measurements
  Interval next;  // where one more measurement falls
};

/// Whether `x` is too far outside what was measured to be answered.
bool too_far(const LineFit& fit, double x);
PointPrediction predict(const LineFit& fit, double x, double confidence = usual_confidence);

}  // namespace sizing
