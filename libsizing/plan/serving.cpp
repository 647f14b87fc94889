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

std::size_t count(double value) { return static_cast<std::size_t>(std::max(1.0, std::floor(value))); }

const Offer* offered(const ResolvedServer& server, std::string_view resource) {
  for (const Offer& offer : server.hardware)
    if (offer.resource == resource) return &offer;
  return nullptr;
}

Patience patience_of(const Evaluation& e) {
  const Figure& again = *find_figure(*e.model, "client.reconnect_after_loss");
  Patience patience;
  patience.connect = seconds(e, "client.connect_timeout");
  patience.answer = seconds(e, "client.read_timeout");
  patience.tries = static_cast<std::uint32_t>(std::clamp(figure(e, "client.tries"), 1.0, 1000.0));
  patience.retry_low = again.low.value_or(again.value);
  patience.retry_high = again.high.value_or(again.value);
  return patience;
}

void add_clients(std::vector<Clients>& all, const RoutineAt& at) {
  if (at.requests < 1) return;
  for (const Arrivals& arrivals : arrivals_of(at.routine, at.clients)) {
    Clients each{arrivals};
    each.requests = static_cast<std::uint32_t>(std::round(at.requests));
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

void check_served(const Site& site, const ResolvedServer& server, const Serving& serving) {
  if (server.evaluation.model->name == "4.1")
    throw InputError(site.opsi_place,
                     "no figure of the threads of opsiconfd 4.1 is published, so that nobody can say "
                     "who waits for one",
                     "4.1", "opsi 4.2 or newer");
  if (serving.routines.empty())
    throw InputError({site.file, 0, 0, ""}, "no routine is for the config server, " + printable(server.name), "",
                     "[[routine]] in the site file, or --routine: " + join(routine_presets(), ", "));
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
  serving.facility.threads = count(workers * threads_per_worker(e));
  serving.facility.cores = count(std::min(cores, workers * figure(e, "opsiconfd.busy_cores_per_worker")));
  serving.facility.pool = count(workers * pool_per_worker(e));
  serving.patience.backlog = count(workers * figure(e, "opsiconfd.socket_backlog"));
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
  for (const RoutineAt& at : serving.routines) add_clients(serving.clients, at);
  serving.patience = patience_of(e);
  const Offer* offer = offered(server, "cores");
  const double cores = instead.cores.value_or(offer ? offer->amount : e.value("server.cores"));
  serve_with(serving, instead.workers.value_or(e.value("opsiconfd.workers")), cores);
  const From workers_from = instead.workers ? From{instead.from, Kind::given} : From{"the plan's opsiconfd.workers"},
             cores_from = instead.cores ? From{instead.from, Kind::given}
                          : offer       ? From{"the hardware (" + where(offer->place) + ")", Kind::given}
                                        : From{"the plan's server.cores"};
  serving.facts = facts_of(serving, e, workers_from, cores_from, cores);
  return serving;
}

}  // namespace sizing
