// A simulated day for people, as a table over time and as JSON.
#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/json_parts.inc"
#include "libsizing/report/routine_items.h"

namespace sizing {
namespace {

// ± of a figure; "" where there is none, or where it is the same on all days.
std::string half(const Estimate& e, std::string (*text)(double)) {
  return e.half_width > 0 ? "± " + text(two_digits(e.half_width)) : "";
}

std::string percent(double share) { return rounded(100 * share) + " %"; }

TextTable times_table(const Day& day) {
  TextTable table{{"requests", "wait", "", "until the answer", ""}, {false, true, true, true, true}};
  const auto add = [&](const char* what, const Estimate& wait, const Estimate& response) {
    table.rows.push_back({what, duration_text(wait.value), half(wait, duration_text), duration_text(response.value),
                          half(response, duration_text)});
  };
  add("mean", day.mean_wait, day.mean_response);
  add("50 %, at most", day.p50, day.p50_response);
  add("90 %, at most", day.p90, day.p90_response);
  add("95 %, at most", day.p95, day.p95_response);
  add("99 %, at most", day.p99, day.p99_response);
  add("the longest", day.largest, day.largest_response);
  return table;
}

// "07:53:10 ± 2 min"
std::string clock_text(const Estimate& time) {
  return time_of_day(time.value) + (time.half_width >= 1 ? " " + half(time, duration_text) : "");
}

TextTable counts_table(const Day& day) {
  TextTable table{{"over the day", "mean", "", "when"}, {false, true, true, false}};
  const auto add = [&](const char* what, const Estimate& e, std::string (*text)(double), const std::string& when = "") {
    table.rows.push_back({what, text(e.value), half(e, text), when});
  };
  add("requests answered", day.requests, rounded);
  add("that waited", day.waited, percent);
  add("most waiting for a thread", day.most_waiting, rounded,
      day.most_waiting.value > 0 ? clock_text(day.most_waiting_at) : "");
  const std::string days = day.with_waits < day.replications
                               ? " on " + rounded(static_cast<double>(day.with_waits)) + " of " +
                                     rounded(static_cast<double>(day.replications)) + " days"
                               : "";
  add("from the first to the last who waits", day.storm, duration_text,
      day.with_waits > 0 ? clock_text(day.first_wait) + " to " + clock_text(day.last_wait) + days : "");
  add("could not connect", day.refused, rounded);
  add("answered too late", day.timed_out, rounded);
  add("clients that gave up", day.gave_up, rounded);
  return table;
}

TextTable use_table(const WaitingAnswer& a) {
  TextTable table{{"in use", "there", "on average", "", "in the busiest step"}, {false, true, true, true, true}};
  const auto add = [&](const char* what, std::size_t there, const Utilisation& use) {
    table.rows.push_back({what, rounded(static_cast<double>(there)), percent(use.mean.value), half(use.mean, percent),
                          percent(use.busiest)});
  };
  const Facility& f = a.serving.facility;
  add("threads", f.threads, a.day.threads);
  add("cores", f.cores, a.day.cores);
  add("database connections", f.pool, a.day.pool);
  return table;
}

struct Series {
  std::string title;
  double DayStep::*value;
};

// The steps in which something happens, and one before and behind.
std::pair<std::size_t, std::size_t> shown_steps(const Day& day) {
  double most = 0;
  for (const DayStep& step : day.steps) most = std::max(most, step.requests);
  std::size_t first = day.steps.size(), last = 0;
  for (std::size_t k = 0; k < day.steps.size(); ++k)
    if (day.steps[k].requests > most / 100 || day.steps[k].waiting > 0.01) first = std::min(first, k), last = k;
  if (first > last) return {0, day.steps.size()};
  return {first > 0 ? first - 1 : 0, std::min(day.steps.size(), last + 2)};
}

// A step is a line as long as it lasts.
ChartCurve curve_of(const Day& day, double step, const Series& series) {
  constexpr int points = 2 * most_chart_columns;
  const auto [first, last] = shown_steps(day);
  const double from = day.steps[first].from, behind = day.steps[last - 1].from + step;
  const double to = behind - step <= day_seconds ? std::min(behind, day_seconds) : behind;
  ChartCurve curve{series.title, "", {}, {}};
  for (int i = 0; i < points; ++i) {
    curve.x.push_back(from + (to - from) * i / (points - 1));
    const auto k = std::min(last - 1, static_cast<std::size_t>(curve.x.back() / step));
    curve.y.push_back(day.steps[k].*series.value);
  }
  return curve;
}

Charts charts_of(const WaitingAnswer& a) {
  const std::string in_step = " in " + duration_text(a.run.step);
  std::vector<Series> all = {{"requests" + in_step, &DayStep::requests}, {"threads busy", &DayStep::busy}};
  if (a.day.most_waiting.value >= 1) all.push_back({"waiting for a thread", &DayStep::waiting});
  if (std::any_of(a.day.steps.begin(), a.day.steps.end(), [](const DayStep& step) { return step.p95_wait > 0; }))
    all.push_back({"95 % wait at most, s", &DayStep::p95_wait});
  Charts charts;
  for (const Series& series : all)
    if (!a.day.steps.empty()) charts.curves.push_back(curve_of(a.day, a.run.step, series));
  return charts;
}

std::string method_text(const TextbookValue& value) {
  return std::string(value.name) +
         (value.exact ? ", exact"
                      : ", off by " + percent(value.error.mean) + " on average, at most " +
                            percent(value.error.largest) + " (" + std::string(value.error.measured) + ")");
}

std::string wait_text(double wait) { return std::isfinite(wait) ? duration_text(wait) : "without end"; }

TextTable textbook_table(const Textbook& book) {
  TextTable table{{"stage", "servers", "each takes", "in use", "mean wait", "by"},
                  {false, true, true, true, true, false}};
  for (const TextbookStage& stage : book.stages) {
    const std::string servers = rounded(stage.servers), takes = duration_text(stage.queue.service.mean);
    table.rows.push_back({stage.stage, servers, takes, percent(stage.answer.utilisation),
                          wait_text(stage.answer.mean_wait.value), method_text(stage.answer.mean_wait)});
    if (stage.finite)
      table.rows.push_back({stage.stage, servers, takes, percent(stage.finite->utilisation),
                            wait_text(stage.finite->mean_wait), "the same clients come back (M/M/m//N), exact"});
  }
  return table;
}

std::string textbook_sentence(const WaitingAnswer& a) {
  const Textbook& book = a.textbook;
  const std::string load = rounded(book.rate) + " requests a second";
  const std::string alone =
      " Each stage is asked as if the other had no limit; a thread is held while its request waits for a core.";
  if (book.steady)
    return "The load is steady, " + load + ": the textbook's mean waits beside the simulated " +
           duration_text(a.day.mean_wait.value) +
           " of threads and cores together. Exact is meant for requests that come independently of each other" +
           (book.stages[0].finite ? "; that the same clients come back is closer to the truth." : ".") + alone;
  return "As if the busiest step, " + duration_text(a.run.step) + " from " + time_of_day(book.from) + " with " + load +
         ", lasted for ever." + alone;
}

TextTable serving_table(const Serving& serving) {
  TextTable table{{"what serves", "", "from", "kind"}, {false, true, false, false}};
  for (const RoutineFact& fact : serving.facts)
    table.rows.push_back({fact.key, fact.text, fact.from, std::string(name(fact.kind))});
  return table;
}

std::string days_text(const WaitingAnswer& a) {
  const std::string complete = rounded(static_cast<double>(a.day.replications));
  if (a.day.replications == a.run.replications) return complete + " independent days";
  return complete + " of " + rounded(static_cast<double>(a.run.replications)) +
         " independent days, since it was ended early,";
}

// What decides the waits and nobody stated: "request_time (10 ms, published)".
std::string unstated(const Serving& serving) {
  std::vector<std::string> all;
  for (const std::string_view key : {"requests", "request_time", "core_share"})
    for (const RoutineAt& at : serving.routines)
      for (const RoutineFact& fact : at.facts) {
        const std::string text = fact.key + " (" + fact.text + ", " + std::string(name(fact.kind)) + ")";
        if (fact.key == key && fact.from.starts_with("default") && std::find(all.begin(), all.end(), text) == all.end())
          all.push_back(text);
      }
  return listed(all);
}

Document document_of(const WaitingAnswer& a, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{a.answer});
  if (const std::string defaults = unstated(a.serving); !defaults.empty())
    doc.push_back(Paragraph{"It rests on defaults that nobody stated: " + defaults + ". Measure yours."});
  doc.push_back(Paragraph{stamp_line(stamp, a.serving.opsi)});
  if (!a.serving.title.empty()) doc.push_back(Heading{1, a.serving.title});
  doc.push_back(Heading{2, printable(a.serving.server)});
  doc.push_back(Heading{3, "Waiting"});
  doc.push_back(times_table(a.day));
  doc.push_back(counts_table(a.day));
  if (a.day.timed_out.value > 0)
    doc.push_back(
        Paragraph{"A request that was answered too late counts in the wait until its client gave up, and not "
                  "in the time until the answer."});
  doc.push_back(use_table(a));
  doc.push_back(Heading{3, "Over the day"});
  doc.push_back(charts_of(a));
  if (!a.textbook.stages.empty()) {
    doc.push_back(Heading{3, "Beside the textbook"});
    doc.push_back(Paragraph{textbook_sentence(a)});
    doc.push_back(textbook_table(a.textbook));
  }
  doc.push_back(Heading{3, "What serves"});
  doc.push_back(serving_table(a.serving));
  doc.push_back(Heading{3, "Where the values are from"});
  doc.push_back(facts_table(a.serving.routines));
  doc.push_back(
      Paragraph{"Means of " + days_text(a) + " and the half-widths of their 95 % confidence intervals; seed " +
                std::to_string(a.run.seed) +
                ". Waiting is for a thread, a database connection or a core; use is on average from the first "
                "arrival to the last answer. Each client sends its requests one after the other."});
  return doc;
}

Table table_of(const WaitingAnswer& a) {
  Table table{{"server", "time", "from_s", "arrivals", "requests", "busy_threads", "waiting", "mean_wait_s",
               "p50_wait_s", "p95_wait_s", "largest_wait_s"},
              {}};
  for (const DayStep& step : a.day.steps)
    table.rows.push_back({a.serving.server, time_of_day(step.from), step.from, step.arrivals, step.requests, step.busy,
                          step.waiting, step.mean_wait, step.p50_wait, step.p95_wait, step.largest_wait});
  return table;
}

Json json_of(const Estimate& e) {
  return {{"value", number(e.value)},
          {"half_width", std::isfinite(e.half_width) ? number(e.half_width) : Json(nullptr)}};
}

Json json_of(const Utilisation& use) { return {{"mean", json_of(use.mean)}, {"busiest", number(use.busiest)}}; }

Json times_json(const Estimate& mean, const Estimate& p50, const Estimate& p90, const Estimate& p95,
                const Estimate& p99, const Estimate& largest) {
  return {{"mean", json_of(mean)}, {"p50", json_of(p50)}, {"p90", json_of(p90)},
          {"p95", json_of(p95)},   {"p99", json_of(p99)}, {"largest", json_of(largest)}};
}

Json day_json(const Day& day) {
  Json json;
  json["wait"] = times_json(day.mean_wait, day.p50, day.p90, day.p95, day.p99, day.largest);
  json["response"] = times_json(day.mean_response, day.p50_response, day.p90_response, day.p95_response,
                                day.p99_response, day.largest_response);
  const std::pair<const char*, const Estimate&> figures[] = {{"requests", day.requests},
                                                             {"sessions", day.sessions},
                                                             {"share_that_waited", day.waited},
                                                             {"most_waiting", day.most_waiting},
                                                             {"most_waiting_at", day.most_waiting_at},
                                                             {"first_wait", day.first_wait},
                                                             {"last_wait", day.last_wait},
                                                             {"storm", day.storm},
                                                             {"last_answer", day.last_answer},
                                                             {"refused", day.refused},
                                                             {"timed_out", day.timed_out},
                                                             {"gave_up", day.gave_up}};
  for (const auto& [key, estimate] : figures) json[key] = json_of(estimate);
  json["utilisation"] = {{"threads", json_of(day.threads)}, {"cores", json_of(day.cores)}, {"pool", json_of(day.pool)}};
  json["replications"] = day.replications;
  return json;
}

Json steps_json(const Day& day) {
  Json json = Json::object();
  const std::pair<const char*, double DayStep::*> columns[] = {
      {"from", &DayStep::from},         {"arrivals", &DayStep::arrivals}, {"requests", &DayStep::requests},
      {"busy_threads", &DayStep::busy}, {"waiting", &DayStep::waiting},   {"mean_wait", &DayStep::mean_wait},
      {"p50_wait", &DayStep::p50_wait}, {"p95_wait", &DayStep::p95_wait}, {"largest_wait", &DayStep::largest_wait}};
  for (const auto& [key, member] : columns) {
    Json values = Json::array();
    for (const DayStep& step : day.steps) values.push_back(number(step.*member));
    json[key] = std::move(values);
  }
  return json;
}

Json json_of(const TextbookValue& value) {
  Json json = {{"value", std::isfinite(value.value) ? number(value.value) : Json(nullptr)},
               {"by", std::string(value.name)},
               {"source", std::string(value.source)},
               {"exact", value.exact}};
  if (!value.exact)
    json["error"] = {
        {"mean", value.error.mean}, {"largest", value.error.largest}, {"measured", std::string(value.error.measured)}};
  return json;
}

Json json_of(const Textbook& book) {
  Json json = {{"steady", book.steady}, {"from", number(book.from)}, {"rate", number(book.rate)}};
  json["stages"] = Json::array();
  for (const TextbookStage& stage : book.stages) {
    Json one = {{"stage", stage.stage},
                {"servers", number(stage.servers)},
                {"service_time", number(stage.queue.service.mean)},
                {"service", sizing::name(stage.queue.service)},
                {"utilisation", number(stage.answer.utilisation)},
                {"mean_wait", json_of(stage.answer.mean_wait)}};
    one["finite_population"] = stage.finite ? Json{{"mean_wait", number(stage.finite->mean_wait)},
                                                   {"utilisation", number(stage.finite->utilisation)},
                                                   {"throughput", number(stage.finite->throughput)}}
                                            : Json(nullptr);
    json["stages"].push_back(std::move(one));
  }
  return json;
}

std::string json_text(const WaitingAnswer& a, const Stamp& stamp) {
  Json json = stamped(stamp, a.serving.opsi);
  json["site"] = or_null(a.serving.title);
  json["answer"] = a.answer;
  json["server"] = a.serving.server;
  json["seed"] = a.run.seed;
  json["step"] = number(a.run.step);
  json["service_level"] = a.level ? Json{{"text", a.level->text}, {"kept", a.kept}} : Json(nullptr);
  json["serving"] = Json::object();
  for (const RoutineFact& fact : a.serving.facts)
    json["serving"][replace_all(fact.key, " ", "_")] = {
        {"value", fact.text}, {"from", fact.from}, {"kind", name(fact.kind)}};
  json["day"] = day_json(a.day);
  json["textbook"] = json_of(a.textbook);
  json["steps"] = steps_json(a.day);
  return dumped(json);
}

}  // namespace

Report report(const WaitingAnswer& answer, const Stamp& stamp) {
  return {[&answer, stamp] { return document_of(answer, stamp); }, [&answer] { return to_csv(table_of(answer)); },
          [&answer, stamp] { return json_text(answer, stamp); }};
}

}  // namespace sizing
