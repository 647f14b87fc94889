#include "libsizing/plan/serving.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

double figure(const Evaluation& e, const char* name) { return find_figure(*e.model, name)->value; }

double seconds(const Evaluation& e, const char* name) {
  const Figure& f = *find_figure(*e.model, name);
  return convert(f.value, f.unit, parse_unit("s"));
}

double threads_per_worker(const Evaluation& e) {
  return e.value("opsiconfd.concurrent_requests") / e.value("opsiconfd.workers");
}

double pool_per_worker(const Evaluation& e) {
  return figure(e, "opsiconfd.mysql_pool") + figure(e, "opsiconfd.mysql_overflow");
}

// A figure that is counted with as it stands, so that one that rounding would change is refused.
std::uint32_t whole_figure(const Site& site, const std::string& name, double value, double least, double most) {
  if (!(value >= least && value <= most && value == std::floor(value)))
    throw InputError(figure_place(site, name), "is simulated as a whole number", exact(value),
                     "a whole number from " + exact(least) + " to " + exact(most));
  return static_cast<std::uint32_t>(value);
}

// Without one for each worker nothing is served; the simulator takes 0 for as many as are needed.
void check_one(double each, const Place& place, const std::string& of) {
  if (!(each >= 1)) throw InputError(place, "leaves a worker without " + of, rounded(each), "1 or more");
}

void check_figures(const Site& site, const Evaluation& e) {
  const auto check = [&](const char* name, double each, const std::string& of) {
    check_one(each, figure_place(site, name), of);
  };
  check_one(threads_per_worker(e), {"", 0, 0, "opsiconfd.concurrent_requests"}, "a thread");
  check("opsiconfd.busy_cores_per_worker", figure(e, "opsiconfd.busy_cores_per_worker"), "a core");
  check("opsiconfd.mysql_pool", pool_per_worker(e), "a database connection, even with opsiconfd.mysql_overflow");
  check("opsiconfd.socket_backlog", figure(e, "opsiconfd.socket_backlog"), "a place for who waits");
}

// What there is of something for a number of workers, at least 1. What the simulator cannot hold is refused by the
// number that a user can change.
std::size_t count(double value, double workers, const char* of) {
  constexpr auto most = static_cast<double>(most_threads_of_a_service);
  if (value > most)
    throw InputError({"", 0, 0, "opsiconfd.workers"}, std::string("have more ") + of + " than can be simulated",
                     with_unit(rounded(workers), parse_unit("worker")) + " with " + rounded(value) + " " + of,
                     "at most " + rounded(most) + " " + of +
                         ": fewer workers, or fewer clients or connections from which they follow");
  return static_cast<std::size_t>(std::max(1.0, std::floor(value)));
}

const Offer* offered(const ResolvedServer& server, std::string_view resource) {
  for (const Offer& offer : server.hardware)
    if (offer.resource == resource) return &offer;
  return nullptr;
}

Patience patience_of(const Site& site, const Evaluation& e) {
  const Figure& again = *find_figure(*e.model, "client.reconnect_after_loss");
  Patience patience;
  patience.connect = seconds(e, "client.connect_timeout");
  patience.answer = seconds(e, "client.read_timeout");
  patience.tries = whole_figure(site, "client.tries", figure(e, "client.tries"), 1, 1000);
  patience.retry_low = again.low.value_or(again.value);
  patience.retry_high = again.high.value_or(again.value);
  return patience;
}

void add_clients(std::vector<Clients>& all, const Site& site, const RoutineAt& at) {
  const std::uint32_t requests = whole_figure(site, "client.requests_per_boot", at.requests, 0, 1e6);
  if (requests == 0) return;
  for (const Arrivals& arrivals : arrivals_of(at.routine, at.clients)) {
    Clients each{arrivals};
    each.requests = requests;
    each.time = at.request_time;
    each.core_share = at.core_share;
    each.pause = parse_distribution("constant", at.routine.pause);
    all.push_back(each);
  }
}

std::string amount(double value, const char* unit) { return with_unit(rounded(value), parse_unit(unit)); }

// Where a number is from, and what it rests on.
struct From {
  std::string text;
  Kind kind = Kind::derived;
};

Kind kind_of(const Evaluation& e, std::initializer_list<const char*> figures) {
  Kind kind = Kind::given;
  for (const char* name : figures) kind = weakest(kind, find_figure(*e.model, name)->kind);
  return kind;
}

const char* executor_threads(const Evaluation& e) {
  return e.model->name == "4.2" ? "opsiconfd.executor_threads_42" : "opsiconfd.executor_threads";
}

