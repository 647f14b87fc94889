#include "cli/simulate_run.h"

#include <atomic>
#include <chrono>
#include <future>

#include "cli/progress_line.h"
#include "libsizing/plan/fewest_serving.h"
#include "libsizing/report/progress.h"

namespace sizing::cli {
std::vector<Option> simulation_options() {
  return {{"replications", "N", "independent days; default: 16, fewer where a day has millions of requests", false, {}},
          {"seed", "N", "of the random numbers; default: 1", false, {}},
          {"jobs", "N", "threads of this machine; default: one for each core", false, {}}};
}

DayRun day_run_of(const Invocation& call) {
  DayRun run;
  run.replications = static_cast<std::size_t>(whole_of(call, "replications", 0, 2, 10'000));
  run.seed = static_cast<std::uint64_t>(whole_of(call, "seed", 1, 0, 9'007'199'254'740'991));
  run.threads = static_cast<std::size_t>(whole_of(call, "jobs", 0, 1, 1024));
  run.step = duration_of(call, "step", run.step);
  return run;
}

void watch(Invocation& call, const DayRun& asked, double requests, const std::function<void(const DayRun&)>& work) {
  if (!call.surroundings.clock) return work(asked);
  constexpr auto look = std::chrono::milliseconds(100);
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> done = 0;
  DayRun run = asked;
  run.stop = &stop;
  run.done = &done;
  ProgressLine progress(call.err, call.surroundings.terminal_err, call.surroundings.width);
  const Clock clock = call.surroundings.clock();
  std::future<void> working = std::async(std::launch::async, [&] { work(run); });
  while (working.wait_for(look) != std::future_status::ready) {
    if (!clock.wait(clock.now())) stop = true;
    progress.show([&] {
      const char* hint = requests > 0 ? " (Ctrl-C ends it and keeps what is complete)" : "";
      return simulating("requests", static_cast<double>(done), requests) + hint;
    });
  }
  working.get();
}

OptionGroup service_level_options() {
  std::vector<Option> options = simulation_options();
  options.insert(options.begin(),
                 {"within",
                  "LEVEL",
                  "the fewest workers and cores that keep a service level of the routines, by simulation, as one more "
                  "rule: \"p95 < 2 s\" of waiting, \"response p99 < 1 s\"",
                  false,
                  {}});
  return {"Service level", options};
}

Site kept_within(Invocation& call, Site site) {
  if (!call.has("within")) return site;
  const ServiceLevel level = parse_service_level(call.value("within"), {"", 0, 0, "--within"});
  const auto fewest =
      watched(call, day_run_of(call), 0, [&](const DayRun& run) { return fewest_within(site, level, run); });
  return site_within(std::move(site), fewest);
}

}  // namespace sizing::cli
