#include "libsizing/report/metrics.h"

#include <set>

#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/report/spread.h"

namespace sizing {
namespace {

Table series(const Metrics& metrics) {
  Table table{{"time_s", "node", "worker"}, {}};
  table.columns.insert(table.columns.end(), metrics.columns.begin(), metrics.columns.end());
  for (const auto& [moment, values] : metrics.rows) {
    auto& row = table.rows.emplace_back();
    row = {static_cast<double>(moment.milliseconds) / 1000, cell(moment.node), cell(moment.worker)};
    for (const auto& value : values) {
      row.emplace_back();
      if (value) row.back() = *value;
    }
  }
  return table;
}

Table summary(const Metrics& metrics) {
  Table table{{"metric", "values", "least", "median", "most"}, {}};
  for (std::size_t c = 0; c < metrics.columns.size(); ++c) {
    std::vector<double> values;
    for (const auto& [moment, row] : metrics.rows)
      if (row[c]) values.push_back(*row[c]);
    if (values.empty()) continue;
    const Spread spread = spread_of(values);
    table.rows.push_back(
        {metrics.columns[c], static_cast<double>(values.size()), spread.least, spread.median, spread.most});
  }
  return table;
}

std::string answer_of(const Metrics& metrics) {
  std::set<std::int64_t> times;
  std::set<std::string> workers;
  for (const auto& [moment, row] : metrics.rows) {
    times.insert(moment.milliseconds);
    if (!moment.worker.empty()) workers.insert(moment.node + ":" + moment.worker);
  }
  const auto count = [](std::size_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  return count(metrics.columns.size(), "metric") + " at " + count(times.size(), "time") +
         (workers.empty() ? "" : ", of " + count(workers.size(), "worker")) + ".";
}

std::vector<Item> remarks_of(const Metrics& metrics) {
  std::vector<Item> items;
  for (const std::string& target : metrics.unknown)
    items.push_back({"", "no metric of opsiconfd that is known, kept under its own name: " + excerpt(target)});
  return items;
}

std::string head(const std::string& file, const Metrics& metrics, const Stamp& stamp) {
  std::string text = "# opsi-sizing " + std::string(version()) + ": metrics of opsiconfd\n# command: " + stamp.command +
                     "\n# from: " + printable(file) +
                     "\n# units: time_s seconds since 1970 (UTC), _bytes bytes, _per_s per second, _s seconds, "
                     "_percent of one processor, all else counts; an empty cell is a gap\n";
  for (const Item& item : remarks_of(metrics)) text += "# " + item.text + "\n";
  return text;
}

}  // namespace

Report report(const Metrics& metrics, const std::string& file, const Stamp& stamp) {
  const auto list = [metrics, file](const char* name, Table table) {
    return List{name,
                "Metrics of opsiconfd in " + printable(file),
                answer_of(metrics),
                std::move(table),
                "",
                remarks_of(metrics)};
  };
  return {[=] { return report(list("metrics", summary(metrics)), stamp).document(); },
          [=] { return head(file, metrics, stamp) + to_csv(series(metrics)); },
          [=] { return report(list("moments", series(metrics)), stamp).json(); }};
}

}  // namespace sizing
