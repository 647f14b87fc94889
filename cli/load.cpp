#include "libsizing/plan/load.h"

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing::cli {
namespace {

int run_load(Invocation& call) {
  const LoadAnswer answer = ask_load(site_of(call, call.operands.empty() ? "" : call.operands[0]));
  write_report(call, report(answer, call.stamp));
  return fits;
}

}  // namespace

Command load_command() {
  std::vector<OptionGroup> options = site_options(false);
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
