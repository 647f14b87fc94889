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
//
// Sources: H. C. Tijms, A First Course in Stochastic Models, Wiley 2003, appendix B (Erlang, hyperexponential with
// balanced means, lognormal).
#pragma once

#include <string>
#include <string_view>

namespace sizing {

struct Distribution {
  enum class Kind { constant, exponential, erlang, hyperexponential, lognormal } kind = Kind::exponential;
  double mean = 1;   // 0 or more, finite
  double shape = 0;  // phases, scv or cv, as above; unused for constant and exponential
};

inline constexpr double most_phases = 1000;
inline constexpr double largest_scv = 1e6;  // of hyperexponential and lognormal

/// Reads "erlang:3" and the like. Throws InputError (key as given) for an unknown kind, a shape that is missing, not
/// wanted or out of range, a mean that is negative or not finite.
Distribution parse_distribution(std::string_view text, double mean, std::string_view key = "");

/// "erlang:3", "constant": what parse_distribution reads.
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
