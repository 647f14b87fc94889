// opsiconfd: how many worker processes, and their memory.
#include "libsizing/opsi/concerns.h"

namespace sizing {
namespace {

// More where the site asks for more (least_workers), such as for a service level. 4.1 has one process, whatever is
// asked for. 4.2 wants a worker for 20 simultaneous connections (req42); 4.3 also one for about 600 clients
// (scalability43). Both are about the same workers, so the larger number answers.
void workers(Rules& rules, Release release) {
  const Quantity least = rules.figure("opsiconfd.default_workers"), wanted = rules.quantity("least_workers");
  if (release == Release::opsi_4_1) {
    rules.define("opsiconfd.workers", "worker", least, "opsiconfd is a single process.");
    return;
  }
  const Quantity by_connections =
      rules.define("opsiconfd.workers_by_connections", "worker",
                   ceil(rules.quantity("load.connections") / rules.figure("opsiconfd.connections_per_worker")),
                   "About one worker process for {[opsiconfd.connections_per_worker]}.");
  if (release == Release::opsi_4_2) {
    rules.define("opsiconfd.workers", "worker", max(least, by_connections, wanted), "Worker processes of opsiconfd.");
    return;
  }
  const Quantity by_clients =
      rules.define("opsiconfd.workers_by_clients", "worker",
                   ceil(rules.quantity("active_clients") / rules.figure("opsiconfd.clients_per_worker")),
                   "About {[opsiconfd.clients_per_worker]} that are active.");
  rules.define("opsiconfd.workers", "worker", max(least, by_connections, by_clients, wanted),
               "Worker processes of opsiconfd.");
}

// The newer health check divides whole numbers: 1201 clients on 2 workers are 600 each, 1202 are 601.
void worker_remarks(Rules& rules, Release release) {
  const Quantity workers = rules.quantity("opsiconfd.workers");
  const Quantity each = rules.define("opsiconfd.active_clients_per_worker", "client/worker",
                                     floor(rules.quantity("active_clients") / workers),
                                     "Active clients per worker process, as the health check of opsi 4.3 counts them.");
  const Quantity too_many = rules.figure("opsiconfd.active_clients_error");
  const Quantity many = each > rules.figure("opsiconfd.active_clients_warning");
  const Quantity none = rules.constant(0);
  rules.remark(
      "clients_per_worker", Severity::warning, "opsiconfd.active_clients_per_worker",
      choose(each > too_many, none, many),
      "{active_clients} on {opsiconfd.workers}, {opsiconfd.active_clients_per_worker}: the health check of "
      "opsi 4.3 "
      "warns above {[opsiconfd.active_clients_warning]}. The connections at the peak ask for too few workers.");
  rules.remark(
      "clients_per_worker", Severity::error, "opsiconfd.active_clients_per_worker", each > too_many,
      "{active_clients} on {opsiconfd.workers}, {opsiconfd.active_clients_per_worker}: the health check of opsi "
      "4.3 reports an error above {[opsiconfd.active_clients_error]}. The connections at the peak ask for too few "
      "workers.");
  const Quantity more = workers > rules.figure("opsiconfd.default_workers");
  if (release == Release::opsi_4_3) {
    const Quantity beyond_light = workers > rules.figure("opsiconfd.scalability_light_workers");
    rules.remark(
        "scalability_module", Severity::note, "opsiconfd.workers", choose(beyond_light, none, more),
        "Licence: {opsiconfd.workers} need the opsi module Scalability Light, or Scalability; without it opsiconfd "
        "starts {[opsiconfd.default_workers]}.");
    rules.remark(
        "scalability_module", Severity::note, "opsiconfd.workers", beyond_light,
        "Licence: {opsiconfd.workers} need the opsi module Scalability (Scalability Light allows "
        "{[opsiconfd.scalability_light_workers]}); without it opsiconfd starts {[opsiconfd.default_workers]}.");
  } else {
    rules.remark("scalability_module", Severity::note, "opsiconfd.workers", more,
                 "Licence: {opsiconfd.workers} need the opsi module Scalability; without it opsiconfd starts "
                 "{[opsiconfd.default_workers]}.");
  }
}

void concurrent_requests(Rules& rules, Release release) {
  const char* each = release == Release::opsi_4_2 ? "opsiconfd.executor_threads_42" : "opsiconfd.executor_threads";
  rules.define("opsiconfd.concurrent_requests", "thread", rules.quantity("opsiconfd.workers") * rules.figure(each),
               "Most JSON-RPC requests served at the same moment; more wait.");
}

// Two published rules answer what opsiconfd needs; where a release states both, the larger one holds.
void worker_memory(Rules& rules, Release release) {
  if (release != Release::opsi_4_1)
    rules.define("opsiconfd.memory_by_workers", "MB",
                 rules.quantity("opsiconfd.workers") * rules.figure("opsiconfd.memory_per_worker"),
                 "About {[opsiconfd.memory_per_worker]}.");
  if (release != Release::opsi_4_3)
    rules.define("opsiconfd.memory_by_clients", "MB",
                 rules.curve("opsiconfd.memory_by_clients", rules.quantity("load.clients")) *
                     (1 + rules.figure("opsiconfd.memory_margin")),
                 "Published minimum by the total number of clients, with the safety margin that the page asks for.");
  constexpr char sentence[] = "Memory of opsiconfd.";
  if (release == Release::opsi_4_1)
    rules.define("opsiconfd.memory", "MB", rules.quantity("opsiconfd.memory_by_clients"), sentence);
  else if (release == Release::opsi_4_2)
    rules.define("opsiconfd.memory", "MB",
                 max(rules.quantity("opsiconfd.memory_by_workers"), rules.quantity("opsiconfd.memory_by_clients")),
                 sentence);
  else
    rules.define("opsiconfd.memory", "MB", rules.quantity("opsiconfd.memory_by_workers"), sentence);
}

// opsi 4.3 keeps a websocket for each client that is switched on; each costs two descriptors in its worker.
void websockets(Rules& rules) {
  const Quantity all =
      rules.define("opsiconfd.websockets", "connection",
                   rules.quantity("online_clients") * rules.figure("opsiconfd.websockets_per_online_client"),
                   "Message bus websockets: one for each client that is switched on.");
  const Quantity each =
      rules.define("opsiconfd.websockets_per_worker", "connection/worker",
                   ceil(all / rules.quantity("opsiconfd.workers")), "Websockets that one worker process holds.");
  const Quantity descriptors = rules.figure("opsiconfd.descriptors_per_websocket");
  const Quantity most = rules.define("opsiconfd.websockets_per_worker_limit", "connection/worker",
                                     floor(rules.figure("opsiconfd.open_files") / descriptors),
                                     "Most websockets that a worker's open-file limit allows.");
  rules.remark(
      "websocket_descriptors", Severity::error, "opsiconfd.websockets_per_worker", each > most,
      "Each worker holds {opsiconfd.websockets_per_worker} for websockets; its open-file limit allows "
      "{opsiconfd.websockets_per_worker_limit}. Raise LimitNOFILE of opsiconfd.service or start more workers.");
}

}  // namespace

void opsiconfd(Rules& rules, Release release) {
  workers(rules, release);
  worker_memory(rules, release);
  if (release == Release::opsi_4_1) {
    const Quantity one = rules.figure("opsiconfd.default_workers");
    rules.remark(
        "single_process", Severity::warning, "least_workers", rules.quantity("least_workers") > one,
        "{least_workers} are asked for, but opsiconfd 4.1 is a single process; opsi 4.2 and newer start several.");
    rules.remark("core_saturated", Severity::warning, "connections",
                 rules.quantity("load.connections") > rules.figure("opsiconfd.saturating_connections"),
                 "{load.connections} at the same time: above {[opsiconfd.saturating_connections]} the one core that "
                 "opsiconfd 4.1 can use is saturated. "
                 "Spread the load or move to opsi 4.2 or newer, which starts several workers.");
    return;
  }
  concurrent_requests(rules, release);
  worker_remarks(rules, release);
  if (release == Release::opsi_4_3) websockets(rules);
}

}  // namespace sizing
