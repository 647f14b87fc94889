// Capacity, comparison and sweep as reports.
#include <algorithm>
#include <cmath>

#include "libsizing/base/csv.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
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
                          a.capacity.each[i] < 0               ? "none"
                          : a.capacity.each[i] >= a.input.high ? "no limit"
                                                               : rounded(a.capacity.each[i])});
  }
  doc.push_back(std::move(table));
  if (!a.scaled.empty())
    doc.push_back(Paragraph{"Growing with " + a.input.name + ", from: " + join(a.scaled, ", ") + "."});
  if (!a.held.empty()) doc.push_back(Paragraph{"Held as stated: " + join(a.held, ", ") + "."});
  if (!a.remarks.empty()) {
    doc.push_back(Heading{3, "Remarks at this size"});
    doc.push_back(remark_items(a.remarks));
  }
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
                          fit.needed, name(fit.unit), a.capacity.each[i] < 0 ? Cell{} : Cell{a.capacity.each[i]},
                          first ? "yes" : "no"});
  }
  return table;
}

std::string percent_text(const Change& c) {
  if (!c.amount || !c.from || !c.to || *c.from == 0 || *c.from == *c.to) return "";
  const double share = (*c.to / *c.from - 1) * 100;
  return (share > 0 ? "+" : "-") + rounded(std::abs(share)) + " %";
}

std::string difference_text(const Change& c) {
  if (!c.amount || !c.from || !c.to || *c.from == *c.to) return "";
  const double difference = *c.to - *c.from;
  return (difference > 0 ? "+" : "-") + with_unit(rounded(std::abs(difference)), parse_unit(c.unit));
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

// By column: a varied value, an output, what decides an output. `with_units` in the titles for people.
struct SweepColumn {
  std::string title;
  const std::vector<double>* numbers = nullptr;
  const Deciders* deciders = nullptr;
};

std::vector<SweepColumn> columns_of(const SweepAnswer& a, bool with_units) {
  std::vector<SweepColumn> columns;
  const auto title = [&](const std::string& name, const std::string& unit) {
    return unit.empty() || !with_units ? name : name + " [" + unit + "]";
  };
  for (std::size_t i = 0; i < a.axes.size(); ++i)
    columns.push_back({title(a.axes[i].name, a.axis_units[i]), &a.sweep.varied[i]});
  for (std::size_t o = 0; o < a.outputs.size(); ++o) {
    columns.push_back({title(a.outputs[o], a.output_units[o]), &a.sweep.values[o]});
    if (!a.sweep.deciders[o].of_row.empty())
      columns.push_back({a.outputs[o] + ".decided_by", nullptr, &a.sweep.deciders[o]});
  }
  return columns;
}

// Row by row: a sweep may have a million of them.
std::string csv_of(const SweepAnswer& a) {
  std::string out;
  const auto columns = columns_of(a, false);
  for (std::size_t c = 0; c < columns.size(); ++c) out += (c > 0 ? "," : "") + csv_field(columns[c].title);
  out += '\n';
  for (std::size_t r = 0; r < a.sweep.rows; ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) out += ',';
      out += columns[c].numbers ? exact((*columns[c].numbers)[r]) : csv_field(columns[c].deciders->at(r));
    }
    out += '\n';
  }
  return out;
}

TextTable text_table_of(const SweepAnswer& a) {
  TextTable table;
  const auto columns = columns_of(a, true);
  for (const SweepColumn& column : columns) {
    table.header.push_back(column.title);
    table.right.push_back(column.numbers != nullptr);
  }
  for (std::size_t r = 0; r < a.sweep.rows; ++r) {
    auto& cells = table.rows.emplace_back();
    for (const SweepColumn& column : columns)
      cells.push_back(column.numbers ? rounded((*column.numbers)[r]) : column.deciders->at(r));
  }
  return table;
}

Charts charts_of(const SweepAnswer& a) {
  Charts charts;
  for (std::size_t o = 0; o < a.outputs.size(); ++o)
    charts.curves.push_back(
        {a.outputs[o] + " [" + a.output_units[o] + "]", a.axes[0].name, a.sweep.varied[0], a.sweep.values[o]});
  return charts;
}

Document document_of(const SweepAnswer& a, bool charts, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{std::to_string(a.sweep.rows) + " rows for " + a.server + ". " + stamp_line(stamp, a.opsi)});
  if (charts)
    doc.push_back(charts_of(a));
  else
    doc.push_back(text_table_of(a));
  if (!a.changes.empty()) {
    Items items;
    for (const std::string& change : a.changes) items.items.push_back({"", change});
    doc.push_back(Heading{3, "What decides"});
    doc.push_back(std::move(items));
  }
  if (!a.assumed.empty()) doc.push_back(Paragraph{"In every row " + join(a.assumed, "; ") + "."});
  return doc;
}

}  // namespace

Report report(const CapacityAnswer& answer, const Stamp& stamp) {
  return {[&answer, stamp] { return document_of(answer, stamp); }, [&answer] { return to_csv(table_of(answer)); },
          [&answer, stamp] { return to_json(answer, stamp); }};
}

Report report(const Comparison& comparison, const Stamp& stamp) {
  return {[&comparison, stamp] { return document_of(comparison, stamp); },
          [&comparison] { return to_csv(table_of(comparison)); },
          [&comparison, stamp] { return to_json(comparison, stamp); }};
}

Report report(const SweepAnswer& answer, bool charts, const Stamp& stamp) {
  return {[&answer, charts, stamp] { return document_of(answer, charts, stamp); }, [&answer] { return csv_of(answer); },
          [&answer, stamp] { return to_json(answer, stamp); }};
}

}  // namespace sizing
