#include "cli/command.h"
#include "cli/simulate_run.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/comparison.h"

namespace sizing::cli {
namespace {

int exit_code(const Plan& plan) { return plan.all_fit() ? fits : falls_short; }

// What --set changes; without it, what the flags change of a site file.
int run_comparison(Invocation& call, const std::string& path) {
  Site before = read_site_operand(call, path);
  const bool sets = call.has("set");
  if (!sets && (path.empty() || !has_site_flags(call)))
    throw InputError({"", 0, 0, "--compare"}, "nothing to compare: give --set NAME=VALUE, or flags with a site file");
  Site after = before;
  apply_flags(call, after);
  if (sets) before = after;
  apply_sets(call, after);
  const Plan from = make_plan(before), to = make_plan(after);
  const std::string what = path.empty() ? "the flags" : printable(path);
  const Comparison comparison = compare(from, what, to, what + (sets ? " with --set" : " with flags"));
  write_report(call, report(comparison, call.stamp));
  return exit_code(to);
}

int run_plan(Invocation& call) {
  const std::string path = call.operands.empty() ? "" : call.operands[0];
  if (call.has("compare")) return run_comparison(call, path);
  const Plan plan = make_plan(kept_within(call, site_of(call, path)));
  write_report(call, report(plan, call.stamp));
  return exit_code(plan);
}

}  // namespace

Command plan_command() {
  std::vector<OptionGroup> options = site_options(true);
  options[0].options.push_back(
      {"compare", "", "show what --set (or, with a site file, the flags) changes, instead of the plan", false, {}});
  options.push_back(service_level_options());
  options.push_back(output_options());
  return {
      "plan",
      "The servers of a site: memory, cores, disks, settings, and what decides each",
      "[SITE]",
      1,
      "SITE is a site file, or - for standard input; without it the flags describe one server.",
      {{"plan data/sites/school.toml", "the plan of a site file"},
       {"plan --opsi 4.2 --clients 1000 --connections 100 --samba-connections 130", "one server, described by flags"},
       {"plan data/sites/school.toml --format json", "the same for scripts"},
       {"plan data/sites/company.toml --within \"p95 < 50 ms\"",
        "workers and cores for a service level, beside the published rules"},
       {"plan data/sites/too-small.toml", "hardware that does not fit: exit code 1", falls_short},
       {"plan data/sites/school.toml --set clients=1200 --set samba.memory_per_connection=0.76 --compare",
        "what if: what changes, what newly decides, and here what falls short", falls_short}},
      options,
      run_plan};
}

}  // namespace sizing::cli
