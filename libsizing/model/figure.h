// Figures: numbers from outside the model, each with its unit, range, kind and source.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/unit.h"

namespace sizing {

/// What a number rests on, weakest first. `given` is what the user stated; it is no figure's kind.
enum class Kind { assumed, derived, measured, published, given };

std::string_view name(Kind kind);
/// Throws InputError for anything but "published", "measured", "derived", "assumed".
Kind parse_kind(std::string_view text);
/// A number is as sure as the weakest that it was made of.
Kind weakest(Kind a, Kind b);

struct Source {
  std::string id, title, where, date, applies_to;
};

struct Point {
  double x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

/// Piecewise linear through its points (x ascending, at least two). Below the first point the first value holds; above
/// the last one the last slope goes on. Exact at every point.
using Curve = std::vector<Point>;
double interpolate(const Curve& curve, double x);

struct Figure {
  std::string name;
  double value = 0;                 // of a plain figure, in `unit`
  Curve curve;                      // of a curve; empty for a plain figure
  std::optional<double> low, high;  // the range, in `unit`: 5 % to 95 % where it is an uncertainty
  Unit unit;                        // of the value, or of the curve's y
  Unit x_unit;                      // of the curve's x
  Kind kind = Kind::assumed;
  std::string opsi;    // the opsi versions it was stated for
  std::string source;  // id of a Source, or where an override comes from
  std::string note;
  std::string text;  // for a figure that is a list of words (architectures), else empty
};

/// "250", "100:500|2000:1000|4000:2000", "x86-64|ARM64": full precision, as in the figures' table.
std::string value_text(const Figure& figure);
/// "client:MB" for a curve, else the unit's name ("-" without dimension).
std::string unit_text(const Figure& figure);
/// "0.8 to 4", "fixed" where low and high are the value, "" where no range is known.
std::string range_text(const Figure& figure);

/// "100:500|2000:1000". Throws InputError (without place): fewer than two points, x not ascending, y falling
/// (amounts grow with what they serve; below 0 they would mean nothing), not numbers.
Curve parse_curve(std::string_view text);

}  // namespace sizing
