// Capacity, comparison and sweep as reports.
#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/chart.h"
#include "libsizing/report/json.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

Document document_of(const CapacityAnswer& a, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{a.answer});
  doc.push_back(Paragraph{stamp_line(stamp, a.opsi)});
  doc.push_back(Heading{3, "Hardware at this size"});
  TextTable table{{"hardware", "there", "needed", "free", a.input.name + " carried by it alone"},
                  {false, true, true, true, true},
                  {},
                  "",
                  {}};
  for (std::size_t i = 0; i < a.offers.size(); ++i) {
    const Fit& fit = a.offers[i];
    table.rows.push_back({fit.resource, with_unit(rounded(fit.offered), fit.unit),
                          with_unit(rounded(fit.needed), fit.unit),
                          with_unit(rounded(fit.offered - fit.needed), fit.unit),
                          a.each[i] < 0               ? "none"
                          : a.each[i] >= a.input.high ? "no limit"
                                                      : rounded(a.each[i])});
  }
  doc.push_back(std::move(table));
  if (!a.held.empty()) doc.push_back(Paragraph{"Held as stated: " + join(a.held, ", ") + "."});
  return doc;
}

Table table_of(const CapacityAnswer& a) {
  Table table{{"server", "input", "unit", "most", "resource", "offered", "needed_at_most", "resource_unit",
               "carried_alone", "runs_out_first"},
              {}};
  for (std::size_t i = 0; i < a.offers.size(); ++i) {
    const Fit& fit = a.offers[i];
    const bool first = std::find(a.first.begin(), a.first.end(), fit.resource) != a.first.end();
    table.rows.push_back({a.server, a.input.name, cell(name(a.input.unit)),
                          a.capacity.carries_any ? Cell{a.capacity.most} : Cell{}, fit.resource, fit.offered,
                          fit.needed, name(fit.unit), a.each[i] < 0 ? Cell{} : Cell{a.each[i]}, first ? "yes" : "no"});
  }
  return table;
}

std::string percent_text(const Change& c) {
  if (!c.from || !c.to || *c.from == 0 || *c.from == *c.to) return "";
  const double share = (*c.to / *c.from - 1) * 100;
  return (share > 0 ? "+" : "−") + rounded(std::round(std::abs(share) * 10) / 10) + " %";
}

std::string difference_text(const Change& c) {
  if (!c.from || !c.to || *c.from == *c.to) return "";
  const double difference = *c.to - *c.from;
  return (difference > 0 ? "+" : "−") + with_unit(rounded(std::abs(difference)), parse_unit(c.unit));
}

std::string decided_text(const Change& c) {
  if (c.from_decided_by == c.to_decided_by) return c.to_decided_by;
  if (c.to_decided_by.empty()) return "before: " + c.from_decided_by;
  return c.to_decided_by + (c.from_decided_by.empty() ? "" : " (before: " + c.from_decided_by + ")");
}

Document document_of(const Comparison& comparison, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{comparison.answer});
  doc.push_back(Paragraph{"From " + comparison.from + " (opsi " + comparison.from_opsi + ") to " + comparison.to +
                          " (opsi " + comparison.to_opsi + "). " + stamp_line(stamp, "")});
  for (const ServerComparison& server : comparison.servers) {
    doc.push_back(Heading{2, server.server});
    if (!server.in_from || !server.in_to) {
      doc.push_back(Paragraph{"Only in " + (server.in_from ? comparison.from : comparison.to) + "."});
      continue;
    }
    if (server.changes.empty()) doc.push_back(Paragraph{"Nothing changes."});
    TextTable table{{"quantity", "from", "to", "change", "", "decided by"}, {false, true, true, true, true, false}};
    for (const Change& c : server.changes)
      table.rows.push_back({c.name, c.from_text, c.to_text, difference_text(c), percent_text(c), decided_text(c)});
    if (!table.rows.empty()) doc.push_back(std::move(table));
    Items items;
    for (const Remark& r : server.new_remarks) items.items.push_back({"new", r.text + " [" + r.code + "]"});
    for (const Remark& r : server.gone_remarks) items.items.push_back({"gone", r.text + " [" + r.code + "]"});
    if (!items.items.empty()) doc.push_back(Heading{3, "Remarks"}), doc.push_back(std::move(items));
  }
  return doc;
}

