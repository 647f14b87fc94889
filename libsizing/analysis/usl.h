// The Universal Scalability Law: how throughput X grows with the number N of workers, processors or users that share
// the work,
//
//   X(N) = g N / (1 + a (N - 1) + b N (N - 1))
//
// g is the throughput of one, a (contention) the share of the work that goes through one door, b (coherency) what every
// pair costs for agreeing; with b > 0 there is a peak at N = sqrt((1 - a) / b). After N. J. Gunther, Guerrilla Capacity
// Planning, 2007, chapters 4 to 6.
//
// Fitted by nonlinear least squares of X itself, unweighted (not of the quadratic that N / X makes of it): Levenberg
// and Marquardt, with a, b >= 0. Where the best values without bounds are negative, the best of those within the bounds
// is taken and `bounded` says which were held at 0: a negative one would promise more than N times the throughput of
// one.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "libsizing/analysis/line_fit.h"

namespace sizing {

inline constexpr std::size_t least_points_of_usl = 4;

struct Usl {
  double g = 0, a = 0, b = 0;
};

/// X(N).
double throughput(const Usl& usl, double n);

struct UslPeak {
  double n = 0, throughput = 0;
};
/// Where throughput is largest; nothing where it grows for ever (b = 0) or falls from the start (a >= 1).
std::optional<UslPeak> peak(const Usl& usl);

struct UslFit {
  Usl usl;
  Usl unbounded;                       // the best without bounds
  std::array<bool, 2> bounded{};       // a, b: held at 0
  std::array<double, 3> stderrs{};     // of g, a, b; 0 of one that is held
  std::array<double, 9> covariance{};  // of g, a, b, row by row
  double r2 = 0, spread = 0;           // spread: standard deviation of the residuals
  std::size_t n = 0, distinct = 0;
  double low = 0, high = 0;  // the smallest and largest N measured
  std::vector<double> residuals;
  bool converged = false;

  std::size_t degrees() const;  // points less the unknowns that are not held
};

/// too_few_points: fewer than four, or than three values of N; not_finite: N not above 0 or beyond a billion, X below
/// 0, or no numbers; no_spread: every X is 0.
std::optional<FitRefusal> usl_refusal(std::span<const double> n, std::span<const double> x);

/// Needs points that usl_refusal lets pass.
UslFit fit_usl(std::span<const double> n, std::span<const double> x);

bool too_far(const UslFit& fit, double n);
/// The intervals by the linearised law (delta method) and Student's t.
PointPrediction predict(const UslFit& fit, double n, double confidence = usual_confidence);

}  // namespace sizing
