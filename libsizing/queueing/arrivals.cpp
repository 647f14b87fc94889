#include "libsizing/queueing/arrivals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include <boost/math/special_functions/erf.hpp>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

using Kind = ArrivalShape::Kind;

// erf at the end of the window: the share of a bell that lies within it.
const double within = std::erf(deviations_in_window / 2 / std::numbers::sqrt2);

void check_steps(const std::vector<double>& steps, const std::string& key) {
  const Place place{"", 0, 0, key};
  const std::string allowed = "1 to " + std::to_string(most_steps_of_arrivals) + " weights of 0 or more, not all 0";
  if (steps.empty() || steps.size() > most_steps_of_arrivals)
    throw InputError(place, "a histogram has no such number of steps", std::to_string(steps.size()), allowed);
  double sum = 0;
  for (const double step : steps) sum += not_negative(step, key);
  if (!(sum > 0 && std::isfinite(sum))) throw InputError(place, "the steps have no sum to share", exact(sum), allowed);
}

void check(const Arrivals& a, const std::string& key) {
  not_negative(a.clients, key + ".clients");
  not_negative(a.window, key + ".window");
  if (!std::isfinite(a.start + a.window)) not_negative(std::nan(""), key + ".start");
  if (a.shape.kind == Kind::triangular) share_of_1(a.shape.peak, key + ".peak");
  if (a.shape.kind == Kind::histogram) check_steps(a.shape.steps, key + ".steps");
}

std::vector<double> cumulative(const std::vector<double>& steps) {
  std::vector<double> before = {0};
  for (const double step : steps) before.push_back(before.back() + step);
  const double all = before.back();
  for (double& share : before) share /= all;
  return before;
}

// All of the following count x in windows, from 0 to 1.

std::size_t step_at(const ArrivalCurve& c, double x) {
  const std::size_t steps = c.arrivals.shape.steps.size();
  return std::min(static_cast<std::size_t>(x * static_cast<double>(steps)), steps - 1);
}

double triangle_arrived(double peak, double x) {
  return x <= peak && peak > 0 ? x * x / peak : 1 - (1 - x) * (1 - x) / (1 - peak);
}

double triangle_density(double peak, double x) {
  return x <= peak && peak > 0 ? 2 * x / peak : 2 * (1 - x) / (1 - peak);
}

double triangle_inverse(double peak, double share) {
  return share <= peak ? std::sqrt(share * peak) : 1 - std::sqrt((1 - share) * (1 - peak));
}

double bell_arrived(double x) {
  return (1 + std::erf((x - 0.5) * deviations_in_window / std::numbers::sqrt2) / within) / 2;
}

double bell_density(double x) {
  const double z = (x - 0.5) * deviations_in_window;
  return deviations_in_window * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) / within;
}

double bell_inverse(double share) {
  return 0.5 + boost::math::erf_inv((2 * share - 1) * within) * std::numbers::sqrt2 / deviations_in_window;
}

double steps_arrived(const ArrivalCurve& c, double x) {
  const std::size_t i = step_at(c, x);
  const double part = x * static_cast<double>(c.arrivals.shape.steps.size()) - static_cast<double>(i);
  return c.before[i] + part * (c.before[i + 1] - c.before[i]);
}

double steps_inverse(const ArrivalCurve& c, double share) {
  const auto after = std::lower_bound(c.before.begin() + 1, c.before.end() - 1, share);  // the first that reaches it
  const auto i = after - c.before.begin() - 1;
  const double from = *(after - 1), part = *after > from ? (share - from) / (*after - from) : 0;
  return (static_cast<double>(i) + part) / static_cast<double>(c.arrivals.shape.steps.size());
}

}  // namespace

ArrivalShape parse_shape(std::string_view text) {
  if (text == "at once") return {Kind::at_once, 0.5, {}};
  if (text == "uniform") return {Kind::uniform, 0.5, {}};
  if (text == "normal") return {Kind::normal, 0.5, {}};
  if (text == "triangular") return {Kind::triangular, 0.5, {}};
  const std::string allowed = "at once, uniform, normal, triangular or triangular:0.3";
  if (!text.starts_with("triangular:")) throw InputError({}, "is no shape", text, allowed);
  const double peak = parse_number(text.substr(text.find(':') + 1));
  if (!(peak >= 0 && peak <= 1)) throw InputError({}, "the peak is outside of the window", text, allowed);
  return {Kind::triangular, peak, {}};
}

ArrivalCurve arrival_curve(const Arrivals& arrivals, std::string_view key) {
  check(arrivals, std::string(key));
  ArrivalCurve curve{arrivals, arrivals.window == 0 || arrivals.shape.kind == Kind::at_once, {}};
  if (arrivals.shape.kind == Kind::histogram) curve.before = cumulative(arrivals.shape.steps);
  return curve;
}

double arrived(const ArrivalCurve& curve, double t) {
  const Arrivals& a = curve.arrivals;
  if (t < a.start) return 0;
  const double x = curve.at_once ? 1 : (t - a.start) / a.window;
  if (x >= 1) return 1;
  switch (a.shape.kind) {
    case Kind::at_once: return 1;
    case Kind::uniform: return x;
    case Kind::triangular: return triangle_arrived(a.shape.peak, x);
    case Kind::normal: return std::clamp(bell_arrived(x), 0.0, 1.0);
    case Kind::histogram: return steps_arrived(curve, x);
  }
  return 1;
}

double density(const ArrivalCurve& curve, double since) {
  const Arrivals& a = curve.arrivals;
  if (curve.at_once || since < 0 || since > a.window) return 0;
  const double x = since / a.window;
  switch (a.shape.kind) {
    case Kind::at_once: return 0;
    case Kind::uniform: return 1 / a.window;
    case Kind::triangular: return triangle_density(a.shape.peak, x) / a.window;
    case Kind::normal: return bell_density(x) / a.window;
    case Kind::histogram: {
      const std::size_t i = step_at(curve, x);
      return (curve.before[i + 1] - curve.before[i]) * static_cast<double>(a.shape.steps.size()) / a.window;
    }
  }
  return 0;
}

double arrival_time(const ArrivalCurve& curve, double share) {
  const Arrivals& a = curve.arrivals;
  share_of_1(share, "share");
  if (curve.at_once) return a.start;
  const auto at = [&](double x) { return a.start + a.window * std::clamp(x, 0.0, 1.0); };
  switch (a.shape.kind) {
    case Kind::at_once: return a.start;
    case Kind::uniform: return at(share);
    case Kind::triangular: return at(triangle_inverse(a.shape.peak, share));
    case Kind::normal: return at(bell_inverse(share));
    case Kind::histogram: return at(steps_inverse(curve, share));
  }
  return a.start;
}

std::vector<double> smooth_parts(const ArrivalCurve& curve) {
  const Arrivals& a = curve.arrivals;
  if (curve.at_once) return {};
  const auto equal = [&](std::size_t parts) {
    std::vector<double> edges;
    for (std::size_t i = 0; i <= parts; ++i)
      edges.push_back(a.window * (static_cast<double>(i) / static_cast<double>(parts)));
    return edges;
  };
  if (a.shape.kind == Kind::histogram) return equal(a.shape.steps.size());
  if (a.shape.kind == Kind::normal) return equal(static_cast<std::size_t>(2 * deviations_in_window));
  if (a.shape.kind == Kind::triangular) return {0, a.window * a.shape.peak, a.window};
  return {0, a.window};
}

}  // namespace sizing
