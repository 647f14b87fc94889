// M/D/c: customers that arrive at random, c servers, and a service that takes the same time S for everybody. Exact.
//
// Every S, all that were in service have left: the number that waits then walks by A - c, at least to 0, where A, the
// arrivals of one S, is Poisson with mean a (the offered load). By Spitzer's identity for such walks, with X_n Poisson
// of mean n a,
//
//   P(wait > 0) = 1 - exp(-sum over n >= 1 of P(X_n >= n c) / n)
//   mean wait   = S / a × sum over n >= 1 of E[(X_n - n c)+] / n
//
// the second being Crommelin's series. The first terms are added as they stand, the rest by an integral with its
// Euler-Maclaurin corrections, so that it is as quick (well under a millisecond) and as accurate (1e-11) near
// saturation as anywhere.
//
// Sources: C. D. Crommelin, Delay Probability Formulae when the Holding Times are Constant, Post Office Electrical
// Engineers Journal 25, 1932; F. Spitzer, A Combinatorial Lemma and its Application to Probability Theory, 1956.
#pragma once

#include <cstdint>

namespace sizing {

struct ConstantServiceAnswer {
  double probability_of_waiting = 0;  // 1 where the load is not below the servers
  double mean_wait = 0;               // in service times; infinite there
};

/// Errors as in erlang.h.
ConstantServiceAnswer constant_service(double offered_load, std::int64_t servers);

}  // namespace sizing
