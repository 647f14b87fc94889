// What is said of a line fit. The thresholds stand in the headers of the checks.
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/student.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/calibration.h"
#include "libsizing/plan/remarks.h"

namespace sizing {
namespace {

using Remarks = std::vector<Remark>;

void say_r2(const Calibration& c, Remarks& remarks) {
  if (c.least_squares.r2 >= least_r2) return;
  remarks.push_back({"low_r2", Severity::error, c.measured.y,
                     "R² is " + shown_r2(c.least_squares.r2) + ", below " + rounded(least_r2) +
                         ": the line explains too little. Narrow the rows with --where, or measure more."});
}

void say_slope(const Calibration& c, Remarks& remarks) {
  const LineFit& fit = c.least_squares;
  const double beyond =
      fit.slope_stderr > 0 ? t_beyond(fit.slope / fit.slope_stderr, static_cast<double>(fit.n) - 2) : 0;
  if (beyond < 1 - c.confidence) return;
  remarks.push_back({"no_slope", Severity::error, c.measured.y,
                     "the slope cannot be told from 0: " + printable(c.measured.y) + " does not visibly depend on " +
                         printable(c.measured.x) + "."});
}

void say_curve(const Calibration& c, Remarks& remarks) {
  if (c.straightness.straight()) return;
  const char* test = c.straightness.test == StraightnessTest::lack_of_fit ? "lack of fit against the repeated rows: F "
                                                                          : "quadratic term: t ";
  remarks.push_back({"not_straight", Severity::error, c.measured.y,
                     "not a straight line: a curve departs from it by " + rounded(100 * c.straightness.departure) +
                         " % of the range of " + printable(c.measured.y) + " (" + test +
                         rounded(c.straightness.statistic) + ", p " + rounded(c.straightness.p) +
                         "). Narrow the range with --where."});
}

void say_few(const Calibration& c, Remarks& remarks) {
  const std::size_t n = c.least_squares.n, sizes = c.least_squares.distinct;
  if (n < few_points)
    remarks.push_back({"few_points", Severity::warning, c.measured.y,
                       "Only " + std::to_string(n) + " rows: the intervals are wide, and outliers are hard to tell."});
  if (sizes < few_sizes)
    remarks.push_back({"few_sizes", Severity::warning, c.measured.x,
                       "Only " + std::to_string(sizes) + " different values of " + printable(c.measured.x) +
                           ": a curve could not be " + (sizes < 3 ? "seen." : "seen well.")});
}

void say_outliers(const Calibration& c, Remarks& remarks) {
  if (c.outliers.empty()) return;
  std::vector<std::string> lines;
  for (const std::size_t i : c.outliers) lines.push_back(std::to_string(c.measured.series.lines[i]));
  const bool one = lines.size() == 1;
  remarks.push_back({"outliers", Severity::warning, c.measured.y,
                     std::string(one ? "Line " : "Lines ") + join_some(lines) + (one ? " lies" : " lie") +
                         " more than " + rounded(outlier_spreads) + " robust spreads (" +
                         shown_amount(c.huber.spread, c.measured.y_unit) + ") from Huber's line; look at " +
                         (one ? "it" : "them") + ". The fits hold all rows."});
}

void say_difference(const Calibration& c, Remarks& remarks) {
  const double difference = std::abs(c.huber.slope - c.least_squares.slope);
  if (difference <= differing_slopes * std::abs(c.huber.slope)) return;
  remarks.push_back({"fits_differ", Severity::warning, c.measured.y,
                     "Least squares and Huber's fit differ by " + rounded(100 * difference / std::abs(c.huber.slope)) +
                         " % in the slope: a few rows decide it. --fit huber takes the robust one."});
}

void say_spread(const Calibration& c, Remarks& remarks) {
  if (!c.spread_trend.grows()) return;
  remarks.push_back({"spread_grows", Severity::warning, c.measured.y,
                     "The residuals grow with " + printable(c.measured.x) + " (rank correlation " +
                         rounded(c.spread_trend.correlation) +
                         "): standard errors and intervals are too narrow at large sizes."});
}

void say_base(const Calibration& c, Remarks& remarks) {
  if (intercept_interval(c.fit(), c.confidence).high >= 0) return;
  remarks.push_back({"negative_base", Severity::warning, c.measured.y,
                     "The base is below 0, which no amount can be: below the measured sizes the line does not hold."});
}

void say_rows(const Calibration& c, Remarks& remarks) {
  if (c.measured.series.without_value > 0)
    remarks.push_back({"rows_left_out", Severity::note, c.measured.y, left_out(c.measured)});
  if (!c.huber.converged)
    remarks.push_back(
        {"not_converged", Severity::warning, c.measured.y, "Huber's fit did not settle within its rounds."});
}

}  // namespace

std::vector<Remark> line_remarks(const Calibration& c) {
  Remarks remarks;
  for (const auto say :
       {say_curve, say_r2, say_slope, say_few, say_outliers, say_difference, say_spread, say_base, say_rows})
    say(c, remarks);
  sort_by_severity(remarks);
  return remarks;
}

}  // namespace sizing
