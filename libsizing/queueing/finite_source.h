// Clients that come back: N clients that each think for a time Z, then need one of m servers for a time S, then think
// again (the machine repair model, M/M/m//N; also "interactive system with terminals").
//
//   throughput X = sum of p(n) min(n, m) / S,   response R = S + (sum of p(n) (n - m)+) / X,   N = X (Z + R)
//
// where p(n), the share of time in which n clients are at the servers, follows from
//   p(n) / p(n - 1) = (N - n + 1) S / (min(n, m) Z).
// Exact for exponential S; of Z only the mean matters (thinking is a station with a server for everybody: F. Baskett,
// K. M. Chandy, R. R. Muntz and F. G. Palacios, Open, Closed, and Mixed Networks of Queues, Journal of the ACM 22,
// 1975).
//
// How it is computed: by these ratios from the largest p(n) outward, both ways, until nothing more is added. All terms
// are positive, so that no digit is lost (the textbook recursions, N / X - Z and mean value analysis with marginal
// probabilities, lose all of them and turn negative), and only the terms that matter are visited: some ten thousand for
// ten million clients.
//
// Units: Z, S, R in one unit of time, X per that unit. Errors: InputError for a negative time or one that is no
// number, for no server, for a negative population. S = 0 is answered (X = N / Z; without thinking either, X is
// infinite), and so are Z = 0 (all are always at the servers) and N = 0 (X = 0; R is what the first client would see).
//
// Sources: L. Takács, Introduction to the Theory of Queues, 1962, chapter 5; E. D. Lazowska et al., Quantitative System
// Performance, 1984, chapter 6; what a client finds on arrival: K. C. Sevcik and I. Mitrani, The Distribution of
// Queuing Network States at Input and Output Instants, Journal of the ACM 28, 1981.
#pragma once

#include <cstdint>

namespace sizing {

struct FiniteSource {
  std::int64_t population = 0;  // N
  double think_time = 0;        // Z
  double service_time = 0;      // S
  std::int64_t servers = 1;     // m
};

struct FiniteSourceAnswer {
  double throughput = 0;              // X
  double response = 0;                // R: waiting and service
  double mean_wait = 0;               // R - S
  double utilisation = 0;             // share of the servers that is busy
  double probability_of_waiting = 0;  // of a client that arrives: it finds all servers busy
  double at_servers = 0;              // mean number there, waiting or served
};

FiniteSourceAnswer finite_source(const FiniteSource& source);

}  // namespace sizing
