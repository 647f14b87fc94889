// The textbook answer for a queue in the long run: customers at a constant rate, c servers that all may serve, first
// come first served, room for all. It stands beside a simulation as a check, or answers alone where the load is steady.
//
//   arrivals   service      mean wait                               probability of waiting
//   Poisson    exponential  exact: Erlang C                         exact: Erlang C
//   Poisson    constant     exact: Crommelin's series               exact: Spitzer's identity
//   Poisson    any, c = 1   exact: Pollaczek and Khinchine          exact: the utilisation
//   Poisson    any          Boxma, Cohen and Huffels                between Erlang C and M/D/c
//   any        exponential  exact: Takács                           exact: Takács
//   any        any          from the others, see below              -
//
// Boxma, Cohen and Huffels (Approximations of the Mean Waiting Time in an M/G/s Queueing System, Operations Research
// 27, 1979) interpolate between M/M/c and M/D/c so that the limits of light and of heavy traffic are right:
//
//   W = h × 2 W_M W_D / (2 α W_D + (1 - α) W_M),   h = (1 + s²) / 2,   α = (2 h S / γ - c - 1) / (c - 1)
//
// with s² the squared coefficient of variation of the service and γ the mean of the shortest of c remaining services
// (the integral of the c-th power of the tail of the remaining service), so that more of the distribution counts than
// s². The probability of waiting uses the same quantity: P = C + y (P_D - C), y = (1 - g / h) / (1 - 2 c / (c + 1)),
// g = c γ / S, which is 0 for exponential and 1 for constant service; this form is the library's own.
//
// Arrivals other than Poisson, service other than exponential: with W(GI/M/c) exact, and a² and s² the squared
// coefficients of variation of arrivals and service,
//
//   W = W(M/G/c) × (W(GI/M/c) / W(M/M/c))^p,   p = log((a² + s²) / (1 + s²)) / log((1 + a²) / 2)
//
// which is right for Poisson arrivals, for exponential service and in heavy traffic; this form is the library's own.
// Its error depends on where it is used, so that stated is that of the number of servers and the load asked for.
// Constant time between arrivals is left out of that. It is not good where hardly anybody waits: 20 servers used to
// half.
//
// Other approximations (Allen and Cunneen, Lee and Longton, Kimura, Tijms, Cosmetatos, Krämer and Langenbach-Belz;
// for other arrivals Whitt's of 1993, and the sum W(GI/M/c) + W(M/G/c) - W(M/M/c)) were measured beside these and are
// further off over the whole of the cases named with the errors.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "libsizing/queueing/distribution.h"

namespace sizing {

/// Arrivals beyond Poisson are told by the time between two of them: exponential is Poisson. Units of time are one.
struct StationaryQueue {
  Distribution between_arrivals;
  Distribution service;
  std::int64_t servers = 1;
};

/// How far off an approximation is, relative to the truth; and over which cases that was measured.
struct ApproximationError {
  double mean = 0, largest = 0;
  std::string_view measured;
};

struct TextbookValue {
  double value = 0;
  bool exact = true;
  std::string_view name, source;
  ApproximationError error;  // of an exact one: 0
};

struct StationaryAnswer {
  double utilisation = 0;  // offered load over servers; 1 or more: waits grow without end, and are infinite here
  TextbookValue mean_wait;
  std::optional<TextbookValue> probability_of_waiting;  // nothing where no good approximation is known
};

/// Throws InputError where a number is none, where there is no server, where customers arrive without any time between
/// them, and for other arrivals than Poisson at more than most_renewal_servers.
StationaryAnswer stationary(const StationaryQueue& queue);

/// The mean of the shortest of `servers` remaining services: γ of the formulas above.
double shortest_remaining(const Distribution& service, std::int64_t servers);

}  // namespace sizing
