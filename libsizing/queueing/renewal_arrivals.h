// GI/M/c: any time between two arrivals, c servers, exponential service. Exact.
//
// With A(s) the Laplace transform of the time between arrivals, times in services, and w, 0 < w < 1, the root of
// A(c w) = 1 - w, who arrives finds all servers busy with probability P, and then waits 1 / (c w) on average:
//
//   1 / P = 1 + w × sum over j = 1 to c of binomial(c, j) product over i <= j of (1 - A(i)) / A(i)
//                   × (c (1 - A(j)) - j) / ((1 - A(j)) (c w - j))
//
// All terms are positive, since c (1 - A(x)) - x is concave with the roots 0 and c w: nothing cancels. Where c w is j,
// the quotient is taken beside it.
//
// Source: L. Takács, Introduction to the Theory of Queues, 1962, chapter 2.
#pragma once

#include <cstdint>

#include "libsizing/queueing/distribution.h"

namespace sizing {

struct RenewalArrivalsAnswer {
  double probability_of_waiting = 0;  // 1 where the load is not below the servers
  double mean_wait = 0;               // in service times; infinite there
};

inline constexpr std::int64_t most_renewal_servers = 100'000;

/// The time between arrivals in service times. Errors as in erlang.h; more servers than that are refused.
RenewalArrivalsAnswer renewal_arrivals(const Distribution& between, std::int64_t servers);

/// The Laplace transform of a distribution at s > 0, and 1 minus it, both without cancelling.
struct Transform {
  double value = 1, complement = 0;
};
Transform transform(const Distribution& distribution, double s);

}  // namespace sizing
