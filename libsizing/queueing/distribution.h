// How long something takes: a service, a session, the time between two arrivals.
//
// A distribution is a kind, a mean (in the caller's unit of time) and, where the kind has one, a shape:
//
//   constant               the mean, every time
//   exponential            coefficient of variation 1
//   erlang:k               the sum of k exponential phases; squared coefficient of variation 1 / k
//   hyperexponential:scv   one of two exponentials with balanced means; scv is its squared coefficient of variation,
//                          above 1 (the branch i has probability p_i and mean m_i, with p_1 m_1 = p_2 m_2)
//   lognormal:cv           the exponential of a normal; cv is its coefficient of variation
//   measured               what was measured: bins with their weights, evenly within a bin; a bin may be a single value
//
// What was measured is kept once, scaled to a mean of 1, and shared by all copies: a distribution stays a few numbers
// to copy, its mean scales it as that of any other kind does, and it outlives the place where it was read.
//
// Sources: H. C. Tijms, A First Course in Stochastic Models, Wiley 2003, appendix B (Erlang, hyperexponential with
// balanced means, lognormal).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

/// Bins of a mean of 1, in order; for each of them, and for the end, the share and the first two moments of the times
/// that lie before.
struct MeasuredTimes {
  std::vector<double> low, width, before, first, second;
  double scv = 0;
};
struct MeasuredPart {
  double share = 0, first = 0, second = 0;
};
/// Of the times up to x, in means.
MeasuredPart measured_part(const MeasuredTimes& measured, double x);

struct Distribution {
  enum class Kind { constant, exponential, erlang, hyperexponential, lognormal, measured } kind = Kind::exponential;
  double mean = 1;                                  // 0 or more, finite
  double shape = 0;                                 // phases, scv or cv, as above; unused for the others
  std::shared_ptr<const MeasuredTimes> measured{};  // of that kind alone, which has it
};

inline constexpr double most_phases = 1000;
inline constexpr double largest_scv = 1e6;  // of hyperexponential and lognormal

/// Reads "erlang:3" and the like. Throws InputError (key as given) for an unknown kind, a shape that is missing, not
/// wanted or out of range, a mean that is negative or not finite.
Distribution parse_distribution(std::string_view text, double mean, std::string_view key = "");

inline constexpr std::size_t most_bins_of_a_distribution = 100'000;

/// Of a histogram: one edge more than weights, growing (two may be equal: a single value). Throws InputError where an
/// edge or a weight is negative or no number, the weights have no sum, or there are too many.
Distribution measured_distribution(std::span<const double> edges, std::span<const double> weights,
                                   std::string_view key = "");
/// Of values, in any order, each as likely as the others.
Distribution measured_distribution(std::vector<double> values, std::string_view key = "");

/// "erlang:3", "constant": what parse_distribution reads; "measured", which it does not.
std::string name(const Distribution& distribution);

/// The squared coefficient of variation: variance / mean².
double scv(const Distribution& distribution);

/// One of two exponentials: the first with this probability.
struct TwoExponentials {
  double first_probability = 0, first_mean = 0, second_mean = 0;
};
TwoExponentials two_exponentials(const Distribution& hyperexponential);

/// Mean and standard deviation of the logarithm.
struct LogNormal {
  double mu = 0, sigma = 0;
};
LogNormal log_normal(const Distribution& lognormal);

/// P(S > t): 1 for t < 0.
double survival(const Distribution& distribution, double t);

/// The integral of P(S > u) du from 0 to t, and the integral of that: what occupancy.h adds up. 0 for t <= 0; the first
/// tends to the mean.
double survival_integral(const Distribution& distribution, double t);
double survival_second_integral(const Distribution& distribution, double t);

}  // namespace sizing
