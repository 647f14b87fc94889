// When clients come: so many in all, from a start within a window, in a shape.
//
//   at_once      all at the start (as does every shape with a window of 0)
//   uniform      evenly over the window
//   triangular   from nothing up to the peak of the window (0.5: its middle) and down to nothing
//   normal       a bell around the middle of the window, which is six standard deviations wide; cut at its ends and
//                scaled (by 0.27 %), so that all come within the window
//   histogram    the window in equal steps, each with its weight; evenly within a step
//
// A curve holds what is computed once. Its `arrived` is the share of the clients that have come, `density` the share
// that comes per unit of time, `arrival_time` the inverse of `arrived`: a uniform random number, or a sorted list of
// them, becomes the times of arrivals.
//
// Units: one unit of time; the start may be negative. Errors: InputError where a number is none, clients or window are
// negative, the peak is outside of the window, or the steps are none, too many, negative or all 0.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sizing {

struct ArrivalShape {
  enum class Kind { at_once, uniform, triangular, normal, histogram } kind = Kind::uniform;
  double peak = 0.5;          // triangular alone: 0 to 1
  std::vector<double> steps;  // histogram alone
};

/// Reads "at once", "uniform", "normal", "triangular" or "triangular:0.3", which has its peak there. Throws InputError
/// (without place).
ArrivalShape parse_shape(std::string_view text);

struct Arrivals {
  double clients = 0;
  double start = 0, window = 0;
  ArrivalShape shape;
};

inline constexpr std::size_t most_steps_of_arrivals = 1'000'000;
inline constexpr double deviations_in_window = 6;  // of the normal shape

struct ArrivalCurve {
  Arrivals arrivals;
  bool at_once = false;
  std::vector<double> before;  // of a histogram: the share that came before each step, and 1 at its end
};

/// `key` is named in errors.
ArrivalCurve arrival_curve(const Arrivals& arrivals, std::string_view key = "arrivals");

/// The share of the clients that have come by `t`, those that come at `t` included.
double arrived(const ArrivalCurve& curve, double t);

/// The share that comes per unit of time, `since` the start (not since 0, so that short windows far from 0 lose no
/// digits); 0 outside of the window, and for all at once.
double density(const ArrivalCurve& curve, double since);

/// When this share (0 to 1) has come.
double arrival_time(const ArrivalCurve& curve, double share);

/// The times since the start between which the density is smooth enough for a few points of quadrature; the first is 0,
/// the last the window. All at once has none.
std::vector<double> smooth_parts(const ArrivalCurve& curve);

}  // namespace sizing
