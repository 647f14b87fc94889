// An observation: samples of a machine's services over a time, at a steady interval, with what must be known to use
// them later: whose, when, which versions, what could not be seen.
//
// The clock belongs to the caller, so that a test needs no time.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "libsizing/host/sampling.h"

namespace sizing {

struct Clock {
  std::function<double()> now;             // seconds, steady
  std::function<bool(double until)> wait;  // until now() is that; false: asked to end before
  std::string start;                       // "2026-11-25T10:31:00Z", when the clock was made
};

struct ObservationRequest {
  Wanted wanted;
  double duration = 60, interval = 5;  // s
  std::string state;                   // a word of the user's for all rows: "idle"
};

/// More samples than this are refused: a day at one second is 86,400.
inline constexpr double most_samples = 100'000;

struct Machine {
  std::string host, kernel, distribution;       // "" where it is not known
  std::map<std::string, std::string> versions;  // by service, of installed packages
};

struct TimedSample {
  double time = 0;  // s after the start
  Sample sample;
};

struct Observation {
  ObservationRequest request;
  Machine machine;
  std::string start;
  std::vector<TimedSample> samples;  // the first at time 0
  std::vector<std::string> unread;   // what could not be seen in some sample, each once
  bool interrupted = false;

  bool found_any() const;
};

/// Samples at 0, interval, 2 × interval, … up to `duration`, at least once; those that a slow sample or a sleeping
/// machine missed are left out. `each` is told after every sample; the observation ends early
/// where it returns false, where the clock says so, and after the first sample where nothing was found. A copied tree
/// does not change: it is looked at once. Throws InputError for a time that is none.
Observation observe(const Root& root, const ObservationRequest& request, const Clock& clock,
                    const std::function<bool(const Observation&)>& each);

/// Facts of the machine that do not change; nothing is executed for them.
Machine read_machine(const Root& root);

}  // namespace sizing
