#include "libsizing/plan/throughput.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/remarks.h"

namespace sizing {
namespace {

std::string shown(double value, const ThroughputCalibration& c) { return shown_amount(value, c.measured.y_unit); }

std::vector<Remark> remarks_of(const ThroughputCalibration& c) {
  const UslFit& fit = c.fit;
  const std::string& y = c.measured.y;
  std::vector<Remark> remarks;
  if (fit.r2 < least_r2)
    remarks.push_back({"low_r2", Severity::error, y,
                       "R² is " + shown_r2(fit.r2) + ", below " + rounded(least_r2) +
                           ": the law explains too little of these data."});
  if (!fit.converged)
    remarks.push_back({"not_converged", Severity::error, y, "the search for the best law did not settle."});
  if (fit.bounded[0])
    remarks.push_back({"contention_held_at_0", Severity::warning, y,
                       "Without a bound the best a would be " + rounded(fit.unbounded.a) +
                           ", which no contention can be: a is held at 0. Smaller numbers of " +
                           printable(c.measured.x) + " would say more of it."});
  if (fit.bounded[1])
    remarks.push_back({"coherency_held_at_0", Severity::warning, y,
                       "Without a bound the best b would be " + rounded(fit.unbounded.b) +
                           ", which no cost of agreeing can be: b is held at 0, so the law has no peak. Something else "
                           "changed along the series, or it does not reach the peak."});
  if (const auto top = peak(fit.usl); top && top->n > fit.high)
    remarks.push_back(
        {"peak_not_measured", Severity::warning, y,
         "The peak at " + rounded(top->n) + " is beyond the measurements, which end at " + rounded(fit.high) + "."});
  if (fit.n < few_points)
    remarks.push_back(
        {"few_points", Severity::warning, y, "Only " + std::to_string(fit.n) + " rows for three unknowns."});
  if (c.measured.series.without_value > 0)
    remarks.push_back({"rows_left_out", Severity::note, y, left_out(c.measured)});
  sort_by_severity(remarks);
  return remarks;
}

std::string sentence(const ThroughputCalibration& c) {
  const Usl& usl = c.fit.usl;
  const std::string rests = " (R² " + shown_r2(c.fit.r2) + ", " + std::to_string(c.fit.n) + " rows, " +
                            rounded(c.fit.low) + " to " + rounded(c.fit.high) + " " + printable(c.measured.x) + ")";
  const std::string one = "one " + one_of(c.measured) + " gives " + shown(usl.g, c);
  if (!c.usable) return "These data do not follow the Universal Scalability Law: " + c.remarks.front().text;
  if (const auto top = peak(usl))
    return printable(c.measured.y) + " is largest at " + rounded(top->n) + " " + printable(c.measured.x) + " with " +
           shown(top->throughput, c) + "; " + one + rests + ".";
  if (usl.a > 0 && usl.a < 1)
    return printable(c.measured.y) + " grows ever more slowly towards " + shown(usl.g / usl.a, c) +
           ", without a peak; " + one + rests + ".";
  return printable(c.measured.y) + (usl.a >= 1 ? " does not grow with " : " grows in proportion to ") +
         printable(c.measured.x) + "; " + one + rests + ".";
}

SizePrediction prediction_at(const ThroughputCalibration& c, const AskedSize& asked) {
  if (!c.usable) return {asked, {asked.x, 0, {}, {}}, FitRefusal::no_line};
  if (!too_far(c.fit, asked.x)) return {asked, predict(c.fit, asked.x, c.confidence), std::nullopt};
  if (!asked.may_be_refused)
    throw InputError(
        {"", 0, 0, "at"},
        asked.x > 0 ? "too far beyond the measurements, which end at " + rounded(c.fit.high) : "not allowed",
        exact(asked.x), "above 0, at most " + exact(farthest * c.fit.high) + ", three times the largest");
  return {asked, {asked.x, 0, {}, {}}, FitRefusal::too_far};
}

}  // namespace

bool is_throughput(const std::string& x, const std::string& y) {
  const std::string name = lower(y);
  return unit_of_column(x) == parse_unit("worker") &&
         (name.find("throughput") != std::string::npos || name.find("_per_s") != std::string::npos);
}

ThroughputCalibration calibrate_throughput(std::string_view csv, const CalibrationRequest& request) {
  return calibrate_throughput(parse_measurements(csv, request.data.file), request);
}

ThroughputCalibration calibrate_throughput(const Csv& table, const CalibrationRequest& request) {
  for (const auto& [key, name] :
       {std::pair("slope-figure", request.slope_figure), {"base-figure", request.base_figure}})
    if (!name.empty())
      throw InputError({"", 0, 0, key}, "no figure is one of the Universal Scalability Law", name,
                       "--model line for a figure by x");
  ThroughputCalibration c;
  c.measured = measured(table, request.data);
  const Series& series = c.measured.series;
  if (const auto refusal = usl_refusal(series.x, series.y)) {
    if (*refusal == FitRefusal::too_few_points) refuse(c.measured, *refusal, least_points_of_usl);
    throw InputError({c.measured.file, 0, 0, ""},
                     *refusal == FitRefusal::no_spread ? "every throughput is 0" : "numbers that the law cannot have",
                     "", excerpt(c.measured.x) + " above 0 and " + excerpt(c.measured.y) + " not below 0");
  }
  c.confidence = request.confidence;
  c.fit = fit_usl(series.x, series.y);
  c.remarks = remarks_of(c);
  c.usable =
      std::none_of(c.remarks.begin(), c.remarks.end(), [](const Remark& r) { return r.severity == Severity::error; });
  if (request.at) c.prediction = prediction_at(c, *request.at);
  c.answer = sentence(c);
  return c;
}

}  // namespace sizing
