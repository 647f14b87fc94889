// The load of a day for people, as a table and as JSON.
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/json_parts.inc"
#include "libsizing/report/routine_items.h"

namespace sizing {
namespace {

TextTable peaks_table(const ServerLoad& load) {
  TextTable table{{"input", "plan for", "mean", "busiest at", "stated instead"}, {false, true, true, true, false}};
  for (std::size_t i = 0; i < load.peaks.size(); ++i) {
    const RoutinePeak& peak = load.peaks[i];
    table.rows.push_back({peak.input, rounded(peak.most), rounded(peak.mean), time_of_day(peak.time), load.planned[i]});
  }
  return table;
}

TextTable routines_table(const ServerLoad& load) {
  TextTable table{{"routine", "clients", "start", "window", "shape", "session", "alone at most", "mean", "busiest at"},
                  {false, true, true, true, false, true, true, true, true}};
  for (std::size_t i = 0; i < load.routines.size(); ++i) {
    const RoutineAt& at = load.routines[i];
    const RoutinePeak& peak = load.alone[i];
    table.rows.push_back({printable(at.routine.name), rounded(at.clients), time_of_day(at.routine.start),
                          duration_text(at.routine.window), shape_text(at), duration_text(at.session.mean),
                          rounded(peak.most), rounded(peak.mean), time_of_day(peak.time)});
  }
  return table;
}

TextTable transfers_table(const ServerLoad& load) {
  TextTable table{
      {"routine", "clients", "each", "line", "at once", "waiting", "done at", "takes", "at most", "longest wait"},
      {false, true, true, true, true, true, true, true, true, true}};
  for (const RoutineAt& at : load.routines)
    if (at.transfer)
      table.rows.push_back({printable(at.routine.name), rounded(at.fetching()), at.fact("transfer"), at.fact("line"),
                            rounded(at.transfer->most_at_once), rounded(at.transfer->most_waiting),
                            time_of_day(at.transfer->end), duration_text(at.transfer->mean_time),
                            duration_text(at.transfer->longest_time), duration_text(at.transfer->longest_wait)});
  return table;
}

Charts charts_of(const ServerLoad& load) {
  Charts charts;
  for (std::size_t i = 0; i < load.peaks.size(); ++i)
    if (load.peaks[i].mean > 0)
      charts.curves.push_back({load.peaks[i].input + ", mean", "", load.close_ups[i].times, load.close_ups[i].mean});
  return charts;
}

void add_server(Document& doc, const ServerLoad& load) {
  doc.push_back(Heading{2, load.server});
  if (load.routines.empty()) {
    doc.push_back(Paragraph{load.answer});
    return;
  }
  doc.push_back(Heading{3, "Peaks"});
  doc.push_back(peaks_table(load));
  doc.push_back(Heading{3, "Routines"});
  doc.push_back(routines_table(load));
  if (TextTable transfers = transfers_table(load); !transfers.rows.empty()) {
    doc.push_back(Heading{3, "Transfers"});
    doc.push_back(std::move(transfers));
  }
  doc.push_back(Heading{3, "Over the day"});
  if (Charts charts = charts_of(load); charts.curves.empty())
    doc.push_back(Paragraph{"Nobody comes."});
  else
    doc.push_back(std::move(charts));
  doc.push_back(Heading{3, "Where the values are from"});
  doc.push_back(facts_table(load.routines));
}

Document document_of(const LoadAnswer& answer, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{answer.answer});
  doc.push_back(Paragraph{stamp_line(stamp, answer.opsi)});
  if (!answer.title.empty()) doc.push_back(Heading{1, answer.title});
  for (const ServerLoad& load : answer.servers) add_server(doc, load);
  doc.push_back(Paragraph{
      "Nobody waits in this: the number at a time is Poisson with the mean m(t), and a plan takes its quantile "
      "[load.quantile], never more than all who take part. Transfers: the course at the expected times of coming."});
  return doc;
}

struct Rows {
  Table table{{"server", "section", "name", "what", "time", "value", "unit", "from"}, {}};
  std::string server;

