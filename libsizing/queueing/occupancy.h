// How many are there at a time, when nobody has to wait: clients arrive as arrivals.h says and stay for a session.
//
//   m(t) = integral over u >= 0 of lambda(t - u) P(S > u) du
//
// lambda is the rate of arrivals, S the length of a session. With Poisson arrivals the number present at t is Poisson
// with this mean whatever the distribution of S; of a fixed number of clients that draw their times independently it is
// binomial with the same mean, which spreads less: the Poisson quantile is then on the safe side, and never more than
// all clients are named.
//
// The integral is summed over parts in which both factors are smooth, by Gauss's rule: only positive terms, so that
// nothing cancels, not in windows of a microsecond nor long after them. It is good to 1e-11 of itself.
//
// Source: S. G. Eick, W. A. Massey and W. Whitt, The Physics of the M_t/G/infinity Queue, Operations Research 41, 1993.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsizing/queueing/arrivals.h"
#include "libsizing/queueing/distribution.h"

namespace sizing {

/// Clients that come and each stay for a session.
struct Sessions {
  Arrivals arrivals;
  Distribution length;
  std::size_t group = 0;  // those of a limit
};

/// Several of them together, with what is computed once.
struct Occupancy {
  struct Part {
    ArrivalCurve curve;
    Distribution length;                // not hyperexponential: that is two parts
    double share = 1;                   // of the clients of the curve
    std::vector<double> arrival_parts;  // since the start
    std::vector<double> length_parts;   // lengths between which P(S > u) is smooth; beyond the last nobody stays
    double narrow = 0;                  // parts up to this wide need fewer points
    std::size_t group = 0;
  };
  std::vector<Part> parts;     // group by group
  double clients = 0;          // of all
  std::vector<double> limits;  // by group: never more of it are there; groups beyond them have none
};

/// `sessions` in the order of their groups. Throws InputError as arrival_curve does.
Occupancy occupancy(std::span<const Sessions> sessions, std::vector<double> limits = {});

/// Those who are there: of groups at their limit so many for certain, of the others on average.
struct Present {
  double certain = 0, mean = 0;
};
Present present_at(const Occupancy& occupancy, double t);

/// The mean number present at `t`.
double mean_present(const Occupancy& occupancy, double t);

struct BusiestTime {
  double time = 0, mean = 0;
};
/// When the mean is largest (the earliest such time that is looked at) and how large; time 0 and mean 0 where nobody
/// ever is there.
BusiestTime busiest(const Occupancy& occupancy);

inline constexpr double usual_quantile = 0.99;

/// The number present that is exceeded with probability 1 - `share` at most where the mean is `mean`: the quantile of
/// Poisson, and at most `clients`, rounded up. Means up to 1e12; InputError for a share that is not 0 to below 1.
std::int64_t most_present(double mean, double clients, double share = usual_quantile);

}  // namespace sizing
