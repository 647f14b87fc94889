#include "libsizing/report/observation.h"

#include <algorithm>

#include "libsizing/base/csv.h"
#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/report/spread.h"

namespace sizing {
namespace {

struct Row {
  const Observation& observation;
  const TimedSample& at;
  const ServiceSample& service;
};

struct Column {
  const char* name;
  const char* meaning;
  Cell (*value)(const Row&);
};

Cell number(const std::optional<double>& value) { return value ? Cell{*value} : Cell{}; }

// Every column of the series: its name with the unit, what it says, where it is from.
const Column columns[] = {
    {"time_s", "after the start", [](const Row& r) { return Cell{r.at.time}; }},
    {"service", "by the name of the table of services",
     [](const Row& r) { return Cell{std::string(r.service.service->name)}; }},
    {"state", "the word given with --state", [](const Row& r) { return cell(r.observation.request.state); }},
    {"processes", "of the service", [](const Row& r) { return Cell{r.service.processes}; }},
    {"unread_processes", "those whose PSS there was no right to read",
     [](const Row& r) { return Cell{r.service.unread}; }},
    {"workers", "worker processes of opsiconfd", [](const Row& r) { return number(r.service.workers); }},
    {"connections", "established at the ports and socket files that the service listens on, its end only",
     [](const Row& r) { return number(r.service.connections); }},
    {"pss_kib", "proportional set size: a page shared by n processes counts 1/n for each; may be added up",
     [](const Row& r) { return number(r.service.memory.pss); }},
    {"uss_kib", "unique set size: private clean and dirty pages",
     [](const Row& r) { return number(r.service.memory.uss); }},
    {"rss_kib", "resident set size, added up over the processes: shared pages count for each of them",
     [](const Row& r) { return number(r.service.memory.rss); }},
    {"swap_kib", "of the service's memory in swap, proportional where the kernel says so",
     [](const Row& r) { return number(r.service.memory.swap); }},
    {"pagetables_kib", "the kernel's page tables for the service's processes (VmPTE); not in PSS",
     [](const Row& r) { return number(r.service.memory.page_tables); }},
    {"workers_pss_kib", "PSS of the workers alone", [](const Row& r) { return number(r.service.workers_pss); }},
    {"descriptors", "open files and sockets", [](const Row& r) { return number(r.service.descriptors); }},
    {"mem_available_kib", "whole machine, MemAvailable",
     [](const Row& r) { return number(r.at.sample.system.available); }},
    {"slab_kib", "whole machine, the kernel's own objects, sockets among them (Slab)",
     [](const Row& r) { return number(r.at.sample.system.slab); }},
    {"slab_unreclaimable_kib", "whole machine, of them those that cannot be given back (SUnreclaim)",
     [](const Row& r) { return number(r.at.sample.system.slab_unreclaimable); }},
    {"kernel_stack_kib", "whole machine, stacks of all threads in the kernel (KernelStack)",
     [](const Row& r) { return number(r.at.sample.system.kernel_stack); }},
    {"system_pagetables_kib", "whole machine, page tables of all processes (PageTables)",
     [](const Row& r) { return number(r.at.sample.system.page_tables); }},
    {"swap_used_kib", "whole machine, SwapTotal less SwapFree",
     [](const Row& r) { return number(r.at.sample.system.swap_used); }},
};

template <class Visit>
void each_row(const Observation& observation, Visit visit) {
  for (const TimedSample& at : observation.samples)
    for (const ServiceSample& service : at.sample.services) visit(Row{observation, at, service});
}

Table empty_series() {
  Table table;
  for (const Column& column : columns) table.columns.emplace_back(column.name);
  return table;
}

std::vector<Cell> cells_of(const Row& row) {
  std::vector<Cell> cells;
  for (const Column& column : columns) cells.push_back(column.value(row));
  return cells;
}

Table series(const Observation& observation) {
  Table table = empty_series();
  each_row(observation, [&](const Row& row) { table.rows.push_back(cells_of(row)); });
  return table;
}

std::string or_unknown(const std::string& text) { return text.empty() ? "not known" : printable(text); }

std::string versions_text(const Machine& machine) {
  std::vector<std::string> parts;
  for (const auto& [service, version] : machine.versions) parts.push_back(service + ": " + printable(version));
  return parts.empty() ? "no package of a service known" : join(parts, ", ");
}

// What a series must say about itself, one line each.
std::vector<std::string> head_lines(const Observation& o, const Stamp& stamp) {
  const auto& first = o.samples.front().sample.system;
  std::vector<std::string> lines = {
      "opsi-sizing " + std::string(version()) + ": what the processes of services use",
      "command: " + stamp.command,
      "host: " + or_unknown(o.machine.host),
      "kernel: " + or_unknown(o.machine.kernel),
      "distribution: " + or_unknown(o.machine.distribution),
      "memory: " + (first.total ? exact(*first.total) + " KiB" : "not known"),
      "packages: " + versions_text(o.machine),
      "start: " + or_unknown(o.start),
      "interval: " + exact(o.request.interval) + " s",
      "units: _s seconds, _kib KiB (1024 bytes), all else counts; an empty cell is not known",
  };
  for (const std::string& text : o.unread) lines.push_back("not seen: " + printable(text));
  for (const Column& column : columns) lines.push_back(std::string(column.name) + ": " + column.meaning);
  return lines;
}

// The values of a measure of each service, in the order of the services; samples without it are left out.
using Values = std::vector<std::pair<std::string, std::vector<double>>>;

Values values_of(const Observation& observation, const char* column) {
  const auto at = std::find_if(std::begin(columns), std::end(columns),
                               [&](const Column& c) { return column == std::string(c.name); });
  Values values;
  for (const Service* service : observation.request.wanted.services) values.push_back({std::string(service->name), {}});
  each_row(observation, [&](const Row& row) {
    const Cell found = at->value(row);
    for (auto& [name, numbers] : values)
      if (const auto* value = std::get_if<double>(&found); value && name == row.service.service->name)
        numbers.push_back(*value);
  });
  return values;
}

constexpr double kib_per_mib = 1024;

struct Measure {
  const char* column;
  const char* title;
  double divide;
};
constexpr Measure measures[] = {{"processes", "processes", 1},
                                {"workers", "workers", 1},
                                {"connections", "connections", 1},
                                {"pss_kib", "PSS [MiB]", kib_per_mib},
                                {"uss_kib", "USS [MiB]", kib_per_mib},
                                {"workers_pss_kib", "PSS of workers [MiB]", kib_per_mib},
                                {"pagetables_kib", "page tables [MiB]", kib_per_mib},
                                {"descriptors", "open files", 1}};

Table summary(const Observation& observation) {
  Table table{{"service", "measure", "samples", "least", "median", "most"}, {}};
  for (const Service* service : observation.request.wanted.services)
    for (const Measure& measure : measures)
      for (const auto& [name, values] : values_of(observation, measure.column)) {
        if (name != service->name || values.empty()) continue;
        const Spread spread = spread_of(values);
        table.rows.push_back({name, std::string(measure.title), static_cast<double>(values.size()),
                              spread.least / measure.divide, spread.median / measure.divide,
                              spread.most / measure.divide});
      }
  return table;
}

std::string range_text(const std::vector<double>& values, double divide) {
  const Spread spread = spread_of(values);
  const std::string from = rounded(spread.least / divide), to = rounded(spread.most / divide);
  return from == to ? from : from + " to " + to;
}

std::string connections_text(const std::vector<double>& values) {
  if (values.empty()) return "";
  const std::string range = range_text(values, 1);
  return " at " + range + (range == "1" ? " connection" : " connections");
}

// What each service used: "samba 23.1 to 61 MiB at 0 to 40 connections, …".
std::string services_text(const Observation& o) {
  std::vector<std::string> parts;
  const Values pss = values_of(o, "pss_kib"), connections = values_of(o, "connections"),
               processes = values_of(o, "processes");
  for (std::size_t s = 0; s < processes.size(); ++s) {
    if (processes[s].second.empty()) continue;
    const std::string memory =
        pss[s].second.empty() ? "with unknown memory" : range_text(pss[s].second, kib_per_mib) + " MiB";
    parts.push_back(processes[s].first + " " + memory + connections_text(connections[s].second));
  }
  return join(parts, ", ");
}

std::vector<Item> remarks_of(const Observation& o) {
  std::vector<Item> items;
  for (const std::string& text : o.unread) items.push_back({"", "not seen: " + printable(text)});
  if (o.interrupted) items.push_back({"", "ended before its time; what there is, is here"});
  items.push_back({"", "host " + or_unknown(o.machine.host) + ", kernel " + or_unknown(o.machine.kernel) + ", " +
                           or_unknown(o.machine.distribution) + "; " + versions_text(o.machine) + "; start " +
                           or_unknown(o.start)});
  return items;
}

List list_of(const Observation& o, std::string name, Table table) {
  return {std::move(name), "What the services used", summary_sentence(o), std::move(table), "", remarks_of(o)};
}

}  // namespace

std::string series_head(const Observation& observation, const Stamp& stamp) {
  std::string head;
  for (const std::string& line : head_lines(observation, stamp)) head += "# " + line + "\n";
  return head + to_csv(empty_series());
}

std::string series_rows(const Observation& observation, const TimedSample& sample) {
  Table table;
  for (const ServiceSample& service : sample.sample.services)
    table.rows.push_back(cells_of({observation, sample, service}));
  return to_csv(table).substr(1);  // behind the line of no columns
}

std::string summary_sentence(const Observation& o) {
  const double time = o.samples.empty() ? 0 : o.samples.back().time;
  const std::string services = services_text(o), size = exact(static_cast<double>(o.samples.size()));
  return size + (o.samples.size() == 1 ? " sample" : " samples in " + duration_text(time)) +
         " (memory by PSS): " + (services.empty() ? "none of the services runs" : services) + ".";
}

std::string last_sample_text(const Observation& o) {
  return services_text({o.request, {}, "", {o.samples.back()}, {}, false});
}

Report report(const Observation& observation, const Stamp& stamp) {
  const auto list = [&observation](const char* name, Table table) {
    return list_of(observation, name, std::move(table));
  };
  return {[&observation, stamp, list] { return report(list("services", summary(observation)), stamp).document(); },
          [&observation, stamp] {
            std::string text = series_head(observation, stamp);
            for (const TimedSample& sample : observation.samples) text += series_rows(observation, sample);
            return text;
          },
          [&observation, stamp, list] { return report(list("samples", series(observation)), stamp).json(); }};
}

}  // namespace sizing
