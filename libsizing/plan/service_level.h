// A service level: a figure of waiting or of response that stays within a limit.
//
//   "p95 < 2 s"            95 % of requests wait at most 2 s
//   "response p99 < 1 s"   99 % are answered within 1 s
//   "mean < 50 ms", "largest < 10 s", "p50", "p90"
//
// Waiting is all that a request waits for, a thread, a database connection and a core; a response is waiting and
// service. A level is kept where nobody gives up, and the simulated figure (queueing/day.h) and its half-width together
// are within the limit.
#pragma once

#include <string>
#include <string_view>

#include "libsizing/base/error.h"
#include "libsizing/queueing/day.h"

namespace sizing {

struct ServiceLevel {
  bool response = false;
  std::string figure;  // "p95"
  double limit = 0;    // seconds
  std::string text;    // as it was said
  Place place;
};

/// Throws InputError with `place`.
ServiceLevel parse_service_level(std::string_view text, const Place& place);

/// The figure that the level is about.
const Estimate& figure_of(const Day& day, const ServiceLevel& level);
bool keeps(const Day& day, const ServiceLevel& level);
/// A half-width takes two replications. Throws InputError.
void check_replications(const DayRun& run);

/// For people: "1.17 s ± 330 ms"; without a half-width where it is the same on all days.
std::string time_text(const Estimate& time);

}  // namespace sizing
