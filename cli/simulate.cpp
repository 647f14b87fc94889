// How long the clients of a day wait, by simulation.
#include <optional>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/simulate_run.h"
#include "cli/site_call.h"
#include "libsizing/plan/waiting.h"

namespace sizing::cli {
namespace {

Instead instead_of(const Invocation& call) {
  Instead instead;
  if (!call.has("workers")) return instead;
  instead.workers = whole_of(call, "workers", 1, 1, 10'000);
  instead.from = "--workers";
  return instead;
}

int run_simulate(Invocation& call) {
  const Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  Serving serving = serving_of(site, instead_of(call));
  check_simulated(site, asked_server(call, site), {"", 0, 0, "--server"});
  const DayRun asked = usual_run(serving, day_run_of(call));
  std::optional<ServiceLevel> level;
  if (call.has("within")) level = parse_service_level(call.value("within"), {"", 0, 0, "--within"});
  const double requests = expected_requests(serving.clients, asked);
  const WaitingAnswer answer =
      watched(call, asked, requests, [&](const DayRun& run) { return ask_waiting(std::move(serving), run, level); });
  write_report(call, report(answer, call.stamp));
  if (answer.day.replications < asked.replications)
    call.err << fmt::format("opsi-sizing: ended before its time, with {} of {} replications\n", answer.day.replications,
                            asked.replications);
  return answer.level && !answer.kept ? falls_short : fits;
}

}  // namespace

Command simulate_command() {
  std::vector<OptionGroup> options = site_options(true);
  std::vector<Option> simulation = simulation_options();
  simulation.insert(simulation.begin(),
                    {{"workers", "N", "so many workers instead of the plan's", false, {}},
                     {"within", "LEVEL", "say whether this service level is kept: exit code 1 where not", false, {}},
                     {"step", "DURATION", "of what is counted over the day; default: 1 min", false, {}}});
  options.insert(options.begin(), {"Simulation", simulation});
  options.push_back(output_options());
  return {"simulate",
          "How long the clients of a day wait for opsiconfd, by simulation",
          "[SITE]",
          1,
          "The routines are those of the site file, [[routine]], and of --routine. Their requests come to the config "
          "server,\nfirst come, first served: its threads, cores and database connections are those of the plan. Every "
          "figure is the\nmean of independent replications with its 95 % confidence interval; the same seed gives the "
          "same numbers on\nevery machine. Ctrl-C ends it with the replications that are complete.",
          {{"simulate data/sites/school.toml", "the morning of a school"},
           {"simulate data/sites/school.toml --workers 1 --cores 1", "what if there were one worker on one core?"},
           {"simulate data/sites/company.toml --format csv", "the day, minute by minute"},
           {"simulate --clients 3000 --routine \"restart of the server\" --within \"p95 < 1 s\"",
            "3000 clients come back after a restart: do 95 % wait less than a second?"}},
          options,
          run_simulate};
}

}  // namespace sizing::cli
