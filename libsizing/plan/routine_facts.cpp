// A routine at a server: what it says, what its preset says, and the defaults for the rest.
#include <algorithm>
#include <cmath>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/peaks.h"
#include "libsizing/plan/resolve.h"

namespace sizing {
namespace {

const Figure& figure(const Evaluation& e, std::string_view name) { return *find_figure(*e.model, name); }

std::string default_of(const Figure& f) {
  return (f.source.starts_with("own figure") ? "own figure: [" : "default: [") + f.name + "]";
}

const RoutineValue* said(const Routine& routine, std::string_view key) {
  for (const RoutineValue& value : routine.values)
    if (value.key == key) return &value;
  return nullptr;
}

class Filler {
 public:
  Filler(const Site& site, const Routine& routine, const Evaluation& e) : site_(site), e_(e) { at_.routine = routine; }

  RoutineAt filled() {
    const Routine& r = at_.routine;
    const double all = e_.value("clients");
    const double named = r.clients.value_or(std::round(all * r.share));
    at_.clients = std::min(named, all);
    at_.above_clients = named > all;
    fact("clients", rounded(at_.clients), "default: all clients of the server", Kind::given);
    if (at_.above_clients) at_.facts.back().text += ", of whom the server has " + rounded(all);
    fact("share", "100 %", "", Kind::given);
    fact("start", time_of_day(r.start), "", Kind::given);
    fact("window", duration_text(r.window), "default: all at once", Kind::assumed);
    if (r.shape_file.empty()) fact("shape", "uniform", "default", Kind::assumed);
    for (const char* key : {"shape_file", "every"}) fact(key, "", "", Kind::given);
    requests();
    session();
    fact("online", "", "", Kind::given);
    fact("samba", "100 %", "default: all of them", Kind::assumed);
    if (r.transfer > 0) transfers();
    return at_;
  }

 private:
  // As it was said; else `otherwise`, where there is a word on where that is from.
  void fact(const std::string& key, const std::string& otherwise, const std::string& from, Kind kind) {
    if (const RoutineValue* value = said(at_.routine, key))
      at_.facts.push_back(
          {key, value->text, value->of_preset ? "preset " + at_.routine.preset : where(value->place), value->kind});
    else if (!from.empty() && !(key == "clients" && said(at_.routine, "share")))
      at_.facts.push_back({key, otherwise, from, kind});
  }

  void requests() {
    const Routine& r = at_.routine;
    const Figure &count = figure(e_, "client.requests_per_boot"), &time = figure(e_, "client.rpc_time");
    at_.requests = r.requests.value_or(count.value);
    at_.request_time =
        !r.time_file.empty()
            ? distribution_of(r.request_times)
            : parse_distribution(r.request_distribution,
                                 r.request_time.value_or(convert(time.value, time.unit, parse_unit("s"))));
    fact("requests", rounded(at_.requests), default_of(count), count.kind);
    if (r.time_file.empty()) {
      fact("request_time", duration_text(at_.request_time.mean), default_of(time), time.kind);
      fact("request_distribution", "exponential", "default", Kind::assumed);
    }
    fact("request_time_file", "", "", Kind::given);
    const Figure& on_core = figure(e_, "opsiconfd.request_core_share");
    if (!r.core_share && !(on_core.value >= 0 && on_core.value <= 100))
      throw InputError(figure_place(site_, on_core.name), "is out of range", rounded(on_core.value) + " %",
                       "0 to 100 %");
    at_.core_share = r.core_share.value_or(on_core.value / 100);
    fact("core_share", rounded(on_core.value) + " %", default_of(on_core), on_core.kind);
    fact("pause", "", "", Kind::given);
  }

  void session() {
    const Routine& r = at_.routine;
    const Figure& kept = figure(e_, "opsiconfd.session_lifetime");
    const double lifetime = convert(kept.value, kept.unit, parse_unit("s"));
    const double work = at_.requests * at_.request_time.mean + (at_.requests > 1 ? (at_.requests - 1) * r.pause : 0);
    at_.session =
        parse_distribution(r.session_distribution, std::min(day_seconds, r.session.value_or(std::max(lifetime, work))));
    if (work > lifetime)
      fact("session", duration_text(work), "default: requests × request_time", Kind::derived);
    else
      fact("session", duration_text(lifetime), default_of(kept), kept.kind);
    fact("session_distribution", "constant", "default", Kind::assumed);
  }

  void transfers() {
    const Routine& r = at_.routine;
    const Figure& slots = figure(e_, "depot.transfer_slots");
    at_.slots = r.slots.value_or(std::floor(slots.value));
    for (const char* key : {"transfer", "line", "client_line"}) fact(key, "", "", Kind::given);
    fact("slots", rounded(at_.slots), default_of(slots), slots.kind);
    at_.transfer = transfer({{at_.fetching(), r.start, r.window, r.shape},
                             r.transfer,
                             r.line,
                             r.client_line,
                             static_cast<std::int64_t>(at_.slots)});
  }

  const Site& site_;
  const Evaluation& e_;
  RoutineAt at_;
};

}  // namespace

const std::vector<std::string>& figures_of_routines() {
  static const std::vector<std::string> names = {"load.quantile", "opsiconfd.session_lifetime", "depot.transfer_slots",
                                                 "client.requests_per_boot", "client.rpc_time"};
  return names;
}

double RoutineAt::fetching() const { return std::round(clients * routine.samba); }

std::string RoutineAt::fact(std::string_view key) const {
  for (const RoutineFact& fact : facts)
    if (fact.key == key) return printable(fact.text);
  return "";
}

std::vector<RoutineAt> routines_of(const Site& site, const Server& server, const Evaluation& evaluation) {
  std::vector<RoutineAt> all;
  for (const Routine& routine : site.routines) {
    if (!routine.server.empty() && routine.server != server.name) continue;
    if (!routine.shape_file.empty() && routine.shape.steps.empty())
      throw InputError(routine.place, "the histogram " + routine.shape_file + " is not read");
    if (!routine.time_file.empty() && routine.request_times.time.empty())
      throw InputError(routine.place, "the file of times " + routine.time_file + " is not read");
    all.push_back(Filler(site, routine, evaluation).filled());
  }
  return all;
}

}  // namespace sizing
