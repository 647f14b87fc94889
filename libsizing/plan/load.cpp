#include "libsizing/plan/load.h"

#include <algorithm>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"
#include "libsizing/plan/resolve.h"

namespace sizing {
namespace {

std::string amount(const Model& model, const std::string& input, double value) {
  return value_text(model, find_node(model, input), value);
}

// A stated value, where it is not what the routines give.
std::string planned_instead(const ResolvedServer& server, const RoutinePeak& peak) {
  const Evaluation& e = server.evaluation;
  const std::size_t input = input_index(*e.model, peak.input);
  if (server.peak_behind(input) || e.value(peak.input) == peak.most) return "";
  return amount(*e.model, peak.input, e.value(peak.input)) + " (" + server.origins[input].text + ")";
}

DayCourse course_of(const DayOf& day, const std::vector<double>& times, double share) {
  DayCourse course{day.input, {}, {}};
  for (const double time : times) {
    course.mean.push_back(mean_at(day, time));
    course.most.push_back(most_at(day, time, share));
  }
  return course;
}

// From the first to the last time with a hundredth of the peak, and a step before and behind.
CloseUp close_up_of(const DayOf& day, const DayCourse& course, const RoutinePeak& peak,
                    const std::vector<double>& times, double share) {
  constexpr int points = 140;
  double from = peak.time, to = peak.time;
  for (std::size_t i = 0; i < times.size(); ++i)
    if (course.mean[i] > peak.mean / 100) from = std::min(from, times[i]), to = std::max(to, times[i]);
  from = std::max(0.0, from - course_step), to = std::min(day_seconds, to + course_step);
  CloseUp close;
  for (int i = 0; i <= points; ++i) close.times.push_back(from + (to - from) * i / points);
  close.times.push_back(peak.time);
  for (const double time : close.times) {
    close.mean.push_back(mean_at(day, time));
    close.most.push_back(most_at(day, time, share));
  }
  return close;
}

std::string transfer_sentence(const RoutineAt& at) {
  return " " + printable(at.routine.name) + ": " + with_unit(rounded(at.fetching()), parse_unit("client")) + " fetch " +
         at.fact("transfer") + " each, at most " + rounded(at.transfer->most_at_once) + " at once, until " +
         time_of_day(at.transfer->end) + " (" + duration_text(at.transfer->end - at.routine.start) +
         (at.transfer->end - at.routine.start > day_seconds ? "; the next day's begin before)." : ").");
}

std::string server_answer(const ServerLoad& load, const Model& model) {
  if (load.peaks.empty()) return load.server + " has no routine.";
  const RoutinePeak& peak = load.peaks[0];
  std::string text = load.server + " is busiest at " + time_of_day(peak.time) + ": then it has at most " +
                     amount(model, peak.input, peak.most) + " on " + rounded(100 * peak.share) + " % of days, " +
                     rounded(peak.mean) + " on average.";
  for (const RoutineAt& at : load.routines)
    if (at.transfer) text += transfer_sentence(at);
  return text;
}

ServerLoad load_of(const Site& site, const Server& server, const ResolvedServer& resolved,
                   const std::vector<double>& times) {
  const Evaluation& e = resolved.evaluation;
  const double share = quantile_share(*e.model);
  ServerLoad load;
  load.server = server.name;
  load.routines = routines_of(site, server, e);
  load.peaks = resolved.peaks;
  for (const RoutineAt& at : load.routines) load.alone.push_back(peak_of(days_of({at}, e)[0], share));
  for (const RoutinePeak& peak : load.peaks) load.planned.push_back(planned_instead(resolved, peak));
  for (const DayOf& day : days_of(load.routines, e)) {
    const RoutinePeak& peak = load.peaks[load.courses.size()];
    load.courses.push_back(course_of(day, times, share));
    load.close_ups.push_back(close_up_of(day, load.courses.back(), peak, times, share));
  }
  load.answer = server_answer(load, *e.model);
  return load;
}

}  // namespace

LoadAnswer ask_load(const Site& site) {
  if (site.routines.empty())
    throw InputError({site.file, 0, 0, ""}, "the site has no routine", "",
                     "[[routine]] in the site file, or a preset: " + join(routine_presets(), ", "));
  LoadAnswer answer;
  const auto servers = resolve(site);
  answer.title = site.title;
  answer.opsi = servers[0].evaluation.model->name;
  for (double time = 0; time <= day_seconds; time += course_step) answer.times.push_back(time);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    answer.servers.push_back(load_of(site, site.servers[i], servers[i], answer.times));
    if (!answer.servers.back().routines.empty()) sentences.push_back(answer.servers.back().answer);
  }
  answer.answer = join(sentences, " ");
  return answer;
}

}  // namespace sizing
