// Metrics that opsiconfd has kept, as its interface for Grafana exports them: POST /metrics/grafana/query answers
// [{"target": "Average memory usage of worker 1 on server", "datapoints": [[value, milliseconds since 1970], …]}, …].
//
// They become a table with one row a time, node and worker and one column a metric, so that one row holds what belongs
// together: connections and memory of a worker. (One row a value would be shorter where metrics differ in their times,
// but nothing could be fitted without a join; opsiconfd rounds all times to 5 s, so that rows are full.)
//
// Values are as the export has them: metrics that count ("sum_…") are kept per 5 s in Redis, but exported per second.
// Source: opsiconfd/metrics/metric.py and opsiconfd/application/metrics.py of opsi-org/opsiconfd.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sizing {

/// Of what a row is: a time, a server ("" where a target names none) or depot, a worker of it ("" where it is of all).
struct MetricMoment {
  std::int64_t milliseconds = 0;
  std::string node, worker;
  friend bool operator<(const MetricMoment& a, const MetricMoment& b) {
    return std::tie(a.milliseconds, a.node, a.worker) < std::tie(b.milliseconds, b.node, b.worker);
  }
};

struct Metrics {
  std::vector<std::string> columns;                                 // "avg_mem_allocated_bytes"
  std::map<MetricMoment, std::vector<std::optional<double>>> rows;  // by column; gaps are empty
  std::vector<std::string> unknown;                                 // targets that are no metric of opsiconfd's
};

/// The table of an export. A target may be a metric's name or its key in Redis; one that is unknown becomes a column of
/// its own, named after itself. Of two values for one cell the later counts. Throws InputError with `file`, the line
/// where it is no JSON, else the place within as key: "[2].datapoints[17]".
Metrics read_metrics(std::string_view json, const std::string& file);

inline constexpr std::size_t most_metrics = 32 << 20;  // bytes of a file

}  // namespace sizing
