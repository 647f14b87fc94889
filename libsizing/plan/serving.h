// opsiconfd of a server as the simulator sees it: who comes, what serves them, and how long they wait before they give
// up.
//
//   threads   opsiconfd.concurrent_requests: the worker processes × their executor threads; the rest waits for one
//   cores     those of the stated hardware, else server.cores; never more than the workers can keep busy
//             ([opsiconfd.busy_cores_per_worker], since one thread of a Python process runs at a time)
//   pool      database connections, [opsiconfd.mysql_pool] + [opsiconfd.mysql_overflow] a worker
//
// Each client of a routine sends its requests one after the other. A request takes a time of the routine's
// distribution, of which the core share is on a core and the rest elsewhere. Where more wait than the sockets of the
// workers hold ([opsiconfd.socket_backlog] each) a client cannot connect and gives up after [client.connect_timeout];
// it leaves a request that is not answered within [client.read_timeout]; and it tries again, [client.tries] times in
// all, after a random time of the range of [client.reconnect_after_loss].
//
// Requests go to the config server: depot servers are not simulated. A day begins at midnight with nobody there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/plan/peaks.h"
#include "libsizing/plan/resolve.h"
#include "libsizing/queueing/day.h"

namespace sizing {

struct Serving {
  std::string title, opsi, server;
  Evaluation evaluation;  // of the server
  double workers = 0;
  Facility facility;
  Patience patience;
  std::vector<Clients> clients;  // of each coming of each routine
  std::vector<RoutineAt> routines;
  std::vector<RoutineFact> facts;  // of facility and patience
};

/// Instead of what the plan says.
struct Instead {
  std::optional<double> workers, cores;
  std::string from;  // "--workers"
};

/// The figures that a simulation rests on, for lists of who uses what.
const std::vector<std::string>& figures_of_serving();

/// Throws InputError with `place` where a server is asked for that is not simulated.
void check_simulated(const Site& site, std::size_t server, const Place& place);

/// The config server of the site. Throws InputError where the site does not resolve, where there is no routine for it,
/// for opsi 4.1, of whose threads no figure is published, and for figures that no service has: no database connection,
/// parts of tries or requests.
Serving serving_of(const Site& site, const Instead& instead = {});

/// Replications where none are asked for (0): 16, and fewer where a day has millions of requests, since chance matters
/// less there: as many as 40 million requests are, at least 2.
DayRun usual_run(const Serving& serving, DayRun run);

/// Other numbers of workers and cores. Throws InputError where they are more than can be simulated.
void serve_with(Serving& serving, double workers, double cores);

}  // namespace sizing
