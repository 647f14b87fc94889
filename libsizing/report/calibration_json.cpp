// Both forms of calibration as JSON. Numbers are in the units of the columns.
#include "libsizing/base/text.h"
#include "libsizing/report/json_parts.inc"

namespace sizing {
namespace {

Json json_of(const std::optional<Unit>& unit) { return unit ? Json(name(*unit)) : Json(nullptr); }

Json json_of(const Interval& interval) { return Json::array({number(interval.low), number(interval.high)}); }

void put_measured(Json& json, const Measured& m) {
  const Series& s = m.series;
  json["file"] = m.file;
  json["host"] = or_null(m.host);
  json["when"] = or_null(m.when);
  json["comments"] = m.comments;
  json["where"] = or_null(m.filter);
  json["x"] = m.x;
  json["x_unit"] = json_of(m.x_unit);
  json["y"] = m.y;
  json["y_unit"] = json_of(m.y_unit);
  json["rows"] = {
      {"file", s.rows}, {"used", s.x.size()}, {"of_other_conditions", s.not_met}, {"without_value", s.without_value}};
}

template <class AnyCalibration>
Json head_json(const AnyCalibration& c, const char* model, const Stamp& stamp) {
  Json json = stamped(stamp, "");
  json["answer"] = c.answer;
  json["usable"] = c.usable;
  json["model"] = model;
  put_measured(json, c.measured);
  json["confidence"] = c.confidence;
  return json;
}

Json json_of(const std::optional<SizePrediction>& prediction, double confidence) {
  if (!prediction) return nullptr;
  const PointPrediction& at = prediction->at;
  Json json = {{"x", number(at.x)}, {"from", prediction->asked.from}, {"confidence", confidence}};
  json["refused"] = prediction->refused ? Json(words(*prediction->refused)) : Json(nullptr);
  const bool said = !prediction->refused;
  json["y"] = said ? number(at.y) : Json(nullptr);
  json["interval"] = said ? json_of(at.next) : Json(nullptr);
  json["mean_interval"] = said ? json_of(at.line) : Json(nullptr);
  return json;
}

void put_fit(Json& json, const LineFit& fit, double confidence) {
  json["slope"] = number(fit.slope);
  json["intercept"] = number(fit.intercept);
  json["slope_stderr"] = number(fit.slope_stderr);
  json["intercept_stderr"] = number(fit.intercept_stderr);
  json["slope_interval"] = json_of(slope_interval(fit, confidence));
  json["intercept_interval"] = json_of(intercept_interval(fit, confidence));
  json["r2"] = number(fit.r2);
  json["residual_spread"] = number(fit.spread);
}

Json outliers_json(const Calibration& c) {
  Json json = Json::array();
  const Series& s = c.measured.series;
  for (const std::size_t i : c.outliers)
    json.push_back({{"line", s.lines[i]},
                    {"x", number(s.x[i])},
                    {"y", number(s.y[i])},
                    {"residual", number(c.huber.residuals[i])}});
  return json;
}

Json checks_json(const Calibration& c) {
  constexpr std::array<const char*, 3> tests = {"none", "lack_of_fit", "quadratic_term"};
  return {{"straight",
           {{"test", tests[static_cast<std::size_t>(c.straightness.test)]},
            {"statistic", number(c.straightness.statistic)},
            {"p", number(c.straightness.p)},
            {"departure", number(c.straightness.departure)},
            {"passed", c.straightness.straight()}}},
          {"spread",
           {{"rank_correlation", number(c.spread_trend.correlation)},
            {"p", number(c.spread_trend.p)},
            {"passed", !c.spread_trend.grows()}}}};
}

Json override_json(const Calibration& c) {
  if (c.figures.empty()) return nullptr;
  Json json = Json::object();
  for (const FigureOverride& own : c.figures)
    json[own.name] = {{"value", Json::parse(own.value)},
                      {"low", or_null(own.low)},
                      {"high", or_null(own.high)},
                      {"kind", name(own.kind)},
                      {"note", own.note}};
  return json;
}

Json suggestion_json(const Calibration& c) {
  if (!c.suggestion) return nullptr;
  return {{"slope_figure", c.suggestion->slope_figure}, {"base_figure", or_null(c.suggestion->base_figure)}};
}

}  // namespace

std::string to_json(const Calibration& c, const Stamp& stamp) {
  Json json = head_json(c, "line", stamp);
  put_fit(json, c.least_squares, c.confidence);
  json["n"] = c.least_squares.n;
  json["distinct_x"] = c.least_squares.distinct;
  json["outliers"] = outliers_json(c);
  put_fit(json["robust"] = Json::object(), c.huber, c.confidence);
  json["fit"] = c.robust ? "huber" : "least-squares";
  json["checks"] = checks_json(c);
  json["prediction"] = json_of(c.prediction, c.confidence);
  json["override"] = override_json(c);
  json["suggestion"] = suggestion_json(c);
  json["remarks"] = json_of(c.remarks);
  return dumped(json);
}

std::string to_json(const ThroughputCalibration& c, const Stamp& stamp) {
  const UslFit& f = c.fit;
  Json json = head_json(c, "usl", stamp);
  const std::array<double, 3> values = {f.usl.g, f.usl.a, f.usl.b},
                              unbounded = {f.unbounded.g, f.unbounded.a, f.unbounded.b};
  const std::array<std::string, 3> names = {"g", "a", "b"};
  for (std::size_t i = 0; i < 3; ++i)
    json[names[i]] = number(values[i]), json[names[i] + "_stderr"] = number(f.stderrs[i]);
  json["held_at_0"] = Json::array();
  for (std::size_t i = 0; i < 2; ++i)
    if (f.bounded[i]) json["held_at_0"].push_back(names[i + 1]);
  for (std::size_t i = 0; i < 3; ++i) json["without_bounds"][names[i]] = number(unbounded[i]);
  const auto top = peak(f.usl);
  json["peak"] = top ? Json{{"n", number(top->n)}, {"throughput", number(top->throughput)}} : Json(nullptr);
  json["r2"] = number(f.r2);
  json["residual_spread"] = number(f.spread);
  json["n"] = f.n;
  json["distinct_x"] = f.distinct;
  json["prediction"] = json_of(c.prediction, c.confidence);
  json["remarks"] = json_of(c.remarks);
  return dumped(json);
}

}  // namespace sizing
