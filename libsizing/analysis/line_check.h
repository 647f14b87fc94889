// Whether a fitted line may be believed: points that do not belong to it, a curve that it hides, residuals that grow.
//
// Each check is a published test with a stated threshold; what follows from it is said by who asks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsizing/analysis/line_fit.h"

namespace sizing {

/// A point is an outlier where its residual from Huber's line is more than this many robust spreads (the cut that
/// Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993, give for a robust score).
inline constexpr double outlier_spreads = 3.5;

/// The indices of the outliers, ascending. `robust` is a fit of huber_line.
std::vector<std::size_t> outliers(const LineFit& robust);

/// The checks say so where chance alone gives as much less often than this.
inline constexpr double significance = 0.01;
/// A departure from the line, as a share of the range of y, below which a significant curve does not matter.
inline constexpr double departure_that_matters = 0.02;

enum class StraightnessTest {
  none,           // fewer than three values of x, or no degree of freedom: a curve cannot be seen
  lack_of_fit,    // repeated measurements at one x say how large chance is: F test against it
  quadratic_term  // with fewer repetitions than half the values of x: t test of a term in x²
};

struct Straightness {
  StraightnessTest test = StraightnessTest::none;
  double statistic = 0;  // F or t
  double p = 1;          // how often chance alone gives as much
  double departure = 0;  // root mean square distance of the curve from the line, as a share of the range of y

  bool straight() const { return p >= significance || departure <= departure_that_matters; }
};

/// `fit` is that of least squares of the same points.
Straightness straightness(std::span<const double> x, std::span<const double> y, const LineFit& fit);

/// Spearman's rank correlation of x with |residual|.
struct SpreadTrend {
  double correlation = 0;
  double p = 1;  // two-sided, by Student's t; 1 with fewer than 8 points

  bool grows() const { return correlation > 0 && p < significance; }
};
SpreadTrend spread_trend(std::span<const double> x, std::span<const double> residuals);

}  // namespace sizing
