#include "libsizing/plan/load.h"

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing::cli {
namespace {

// The presets that are asked for beside what the site says.
void add_presets(const Invocation& call, Site& site) {
  for (const std::string& preset : call.all("routine")) {
    const Place place{"", 0, 0, "--routine"};
    try {
      site.routines.push_back(read_routine({{"preset", preset, place}}, place));
    } catch (const InputError& error) {
      throw InputError(place, error.problem(), error.found(), error.allowed());
    }
  }
  check_routines(site);
}

int run_load(Invocation& call) {
  Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  add_presets(call, site);
  const LoadAnswer answer = ask_load(site);
  write_report(call, report(answer, call.stamp));
  return fits;
}

}  // namespace

Command load_command() {
  std::vector<OptionGroup> options = site_options(false);
  options.insert(options.begin(),
                 {"Load",
                  {{"routine",
                    "PRESET",
                    "a routine of all clients, beside those of the site file: " + join(routine_presets(), ", "),
                    true,
                    {}}}});
  options.push_back(output_options());
  return {"load",
          "What the routines of a day give: peaks, the course of the day, how long transfers take",
          "[SITE]",
          1,
          "The routines are those of the site file, [[routine]], and of --routine. Nobody waits in this: sessions are "
          "added up,\nand a plan takes the quantile at the busiest time for connections, samba.connections and "
          "online_clients where they\nare not stated.",
          {{"load data/sites/school.toml", "the morning of a school"},
           {"load data/sites/upgrade.toml", "6 GB to 400 clients over 1 Gbit/s: how many at once, until when"},
           {"load --clients 1000 --routine \"office morning\" --routine \"WAN timer every hour\"",
            "presets, for one server that flags describe"},
           {"load data/sites/school.toml --format csv", "the course of the day, every five minutes"}},
          options,
          run_load};
}

}  // namespace sizing::cli
