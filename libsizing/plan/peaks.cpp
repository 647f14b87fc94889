#include "libsizing/plan/peaks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/resolve.h"

namespace sizing {
namespace {

// What an input takes from a routine: how many clients, for how long, and how many of them at most at a time.
struct Taking {
  double clients = 0;
  Distribution length{};
  double most = 0;
};

constexpr double unlimited = std::numeric_limits<double>::infinity();

Taking connected(const RoutineAt& at) { return {at.clients, at.session, at.clients}; }

Taking on_samba(const RoutineAt& at) {
  const double clients = at.clients * at.routine.samba;
  if (!at.transfer) return {clients, at.session, std::ceil(clients)};
  const double stay = at.transfer->longest_wait + at.transfer->longest_time;
  return {clients, parse_distribution("constant", std::max(stay, at.session.mean)),
          at.slots > 0 ? std::min(std::ceil(clients), at.slots) : std::ceil(clients)};
}

Taking switched_on(const RoutineAt& at) {
  if (!at.routine.online) return {};
  return {at.clients, parse_distribution("constant", *at.routine.online), at.clients};
}

// A coming that goes on behind midnight was there yesterday, too.
bool lasts_over_midnight(const Sessions& coming) {
  const Occupancy alone = occupancy({&coming, 1});
  return std::any_of(alone.parts.begin(), alone.parts.end(), [&](const Occupancy::Part& part) {
    const double longest = part.length_parts.empty() ? 0 : part.length_parts.back();
    return coming.arrivals.start + coming.arrivals.window + longest > day_seconds;
  });
}

// The days before today whose comings may still be there: one, since nobody stays for more than a day.
void add_coming(std::vector<Sessions>& all, Sessions coming) {
  all.push_back(coming);
  if (!lasts_over_midnight(coming)) return;
  coming.arrivals.start -= day_seconds;
  all.push_back(coming);
}

void add_comings(std::vector<Sessions>& all, const Routine& routine, const Taking& taking, std::size_t group) {
  for (const Arrivals& arrivals : arrivals_of(routine, taking.clients))
    add_coming(all, {arrivals, taking.length, group});
}

using Take = Taking (*)(const RoutineAt&);

DayOf day_of(const std::string& input, const std::vector<RoutineAt>& routines, double clients, Take take) {
  DayOf day{input, {}, 0, {}};
  std::vector<Sessions> all;
  std::vector<double> limits;  // a routine is a group: its slots are its own
  for (const RoutineAt& at : routines) {
    const Taking taking = take(at);
    if (input == "online_clients" && !at.routine.online) continue;
    add_comings(all, at.routine, taking, limits.size());
    limits.push_back(taking.most < taking.clients ? taking.most : unlimited);
    day.most += taking.most;
    day.routines.push_back(at);
  }
  day.occupancy = occupancy(all, std::move(limits));
  day.most = std::min(day.most, clients);
  return day;
}

// The keys that decide an input.
bool counts_for(const std::string& input, const std::string& key) {
  const auto any = [&](std::initializer_list<std::string_view> keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  if (any({"clients", "share", "start", "window", "shape", "every"})) return true;
  if (input == "online_clients") return key == "online";
  return key == "session" || (input == "samba.connections" && any({"samba", "transfer", "line", "slots"}));
}

std::vector<std::string> assumed_keys(const DayOf& day) {
  std::vector<std::string> keys;
  for (const RoutineAt& at : day.routines)
    for (const RoutineFact& fact : at.facts)
      if (fact.kind == Kind::assumed && counts_for(day.input, fact.key) &&
          std::find(keys.begin(), keys.end(), fact.key) == keys.end())
        keys.push_back(fact.key);
  return keys;
}

std::string named(const RoutineAt& at) {
  return printable(at.routine.name) + (at.routine.place.file.empty() ? "" : " (" + where(at.routine.place) + ")");
}

std::string text_of(const RoutinePeak& peak, const DayOf& day) {
  std::vector<std::string> names;
  for (const RoutineAt& at : day.routines) names.push_back(named(at));
  return std::string(names.size() > 1 ? "routines " : "routine ") + listed(names) + ": " + rounded(100 * peak.share) +
         " % quantile " + rounded(peak.most) + ", mean " + rounded(peak.mean) + " at " + time_of_day(peak.time) +
         (peak.assumed.empty() ? "" : "; assumed: " + join(peak.assumed, ", "));
}

}  // namespace

std::vector<Arrivals> arrivals_of(const Routine& routine, double clients) {
  Arrivals coming{clients, routine.start, routine.window, routine.shape};
  if (is_steady(routine)) {
    coming.window = day_seconds - routine.start;
    coming.clients *= coming.window / *routine.every;
  }
  std::vector<Arrivals> all(comings(routine), coming);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].start += static_cast<double>(i) * routine.every.value_or(0);
  return all;
}

std::vector<DayOf> days_of(const std::vector<RoutineAt>& routines, const Evaluation& e) {
  std::vector<DayOf> days;
  if (routines.empty()) return days;
  const double clients = e.value("clients");
  days.push_back(day_of("connections", routines, clients, connected));
  if (e.value("service.samba") != 0 && e.value("depot.webdav") == 0)
    days.push_back(day_of("samba.connections", routines, clients, on_samba));
  DayOf online = day_of("online_clients", routines, clients, switched_on);
  if (e.value("role.config") != 0 && !online.routines.empty()) days.push_back(std::move(online));
  return days;
}

double mean_at(const DayOf& day, double time) { return std::min(mean_present(day.occupancy, time), day.most); }

double most_at(const DayOf& day, double time, double share) {
  const Present there = present_at(day.occupancy, time);
  return std::min(std::ceil(day.most), there.certain + static_cast<double>(most_present(there.mean, day.most, share)));
}

double quantile_share(const Model& model) {
  const Figure& figure = *find_figure(model, "load.quantile");
  if (!(figure.value >= 0 && figure.value < 100))
    throw InputError({"", 0, 0, "load.quantile"}, "is out of range", exact(figure.value), "0 to below 100 %");
  return figure.value / 100;
}

RoutinePeak peak_of(const DayOf& day, double share) {
  const BusiestTime found = busiest(day.occupancy);
  RoutinePeak peak;
  peak.input = day.input;
  peak.time = found.time - day_seconds * std::floor(found.time / day_seconds);
  peak.mean = std::min(found.mean, day.most);
  peak.share = share;
  peak.most = most_at(day, found.time, share);
  for (const RoutineAt& at : day.routines) {
    peak.routines.push_back(at.routine.name);
    if (at.above_clients) peak.above_clients.push_back(named(at));
  }
  peak.assumed = assumed_keys(day);
  peak.text = text_of(peak, day);
  return peak;
}

std::vector<RoutinePeak> routine_peaks(const Site& site, const Server& server, const Evaluation& evaluation) {
  std::vector<RoutinePeak> peaks;
  const auto routines = routines_of(site, server, evaluation);
  for (const DayOf& day : days_of(routines, evaluation))
    peaks.push_back(peak_of(day, quantile_share(*evaluation.model)));
  return peaks;
}

}  // namespace sizing