  void add(const char* section, const std::string& of, const char* what, Cell time, Cell value, const char* unit,
           const std::string& from = "") {
    table.rows.push_back({server, section, of, what, std::move(time), std::move(value), cell(unit), cell(from)});
  }
};

void add_transfer(Rows& rows, const std::string& routine, const TransferAnswer& t) {
  const auto add = [&](const char* what, double value, const char* unit) {
    rows.add("transfer", routine, what, {}, value, unit);
  };
  add("most_at_once", t.most_at_once, "client");
  add("most_waiting", t.most_waiting, "client");
  rows.add("transfer", routine, "end", time_of_day(t.end), t.end, "s");
  add("mean_time", t.mean_time, "s");
  add("longest_time", t.longest_time, "s");
  add("mean_wait", t.mean_wait, "s");
  add("longest_wait", t.longest_wait, "s");
}

Table table_of(const LoadAnswer& answer) {
  Rows rows;
  for (const ServerLoad& load : answer.servers) {
    rows.server = load.server;
    for (const RoutineAt& at : load.routines) {
      for (const RoutineFact& fact : at.facts)
        rows.add("routine", at.routine.name, fact.key.c_str(), {}, fact.text, "",
                 fact.from + "; " + std::string(name(fact.kind)));
      if (at.transfer) add_transfer(rows, at.routine.name, *at.transfer);
    }
    for (const RoutinePeak& peak : load.peaks) {
      rows.add("peak", peak.input, "mean", time_of_day(peak.time), peak.mean, "", peak.text);
      rows.add("peak", peak.input, "most", time_of_day(peak.time), peak.most, "", peak.text);
    }
    for (const DayCourse& course : load.courses)
      for (std::size_t i = 0; i < answer.times.size(); ++i) {
        rows.add("course", course.input, "mean", time_of_day(answer.times[i]), course.mean[i], "");
        rows.add("course", course.input, "most", time_of_day(answer.times[i]), course.most[i], "");
      }
  }
  return rows.table;
}

Json json_of(const TransferAnswer& t) {
  return {{"most_at_once", number(t.most_at_once)},
          {"most_waiting", number(t.most_waiting)},
          {"end", number(t.end)},
          {"end_time", time_of_day(t.end)},
          {"shortest_time", number(t.shortest_time)},
          {"mean_time", number(t.mean_time)},
          {"longest_time", number(t.longest_time)},
          {"mean_wait", number(t.mean_wait)},
          {"longest_wait", number(t.longest_wait)}};
}

Json routine_json(const RoutineAt& at, const RoutinePeak& alone) {
  Json json = {{"name", at.routine.name}, {"clients", number(at.clients)}};
  json["values"] = Json::object();
  for (const RoutineFact& fact : at.facts)
    json["values"][fact.key] = {{"value", fact.text}, {"from", fact.from}, {"kind", name(fact.kind)}};
  json["alone"] = json_of(alone);
  json["transfer"] = at.transfer ? json_of(*at.transfer) : Json(nullptr);
  return json;
}

Json numbers(const std::vector<double>& values) {
  Json json = Json::array();
  for (const double value : values) json.push_back(number(value));
  return json;
}

Json json_of(const ServerLoad& load) {
  Json json = {{"name", load.server}, {"answer", load.answer}};
  json["peaks"] = Json::object();
  for (std::size_t i = 0; i < load.peaks.size(); ++i) {
    Json& peak = json["peaks"][load.peaks[i].input] = json_of(load.peaks[i]);
    peak["stated_instead"] = or_null(load.planned[i]);
  }
  json["routines"] = Json::array();
  for (std::size_t i = 0; i < load.routines.size(); ++i)
    json["routines"].push_back(routine_json(load.routines[i], load.alone[i]));
  json["course"] = Json::object();
  for (const DayCourse& course : load.courses)
    json["course"][course.input] = {{"mean", numbers(course.mean)}, {"most", numbers(course.most)}};
  return json;
}

std::string json_text(const LoadAnswer& answer, const Stamp& stamp) {
  Json json = stamped(stamp, answer.opsi);
  json["site"] = or_null(answer.title);
  json["answer"] = answer.answer;
  json["times"] = numbers(answer.times);
  json["servers"] = Json::array();
  for (const ServerLoad& load : answer.servers) json["servers"].push_back(json_of(load));
  return dumped(json);
}

}  // namespace

Report report(const LoadAnswer& answer, const Stamp& stamp) {
  return {[&answer, stamp] { return document_of(answer, stamp); }, [&answer] { return to_csv(table_of(answer)); },
          [&answer, stamp] { return json_text(answer, stamp); }};
}

}  // namespace sizing
