// Clients and connections with the attached depot servers counted in. The page says that a depot strains the config
// server significantly more than a client, without a number: both figures are assumptions.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void load(Rules& rules, Release release) {
  const Quantity depots = rules.quantity("depots"), clients = rules.quantity("clients");
  if (release != Release::opsi_4_3)  // its rules do not count clients in total
    rules.define("load.clients", "client", clients + depots * rules.figure("depot.client_equivalents"),
                 "Clients in total, each attached depot server counted as several.");
  rules.define("load.connections", "connection",
               rules.quantity("connections") + depots * rules.figure("depot.connections"),
               "Simultaneous connections to opsiconfd, those of the attached depot servers included.");

  rules.remark("active_above_total", Severity::warning, "active_clients", rules.quantity("active_clients") > clients,
               "{active_clients} are stated as active, more than the {clients} that there are in total.");
  rules.remark("online_above_total", Severity::warning, "online_clients", rules.quantity("online_clients") > clients,
               "{online_clients} are stated as switched on, more than the {clients} that there are in total.");
  const Quantity connections = rules.quantity("connections"), one_each = rules.constant(1, "connection/client");
  rules.remark("connections_above_clients", Severity::note, "connections", connections > clients * one_each,
               "{connections} at the same time for {clients}: more than one for each client.");
  rules.remark("depots_of_a_depot", Severity::warning, "depots",
               choose(rules.quantity("role.config"), rules.constant(0), depots > rules.nothing(depots)),
               "{depots} are stated for a server that is no config server; depot servers are attached to that one.");
}

}  // namespace sizing