std::vector<RoutineFact> facts_of(const Serving& s, const Evaluation& e, const From& workers_from,
                                  const From& cores_from, double cores) {
  return {
      {"workers", amount(s.workers, "worker"), workers_from.text, workers_from.kind},
      {"threads", amount(static_cast<double>(s.facility.threads), "thread"), "workers × executor-workers",
       kind_of(e, {executor_threads(e)})},
      {"cores", amount(cores, "core"), cores_from.text, cores_from.kind},
      {"busy cores", amount(static_cast<double>(s.facility.cores), "core"),
       "at most workers × [opsiconfd.busy_cores_per_worker]", kind_of(e, {"opsiconfd.busy_cores_per_worker"})},
      {"pool", amount(static_cast<double>(s.facility.pool), "connection"),
       "workers × ([opsiconfd.mysql_pool] + [opsiconfd.mysql_overflow])",
       kind_of(e, {"opsiconfd.mysql_pool", "opsiconfd.mysql_overflow"})},
      {"backlog", amount(static_cast<double>(s.patience.backlog), "connection"), "workers × [opsiconfd.socket_backlog]",
       kind_of(e, {"opsiconfd.socket_backlog"})},
      {"connect", duration_text(s.patience.connect), "[client.connect_timeout]",
       kind_of(e, {"client.connect_timeout"})},
      {"answer", duration_text(s.patience.answer), "[client.read_timeout]", kind_of(e, {"client.read_timeout"})},
      {"again", duration_text(s.patience.retry_low) + " to " + duration_text(s.patience.retry_high),
       "[client.reconnect_after_loss]", kind_of(e, {"client.reconnect_after_loss"})},
      {"tries", rounded(s.patience.tries), "[client.tries]", kind_of(e, {"client.tries"})},
  };
}

std::string servers_of(const std::vector<Routine>& routines) {
  std::vector<std::string> names;
  for (const Routine& routine : routines)
    if (std::find(names.begin(), names.end(), routine.server) == names.end()) names.push_back(routine.server);
  return join_some(names);
}

void check_served(const Site& site, const ResolvedServer& server, const Serving& serving) {
  if (server.evaluation.model->name == "4.1")
    throw InputError(site.opsi_place,
                     "no figure of the threads of opsiconfd 4.1 is published, so that nobody can say "
                     "who waits for one",
                     "4.1", "opsi 4.2 or newer");
  if (server.evaluation.value("role.config") == 0)
    throw InputError({site.file, 0, 0, ""}, "the site has no config server, and no other server is simulated",
                     server.name, "a server with roles = [\"config\"] or without roles");
  if (site.routines.empty())
    throw InputError({site.file, 0, 0, ""}, "no routine says who comes when", "",
                     "[[routine]] in a site file, or a preset (--routine): " + join(routine_presets(), ", "));
  if (serving.routines.empty())
    throw InputError({site.file, 0, 0, ""},
                     "no routine is for " + printable(server.name) + ", the config server, and no other is simulated",
                     "routines for " + servers_of(site.routines),
                     "[[routine]] without server, or with server = \"" + printable(server.name) + "\"");
}

}  // namespace

const std::vector<std::string>& figures_of_serving() {
  static const std::vector<std::string> names = {
      "opsiconfd.busy_cores_per_worker", "opsiconfd.request_core_share", "opsiconfd.socket_backlog",
      "client.connect_timeout",          "client.read_timeout",          "client.tries",
      "client.reconnect_after_loss",     "client.requests_per_boot",     "client.rpc_time"};
  return names;
}

DayRun usual_run(const Serving& serving, DayRun run) {
  constexpr double most = 16, least = 2, requests = 4e7;
  if (run.replications > 0) return run;
  run.replications = 1;
  const double each = std::max(1.0, expected_requests(serving.clients, run));
  run.replications = static_cast<std::size_t>(std::clamp(std::floor(requests / each), least, most));
  return run;
}

void serve_with(Serving& serving, double workers, double cores) {
  const Evaluation& e = serving.evaluation;
  serving.workers = workers;
  const double busy = workers * figure(e, "opsiconfd.busy_cores_per_worker");
  serving.facility.threads = count(workers * threads_per_worker(e), workers, "threads");
  serving.facility.cores = count(std::min(cores, busy), workers, "cores");
  serving.facility.pool = count(workers * pool_per_worker(e), workers, "database connections");
  constexpr double without_end = 1e15;
  serving.patience.backlog =
      static_cast<std::size_t>(std::min(without_end, workers * figure(e, "opsiconfd.socket_backlog")));
}

void check_simulated(const Site& site, std::size_t server, const Place& place) {
  const std::size_t config = main_server(site);
  if (server != config)
    throw InputError(place, "only the config server is simulated, since requests come to it", site.servers[server].name,
                     site.servers[config].name);
}

Serving serving_of(const Site& site, const Instead& instead) {
  const std::size_t which = main_server(site);
  const ResolvedServer server = std::move(resolve(site)[which]);
  const Evaluation& e = server.evaluation;
  Serving serving;
  serving.title = site.title;
  serving.opsi = e.model->name;
  serving.server = server.name;
  serving.evaluation = e;
  serving.routines = routines_of(site, site.servers[which], e);
  check_served(site, server, serving);
  check_figures(site, e);
  for (const RoutineAt& at : serving.routines) add_clients(serving.clients, site, at);
  serving.patience = patience_of(site, e);
  const Offer* offer = offered(server, "cores");
  const double cores = instead.cores.value_or(offer ? offer->amount : e.value("server.cores"));
  if (!(cores >= 1))
    throw InputError(offer ? offer->place : Place{}, "nothing is served without a core", rounded(cores),
                     "1 core or more");
  serve_with(serving, instead.workers.value_or(e.value("opsiconfd.workers")), cores);
  const From workers_from = instead.workers ? From{instead.from, Kind::given} : From{"the plan's opsiconfd.workers"},
             cores_from = instead.cores ? From{instead.from, Kind::given}
                          : offer       ? From{"the hardware (" + where(offer->place) + ")", Kind::given}
                                        : From{"the plan's server.cores"};
  serving.facts = facts_of(serving, e, workers_from, cores_from, cores);
  return serving;
}

}  // namespace sizing
