// Erlang's formulas: servers that all may serve, customers that arrive at random (Poisson) and do not depend on how
// many are there already.
//
// The offered load a (in Erlang) is arrival rate × mean service time: how many servers would be busy on average if
// there were always enough.
//
//   Erlang B   the share that finds all servers busy where nobody waits (they go away): any distribution of service
//   Erlang C   the share that must wait where everybody waits, first come first served: exponential service
//
//   1/B = 1 + c/a (1 + (c-1)/a (1 + ...)),   C = B / (1 - a/c (1 - B))
//   mean wait = C S / (c - a),   P(wait > t) = C exp(-(c - a) t / S)
//
// All terms of 1/B are positive, so that no digit is lost, and only as many are added as matter: for ten million
// servers some ten thousand. Where 1/B is beyond what a double holds, B is 0.
//
// Units: times in the unit of the service time. Errors: a negative load or count, or a number that is none, is an
// InputError with the name of the parameter. No load at all is answered (nobody waits), and so is load beyond the
// servers (everybody waits, for ever).
//
// Sources: A. K. Erlang, Solution of some problems in the theory of probabilities of significance in automatic
// telephone exchanges, 1917; R. B. Cooper, Introduction to Queueing Theory, 2nd ed. 1981, sections 3.3 and 3.4.
#pragma once

#include <cstdint>

namespace sizing {

/// The share of customers that find all servers busy and go away. 1 without a server (0 without load).
double erlang_b(double offered_load, std::int64_t servers);

/// The share of customers that must wait; 1 where the load is not below the servers (0 without load).
double erlang_c(double offered_load, std::int64_t servers);

/// How long customers wait at exponential service, in the long run.
struct Waiting {
  double probability = 0;  // of having to wait at all: Erlang C
  double mean = 0;         // of all customers, those that do not wait included; infinite where the load is too large
  double rate = 0;         // how fast P(wait > t) falls, per time: (c - a) / S; 0 where the load is too large
  double utilisation = 0;  // share of the servers that is busy, at most 1
};
Waiting waiting(double arrival_rate, double service_time, std::int64_t servers);

/// P(wait > t); the share that waits at most t, the service level, is the rest.
double waits_longer(const Waiting& waiting, double t);
double service_level(const Waiting& waiting, double t);

/// The time that a share of the customers (0.95) waits at most; infinite where the load is too large.
double waiting_quantile(const Waiting& waiting, double share);

/// The fewest servers with which at most this share is turned away, or must wait. What no number of servers gives (a
/// share of 0, a level of 1) is an InputError.
std::int64_t servers_for_blocking(double offered_load, double share);
std::int64_t servers_for_waiting(double offered_load, double share);
/// The fewest servers with which the mean wait is at most this, in service times.
std::int64_t servers_for_mean_wait(double offered_load, double services);
/// The fewest servers with which this share waits at most `services` service times.
std::int64_t servers_for_level(double offered_load, double services, double share);

}  // namespace sizing
