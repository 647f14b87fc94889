#include "libsizing/plan/calibration.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing {
namespace {

// "smallest to largest" of x, with what it counts.
std::string measured_span(const Calibration& c) {
  return rounded(c.fit().x_low) + " to " + rounded(c.fit().x_high) + " " + printable(c.measured.x);
}

std::string sentence(const Calibration& c) {
  const LineFit& fit = c.fit();
  const Measured& m = c.measured;
  const double reach = slope_interval(fit, c.confidence).high - fit.slope;
  const std::string rests =
      "R² " + shown_r2(c.least_squares.r2) + ", " + std::to_string(fit.n) + " rows, " + measured_span(c);
  const std::string line = printable(m.y) + (fit.slope < 0 ? " falls by " : " grows by ") +
                           shown_amount(std::abs(fit.slope), reach, m.y_unit) + " for each " + one_of(m) +
                           " from a base of " + shown_amount(fit.intercept, m.y_unit);
  if (!c.usable) {
    const auto reason =
        std::find_if(c.remarks.begin(), c.remarks.end(), [](const Remark& r) { return r.severity == Severity::error; });
    return "These data make no figure: " + (reason == c.remarks.end() ? "" : reason->text) +
           " The line would be: " + line + " (" + rests + ").";
  }
  return line + " (" + rests + "); no answer beyond " +
         rounded(farthest * std::max(std::abs(fit.x_low), std::abs(fit.x_high))) + " " + printable(m.x) + ".";
}

SizePrediction prediction_at(const Calibration& c, const AskedSize& asked) {
  if (asked.x < 0 && c.fit().x_low >= 0)
    throw InputError({"", 0, 0, "at"}, "below 0, where no measurement is", exact(asked.x), "a size from 0");
  if (!c.usable) return {asked, {asked.x, 0, {}, {}}, FitRefusal::no_line};
  if (!too_far(c.fit(), asked.x)) return {asked, predict(c.fit(), asked.x, c.confidence), std::nullopt};
  if (!asked.may_be_refused)
    throw InputError({"", 0, 0, "at"}, "too far beyond the measurements, which end at " + rounded(c.fit().x_high),
                     exact(asked.x),
                     "at most " + exact(farthest * std::max(std::abs(c.fit().x_low), std::abs(c.fit().x_high))) +
                         ", three times the largest");
  return {asked, {asked.x, 0, {}, {}}, FitRefusal::too_far};
}

}  // namespace

void refuse(const Measured& m, FitRefusal refusal, std::size_t least_points) {
  const std::size_t n = m.series.x.size();
  const Place place{m.file, 0, 0, ""};
  const std::string rows = std::to_string(n) + (n == 1 ? " row" : " rows");
  switch (refusal) {
    case FitRefusal::too_few_points:
      throw InputError(place, "too few points", rows + (m.filter.empty() ? "" : " of " + m.filter),
                       "at least " + std::to_string(least_points) + " rows" +
                           (least_points > least_points_of_line ? ", three different ones of them," : "") +
                           " with values in " + excerpt(m.x) + " and " + excerpt(m.y));
    case FitRefusal::no_spread:
      throw InputError(place, "no spread in the column " + excerpt(m.x) + ": a slope needs at least two values of it",
                       rows);
    default: break;
  }
  throw InputError(place, "numbers that no fit can hold in the columns " + excerpt(m.x) + " and " + excerpt(m.y), "",
                   "numbers up to 1e150");
}

Calibration calibrate(std::string_view csv, const CalibrationRequest& request) {
  return calibrate(parse_measurements(csv, request.data.file), request);
}

Calibration calibrate(const Csv& table, const CalibrationRequest& request) {
  Calibration c;
  c.measured = measured(table, request.data);
  const Series& series = c.measured.series;
  if (const auto refusal = line_refusal(series.x, series.y)) refuse(c.measured, *refusal, least_points_of_line);
  c.confidence = request.confidence;
  c.robust = request.robust;
  c.least_squares = least_squares_line(series.x, series.y);
  c.huber = huber_line(series.x, series.y);
  c.straightness = straightness(series.x, series.y, c.least_squares);
  c.spread_trend = spread_trend(series.x, c.huber.residuals);
  c.outliers = outliers(c.huber);
  c.remarks = line_remarks(c);
  c.usable =
      std::none_of(c.remarks.begin(), c.remarks.end(), [](const Remark& r) { return r.severity == Severity::error; });
  if (request.at) c.prediction = prediction_at(c, *request.at);
  c.figures = calibrated_figures(c, request);
  if (c.usable) c.suggestion = suggested_figures(c.measured, request.data.conditions, c.measured.columns);
  c.answer = sentence(c);
  return c;
}

const std::vector<std::string>& fit_methods() {
  static const std::vector<std::string> words = {"least-squares", "huber"};
  return words;
}

const std::vector<std::string>& fit_models() {
  static const std::vector<std::string> words = {"line", "usl"};
  return words;
}

double confidence_of(double percent, const std::string& key) {
  if (percent >= 50 && percent <= 99.99) return percent / 100;
  throw InputError({"", 0, 0, key}, "not allowed", exact(percent), "percent from 50 to 99.99");
}

double planned_value(const Site& site, std::size_t server, const std::string& quantity,
                     const std::optional<Unit>& unit) {
  const ResolvedServer resolved = resolve(site)[server];
  const Model& model = *resolved.evaluation.model;
  const NodeId node = find_node(model, quantity);
  if (node == no_node) {
    std::vector<std::string> known = input_names(model);
    for (const std::string& formula : formula_names(model)) known.push_back(formula);
    throw InputError({"", 0, 0, "quantity"}, "no such quantity of the plan" + did_you_mean(quantity, known), quantity,
                     "an input or a formula that 'opsi-sizing plan' shows");
  }
  const Unit& own = model.units[node];
  if (unit && !same_dimension(own, *unit))
    throw InputError({"", 0, 0, "quantity"}, "is in another unit than x: " + quantity + " is in " + name(own),
                     name(*unit));
  const double value = resolved.evaluation.values[node];
  return unit ? convert(value, own, *unit) : value;
}

AskedSize planned_size(const Site& site, std::size_t server, const std::string& quantity,
                       const CalibrationRequest& request) {
  const std::string& x = request.data.x;
  const std::string asked = quantity.empty() ? planned_quantity(request.slope_figure, x) : quantity;
  if (asked.empty())
    throw InputError({"", 0, 0, "quantity"}, "is missing: which quantity of the plan is x", "",
                     "an input or a formula of the plan, such as samba.connections");
  return {planned_value(site, server, asked, stated_unit(request.data.x_unit, x, "x-unit")),
          asked + " of " + site.servers[server].name, true};
}

std::string planned_quantity(const std::string& slope_figure, const std::string& x) {
  if (slope_figure.empty()) return "";
  const std::string name = slope_figure.substr(0, slope_figure.find('.') + 1) + x;
  return find_input(*standard_model(default_rule_set()), name) ? name : "";
}

}  // namespace sizing
