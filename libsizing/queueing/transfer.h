// Transfers over a shared line: how many at a time, until when, and how long each takes.
//
// Clients come as arrivals.h says and each fetch the same number of bytes. All that are in progress share the line
// evenly (processor sharing), none faster than a limit of its own; at most so many are in progress at a time (slots),
// the others wait in the order of their coming:
//
//   speed of each of n in progress = min(limit, line / n)
//
// Since all are of one size and equally fast, they end in the order in which they began: the time of each follows from
// the amount that one transfer in progress since the start would have received (virtual time). What is computed is the
// course at the expected times of arrival, without chance (the fluid limit); more than ten million clients go in
// equal bundles, each of which counts as in progress as a whole. All at once has a closed form, batch by batch:
//
//   K slots, N clients:  N div K batches of K bytes / line (or bytes / limit) each, and one of the rest
//
// Protocol overhead, a slow start and a disk slower than the line are not in it: give the line as what it carries.
//
// Units: bytes, bytes per second, seconds. Errors: InputError where a number is none or negative, and for a line that
// carries nothing. Source: L. Kleinrock, Queueing Systems, volume 2, 1976, section 4.4 (processor sharing).
#pragma once

#include <cstdint>

#include "libsizing/queueing/arrivals.h"

namespace sizing {

struct Transfers {
  Arrivals arrivals;
  double bytes = 0;        // of one transfer
  double line = 0;         // bytes per second that all share
  double limit = 0;        // bytes per second of one transfer; 0: none but the line
  std::int64_t slots = 0;  // in progress at a time; 0: no limit
};

/// The most clients that go one by one, not in bundles.
inline constexpr std::int64_t most_single_transfers = 10'000'000;

/// Where nobody comes, all is 0 and the end the start.
struct TransferAnswer {
  double most_at_once = 0;   // in progress
  double most_waiting = 0;   // for a slot
  double end = 0;            // when the last is done
  double shortest_time = 0;  // of one transfer, from its own begin
  double mean_time = 0, longest_time = 0;
  double mean_wait = 0, longest_wait = 0;  // for a slot
};

TransferAnswer transfer(const Transfers& transfers);

}  // namespace sizing
