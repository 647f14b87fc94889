// Processor cores. Where a release states two rules, the larger one holds; more where the site asks for more.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void cpu(Rules& rules, Release release) {
  const Quantity least = rules.figure("server.min_cores"), wanted = rules.quantity("least_cores");
  if (release != Release::opsi_4_1)
    rules.define("cpu.cores_by_workers", "core",
                 ceil(rules.quantity("opsiconfd.workers") * rules.figure("opsiconfd.cores_per_worker")),
                 "Cores by worker processes: about {[opsiconfd.cores_per_worker]}.");
  if (release != Release::opsi_4_3)
    rules.define("cpu.cores_by_clients", "core",
                 ceil(rules.curve("cpu.cores_by_clients", rules.quantity("load.clients"))),
                 "Published by the total number of clients.");
  constexpr char sentence[] = "Cores of the server, at least {[server.min_cores]}.";
  if (release == Release::opsi_4_1)
    rules.define("server.cores", "core", max(least, rules.quantity("cpu.cores_by_clients"), wanted), sentence);
  else if (release == Release::opsi_4_2)
    rules.define("server.cores", "core",
                 max(least, rules.quantity("cpu.cores_by_workers"), rules.quantity("cpu.cores_by_clients"), wanted),
                 sentence);
  else
    rules.define("server.cores", "core", max(least, rules.quantity("cpu.cores_by_workers"), wanted), sentence);
  rules.resource("cores", "server.cores", "server.cores");
}

}  // namespace sizing