Table table_of(const Comparison& comparison) {
  Table table{{"server", "quantity", "unit", "from", "to", "change", "from_decided_by", "to_decided_by"}, {}};
  const auto number = [](const std::optional<double>& x) { return x ? Cell{*x} : Cell{}; };
  for (const ServerComparison& server : comparison.servers) {
    if (!server.in_from || !server.in_to)
      table.rows.push_back({server.server, server.in_from ? "only in from" : "only in to", {}, {}, {}, {}, {}, {}});
    for (const Change& c : server.changes)
      table.rows.push_back({server.server, c.name, cell(c.unit), number(c.from), number(c.to),
                            c.from && c.to ? Cell{*c.to - *c.from} : Cell{}, cell(c.from_decided_by),
                            cell(c.to_decided_by)});
  }
  return table;
}

// Column names are plain for machines; people see the units with them.
Table table_of(const SweepAnswer& a, bool with_units) {
  const auto column = [&](const std::string& name, const std::string& unit) {
    return unit.empty() || !with_units ? name : name + " [" + unit + "]";
  };
  Table table;
  for (std::size_t i = 0; i < a.axes.size(); ++i) table.columns.push_back(column(a.axes[i].name, a.axis_units[i]));
  for (std::size_t o = 0; o < a.outputs.size(); ++o) {
    table.columns.push_back(column(a.outputs[o], a.output_units[o]));
    if (a.decided[o]) table.columns.push_back(a.outputs[o] + ".decided_by");
  }
  for (const SweepRow& row : a.rows) {
    auto& cells = table.rows.emplace_back();
    for (const double x : row.varied) cells.emplace_back(x);
    for (std::size_t o = 0; o < a.outputs.size(); ++o) {
      cells.emplace_back(row.values[o]);
      if (a.decided[o]) cells.push_back(cell(row.decided_by[o]));
    }
  }
  return table;
}

std::string charts_of(const SweepAnswer& a) {
  std::string text;
  std::vector<double> x, y(a.rows.size());
  for (const SweepRow& row : a.rows) x.push_back(row.varied[0]);
  for (std::size_t o = 0; o < a.outputs.size(); ++o) {
    for (std::size_t r = 0; r < a.rows.size(); ++r) y[r] = a.rows[r].values[o];
    text += "\n" + chart(a.outputs[o] + " [" + a.output_units[o] + "]", a.axes[0].name, x, y, 80);
  }
  return text;
}

Document document_of(const SweepAnswer& a, bool charts, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{std::to_string(a.rows.size()) + " rows for " + a.server + ". " + stamp_line(stamp, a.opsi)});
  if (charts)
    doc.push_back(Verbatim{charts_of(a)});
  else
    doc.push_back(Verbatim{"\n"}), doc.push_back(to_text_table(table_of(a, true)));
  if (!a.changes.empty()) {
    Items items;
    for (const std::string& change : a.changes) items.items.push_back({"", change});
    doc.push_back(Heading{3, "What decides"});
    doc.push_back(std::move(items));
  }
  return doc;
}

}  // namespace

Report report(const CapacityAnswer& answer, const Stamp& stamp) {
  return {[&answer, stamp] { return document_of(answer, stamp); }, [&answer] { return table_of(answer); },
          [&answer, stamp] { return to_json(answer, stamp); }};
}

Report report(const Comparison& comparison, const Stamp& stamp) {
  return {[&comparison, stamp] { return document_of(comparison, stamp); },
          [&comparison] { return table_of(comparison); }, [&comparison, stamp] { return to_json(comparison, stamp); }};
}

Report report(const SweepAnswer& answer, bool charts, const Stamp& stamp) {
  return {[&answer, charts, stamp] { return document_of(answer, charts, stamp); },
          [&answer] { return table_of(answer, false); }, [&answer, stamp] { return to_json(answer, stamp); }};
}

}  // namespace sizing
