// What the user states about a server. Names, units, bounds, defaults and help here are the flags of the command line,
// the keys of the site file and the keywords of the library.
#include "libsizing/opsi/concerns.h"

namespace sizing {

// The bounds only keep absurd values out: the largest installations known have some ten thousand clients.
constexpr Rules::Bounds people{0, 10'000'000, true};
constexpr Rules::Bounds depot_servers{0, 10'000, true};
constexpr Rules::Bounds processes{0, 10'000, true};
constexpr Rules::Bounds gigabytes{0, 1'000'000, false};

void inputs(Rules& rules) {
  const Quantity yes = rules.constant(1), no = rules.constant(0);
  rules.group("roles", "role.");
  rules.group("services", "service.");

  const Quantity config = rules.yes_no("role.config", yes, "the server is the config server");
  const Quantity depot = rules.yes_no("role.depot", yes, "the server is a depot server");
  rules.yes_no("depot.webdav", no, "clients read the depot by WebDAV, through opsiconfd, and not by Samba");
  const Quantity samba =
      rules.yes_no("service.samba", depot, "Samba runs on this server; by default on a depot server");
  rules.yes_no("service.database", config, "the database runs on this server; by default on the config server");
  rules.yes_no("service.redis", yes, "Redis runs on this server");
  rules.yes_no("service.directory_connector", no, "opsi-directory-connector runs on this server");

  const Quantity clients = rules.input("clients", "client", people, "clients that this server manages, in total");
  rules.input("active_clients", "client", people, clients, "clients seen within 30 days; by default all");
  const Quantity per_client = rules.constant(1, "connection/client");
  const Quantity connections =
      rules.input("connections", "connection", people, clients * rules.figure("load.simultaneous_share") * per_client,
                  "most simultaneous connections to opsiconfd; by default an assumed share of the clients");
  // Nothing reads the share by Samba where it is read by WebDAV or where Samba does not run.
  const Quantity shared = choose(rules.quantity("depot.webdav"), no, samba);
  rules.input("samba.connections", "connection", people, only_if(shared, connections),
              "most simultaneous connections to the depot share; by default as many as to opsiconfd, none with WebDAV");
  rules.input("depots", "depot", depot_servers, rules.constant(0, "depot"),
              "depot servers attached to this config server; by default those of the site file");
  rules.input(
      "online_clients", "client", people, only_if(config, clients),
      "clients switched on at the same time (opsi 4.3: one websocket each, to the config server); by default all");
  rules.input("least_workers", "worker", processes, rules.constant(0, "worker"),
              "workers that there are to be at least, such as those that a service level asks for (plan --within)");
  rules.input("least_cores", "core", processes, rules.constant(0, "core"),
              "cores that there are to be at least, such as those that a service level asks for (plan --within)");
  rules.input("packages", "GB", gigabytes, rules.constant(0, "GB"), "size of the opsi packages in the depot");
}

}  // namespace sizing
