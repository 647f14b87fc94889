#include "libsizing/plan/waiting.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

double requests_of(const Clients& clients) { return clients.arrivals.clients * clients.requests; }

// The mixture of what the routines' requests take, by their numbers: its mean, and the coefficient of variation that it
// has as a whole.
Distribution mixed(const std::vector<Clients>& clients, Distribution (*time)(const Clients&)) {
  double all = 0, first = 0, second = 0;
  for (const Clients& each : clients) {
    const Distribution one = time(each);
    const double weight = requests_of(each);
    all += weight, first += weight * one.mean, second += weight * one.mean * one.mean * (1 + scv(one));
  }
  if (all == 0) return parse_distribution("constant", 0);
  const double mean = first / all, variation = mean > 0 ? second / all / (mean * mean) - 1 : 0;
  return variation > 1e-9 ? Distribution{Distribution::Kind::lognormal, mean, std::sqrt(variation)}
                          : parse_distribution("constant", mean);
}

bool alike(const std::vector<Clients>& clients) {
  return std::all_of(clients.begin(), clients.end(), [&](const Clients& each) {
    return name(each.time) == name(clients[0].time) && each.time.mean == clients[0].time.mean &&
           each.core_share == clients[0].core_share;
  });
}

Distribution whole_time(const Clients& each) { return each.time; }

Distribution core_time(const Clients& each) {
  Distribution time = each.time;
  time.mean *= each.core_share;
  return time;
}

Distribution time_of(const std::vector<Clients>& clients, Distribution (*time)(const Clients&)) {
  return alike(clients) ? time(clients[0]) : mixed(clients, time);
}

// A single timer's clients think for what is left of its repeat, in as many parts as they send requests.
std::optional<FiniteSourceAnswer> finite_of(const Serving& serving, const TextbookStage& stage) {
  if (serving.clients.size() != 1) return {};
  const RoutineAt* timer = nullptr;
  for (const RoutineAt& at : serving.routines)
    if (at.requests >= 1) timer = &at;
  const double each = *timer->routine.every / serving.clients[0].requests;
  const double think = std::max(0.0, each - whole_time(serving.clients[0]).mean);
  return finite_source({static_cast<std::int64_t>(timer->clients), think, stage.queue.service.mean,
                        static_cast<std::int64_t>(stage.servers)});
}

TextbookStage stage_of(const std::string& name, std::size_t servers, double rate, const Distribution& time) {
  TextbookStage stage{name, static_cast<double>(servers), {}, {}, {}};
  stage.queue = {parse_distribution("exponential", 1 / rate), time, static_cast<std::int64_t>(servers)};
  stage.answer = stationary(stage.queue);
  return stage;
}

Textbook textbook_of(const Serving& serving, double step) {
  Textbook book;
  book.steady = std::all_of(serving.routines.begin(), serving.routines.end(),
                            [](const RoutineAt& at) { return at.requests < 1 || is_steady(at.routine); });
  const BusiestStep busiest = busiest_step(serving.clients, step);
  book.from = busiest.from, book.rate = busiest.rate;
  if (!(book.rate > 0)) return book;
  const Facility& facility = serving.facility;
  book.stages.push_back(stage_of("threads", facility.threads, book.rate, time_of(serving.clients, whole_time)));
  book.stages.push_back(stage_of("cores", facility.cores, book.rate, time_of(serving.clients, core_time)));
  if (book.steady)
    for (TextbookStage& stage : book.stages)
      if (stage.queue.service.kind == Distribution::Kind::exponential) stage.finite = finite_of(serving, stage);
  return book;
}

double mean_time(const std::vector<Clients>& clients) {
  return clients.empty() ? 0 : time_of(clients, whole_time).mean;
}

std::string who_gave_up(const Day& day) {
  if (day.refused.value + day.timed_out.value + day.gave_up.value == 0) return "Nobody times out.";
  return rounded(day.timed_out.value) + " requests time out, " + rounded(day.refused.value) + " cannot connect, " +
         rounded(day.gave_up.value) + " clients give up.";
}

std::string answer_of(const WaitingAnswer& a) {
  const Day& day = a.day;
  const std::string head = printable(a.serving.server) + " answers " + rounded(day.requests.value) + " requests in " +
                           rounded(day.sessions.value) + " sessions a day, of " +
                           duration_text(mean_time(a.serving.clients)) + " on average, with " +
                           with_unit(rounded(a.serving.workers), parse_unit("worker")) + " and " +
                           with_unit(rounded(static_cast<double>(a.serving.facility.cores)), parse_unit("core")) + ": ";
  const std::string level =
      a.level ? " \"" + printable(a.level->text) + "\" is " + (a.kept ? "" : "not ") + "kept." : "";
  if (day.largest.value == 0) return head + "nobody waits. " + who_gave_up(day) + level;
  return head + "95 % wait at most " + time_text(day.p95) + ", the longest " + time_text(day.largest) + ". " +
         who_gave_up(day) + level;
}

}  // namespace

BusiestStep busiest_step(const std::vector<Clients>& clients, double step) {
  std::vector<double> requests;
  for (const Clients& each : clients) {
    const ArrivalCurve curve = arrival_curve(each.arrivals);
    const double start = each.arrivals.start, end = start + each.arrivals.window;
    const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(start / step)));
    const auto last = static_cast<std::size_t>(std::max(0.0, std::floor(end / step)));
    if (requests.size() <= last) requests.resize(last + 1);
    double before = 0;
    for (std::size_t k = first; k <= last; ++k) {
      const double by = k == last ? 1 : arrived(curve, static_cast<double>(k + 1) * step);
      requests[k] += requests_of(each) * (by - before);
      before = by;
    }
  }
  const auto most = std::max_element(requests.begin(), requests.end());
  if (most == requests.end()) return {};
  return {static_cast<double>(most - requests.begin()) * step, *most / step};
}

WaitingAnswer waiting_answer(Serving serving, const DayRun& run, Day day, const std::optional<ServiceLevel>& level) {
  WaitingAnswer answer;
  answer.serving = std::move(serving);
  answer.run = run;
  answer.day = std::move(day);
  answer.textbook = textbook_of(answer.serving, run.step);
  answer.level = level;
  answer.kept = level && keeps(answer.day, *level);
  answer.answer = answer_of(answer);
  return answer;
}

WaitingAnswer ask_waiting(Serving serving, const DayRun& run, const std::optional<ServiceLevel>& level) {
  if (!(run.step >= shortest_step && run.step <= day_seconds))
    throw InputError({"", 0, 0, "step"}, "not allowed", exact(run.step) + " s", "1 s to 24 h");
  const DayRun usual = usual_run(serving, run);
  if (level) check_replications(usual);
  Day day = simulate_day(serving.clients, serving.facility, serving.patience, usual);
  return waiting_answer(std::move(serving), usual, std::move(day), level);
}

}  // namespace sizing
