#include "libsizing/model/figure.h"

#include <algorithm>
#include <array>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/operation.h"

namespace sizing {
namespace {
constexpr std::array<std::string_view, 5> kind_names = {"assumed", "derived", "measured", "published", "given"};
}

std::string_view name(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Kind parse_kind(std::string_view text) {
  for (const Kind kind : {Kind::published, Kind::measured, Kind::derived, Kind::assumed})
    if (text == name(kind)) return kind;
  throw InputError({}, "unknown kind of figure", text, "published, measured, derived, assumed");
}

Kind weakest(Kind a, Kind b) { return std::min(a, b); }

double interpolate(const Curve& curve, double x) { return interpolate_points(curve.data(), curve.size(), x); }

std::string value_text(const Figure& figure) {
  if (!figure.text.empty()) return figure.text;
  if (figure.curve.empty()) return exact(figure.value);
  std::vector<std::string> points;
  for (const Point& p : figure.curve) points.push_back(exact(p.x) + ":" + exact(p.y));
  return join(points, "|");
}

std::string unit_text(const Figure& figure) {
  const auto or_dash = [](const Unit& unit) { return name(unit).empty() ? std::string("-") : name(unit); };
  return figure.curve.empty() ? or_dash(figure.unit) : or_dash(figure.x_unit) + ":" + or_dash(figure.unit);
}

std::string range_text(const Figure& figure) {
  if (!figure.low && !figure.high) return "";
  if (figure.low == figure.high && figure.low == figure.value) return "fixed";
  return exact(figure.low.value_or(figure.value)) + " to " + exact(figure.high.value_or(figure.value));
}

Curve parse_curve(std::string_view text) {
  constexpr std::string_view allowed =
      "two points or more, x ascending and y not falling, such as \"100:500|2000:1000\"";
  Curve curve;
  for (const std::string& point : split(text, '|')) {
    const auto colon = point.find(':');
    if (colon == std::string::npos) throw InputError({}, "not a curve", text, allowed);
    const std::string_view whole = point;
    curve.push_back({parse_number(trim(whole.substr(0, colon))), parse_number(trim(whole.substr(colon + 1)))});
    const Point& before = curve[curve.size() - (curve.size() > 1 ? 2 : 1)];
    if (curve.size() > 1 && !(before.x < curve.back().x && before.y <= curve.back().y))
      throw InputError({}, "not a curve", text, allowed);
  }
  if (curve.size() < 2) throw InputError({}, "not a curve", text, allowed);
  return curve;
}

}  // namespace sizing
