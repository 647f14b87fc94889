// The memory of the server: the sum of what runs on it, and the size to buy.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void memory(Rules& rules, Release release) {
  Quantity sum =
      rules.figure("system.base_memory") + rules.quantity("opsiconfd.memory") + rules.quantity("samba.memory");
  if (release != Release::opsi_4_1) {
    rules.define("directory_connector.memory", "MB",
                 only_if(rules.quantity("service.directory_connector"), rules.figure("directory_connector.memory")),
                 "opsi-directory-connector, where it runs on this server.");
    sum = sum + rules.quantity("database.memory") + rules.quantity("redis.memory") +
          rules.quantity("directory_connector.memory");
  }
  const Quantity services = rules.define("server.memory_by_services", "MB", sum,
                                         "The operating system and the services that run on this server.");
  const Quantity needed =
      rules.define("server.memory", "MB", max(in(rules.figure("server.min_memory"), "MB"), services),
                   "Memory of the server, at least {[server.min_memory]}.");
  rules.define(
      "server.memory_to_buy", "GiB", size_on_sale(in(needed, "GiB")),
      "The next size of the ladder 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, … that memory is sold in, in GiB.");
  rules.resource("memory", "server.memory", "server.memory_to_buy");
}

}  // namespace sizing
