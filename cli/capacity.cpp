#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/plan/capacity_answer.h"

namespace sizing::cli {
namespace {

int run_capacity(Invocation& call) {
  const Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  const CapacityAnswer answer =
      ask_capacity(site, asked_server(call, site), call.value("of", "clients"), call.has("scale"));
  write_report(call, report(answer, call.stamp));
  return answer.capacity.carries_any ? fits : falls_short;
}

}  // namespace

Command capacity_command() {
  std::vector<OptionGroup> options = site_options(true);
  options[0].options.push_back(
      {"of", "INPUT", "the input to carry as much of as possible; default: clients", false, {}});
  options[0].options.push_back(
      {"scale", "", "stated inputs that would follow the asked one (connections, …) grow with it", false, {}});
  options.push_back(output_options());
  return {"capacity",
          "How many clients, or of another input, hardware carries, and what runs out first",
          "[SITE]",
          1,
          "The hardware is that of the flags, over that of the site file. The other inputs stay as stated; those that "
          "are not\nstated follow their defaults, so that connections grow with the clients. With --scale the stated "
          "ones grow as well.\nThe remarks are those of a plan at this size.",
          {{"capacity --memory 16GB --cores 4", "clients on 16 GB and 4 cores"},
           {"capacity --memory 16GiB --cores 8 --opsi 4.3 --of connections --clients 2000",
            "connections instead of clients"},
           {"capacity data/sites/too-small.toml --scale", "the hardware of a site file, at the habits that it states"}},
          options,
          run_capacity};
}

}  // namespace sizing::cli
