// What commands that simulate share: the options of a run, and its progress.
#pragma once

#include <functional>
#include <vector>

#include "cli/command.h"
#include "libsizing/opsi/site.h"
#include "libsizing/queueing/day.h"

namespace sizing::cli {

/// --replications, --seed, --jobs.
std::vector<Option> simulation_options();
DayRun day_run_of(const Invocation& call);

/// Runs `work` with the run, whose requests are shown on standard error as they are done (of all `requests`, where that
/// is known), and which Ctrl-C ends early.
void watch(Invocation& call, const DayRun& run, double requests, const std::function<void(const DayRun&)>& work);

template <class Work>
auto watched(Invocation& call, const DayRun& run, double requests, const Work& work) {
  decltype(work(run)) result;
  watch(call, run, requests, [&](const DayRun& watched_run) { result = work(watched_run); });
  return result;
}

/// --within and the options of its simulation, for commands that plan.
OptionGroup service_level_options();

/// The site, with the fewest workers and cores that keep --within, where that is given.
Site kept_within(Invocation& call, Site site);

}  // namespace sizing::cli
