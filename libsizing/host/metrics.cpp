#include "libsizing/host/metrics.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

using Json = nlohmann::json;

struct Known {
  std::string_view id;      // in a key of Redis: "opsiconfd:stats:worker:avg_load:NODE:WORKER"
  std::string_view name;    // {n} is the node or depot, {w} the worker
  std::string_view column;  // with its unit, as exported
};

constexpr Known known[] = {
    {"node:avg_load", "Average system load on {n}", "avg_load"},
    {"node:sum_network_bits_sent", "Average network bits sent on {n}", "sum_network_bits_sent_per_s"},
    {"node:sum_network_bits_received", "Average network bits received on {n}", "sum_network_bits_received_per_s"},
    {"node:avg_redis_cpu_time", "Average Redis CPU time for {n}", "avg_redis_cpu_time"},
    {"node:avg_redis_memory_used", "Average Redis memory usage for {n}", "avg_redis_memory_used_bytes"},
    {"node:avg_mysql_processes", "Average running MySQL processes for {n}", "avg_mysql_processes"},
    {"node:avg_mysql_queries", "Average running MySQL queries for {n}", "avg_mysql_queries"},
    {"worker:sum_jsonrpc_requests", "Incoming JSONRPC requests by worker {w} on {n}", "sum_jsonrpc_requests_per_s"},
    {"worker:sum_jsonrpc_number", "Average RPCs processed by worker {w} on {n}", "sum_jsonrpc_number_per_s"},
    {"worker:avg_jsonrpc_duration", "Average duration of RPCs processed by worker {w} on {n}",
     "avg_jsonrpc_duration_s"},
    {"worker:avg_mem_allocated", "Average memory usage of worker {w} on {n}", "avg_mem_allocated_bytes"},
    {"worker:avg_cpu_percent", "Average CPU usage of worker {w} on {n}", "avg_cpu_percent"},
    {"worker:avg_thread_number", "Average threads of worker {w} on {n}", "avg_thread_number"},
    {"worker:avg_filehandle_number", "Average filehandles of worker {w} on {n}", "avg_filehandle_number"},
    {"worker:avg_connection_number", "Average connections of worker {w} on {n}", "avg_connection_number"},
    {"worker:sum_http_request_number", "Average HTTP requests of worker {w} on {n}", "sum_http_request_number_per_s"},
    {"worker:avg_http_request_bytes", "Average HTTP request size of worker {w} on {n}", "avg_http_request_bytes"},
    {"worker:avg_http_response_bytes", "Average HTTP response size of worker {w} on {n}", "avg_http_response_bytes"},
    {"worker:avg_http_request_duration", "Average duration of HTTP requests processed by worker {w} on {n}",
     "avg_http_request_duration_s"},
    {"worker:sum_messagebus_messages_sent", "Average messagebus messages sent by worker {w} on {n}",
     "sum_messagebus_messages_sent_per_s"},
    {"worker:sum_messagebus_messages_received", "Average messagebus messages received by worker {w} on {n}",
     "sum_messagebus_messages_received_per_s"},
    {"depot:avg_product_data_transfer_slots", "Number of used product data transfer slots for depot {n}",
     "avg_product_data_transfer_slots"},
};

constexpr std::size_t most_columns = 1000, most_cells = 20'000'000;

struct Target {
  std::string column, node, worker;
  bool is_known = true;
};

// The words that stand for {n} and {w} where `text` is written as `pattern` says; a word has no blank.
std::optional<Target> by_name(std::string_view text, const Known& metric) {
  Target target{std::string(metric.column), "", ""};
  std::string_view pattern = metric.name;
  while (!pattern.empty()) {
    const std::size_t hole = pattern.find('{');
    const std::string_view fixed = pattern.substr(0, hole);
    if (!text.starts_with(fixed)) return std::nullopt;
    text.remove_prefix(fixed.size());
    if (hole == std::string_view::npos) break;
    const std::string_view word = text.substr(0, text.find(' '));
    if (word.empty()) return std::nullopt;
    (pattern[hole + 1] == 'w' ? target.worker : target.node) = printable(word);
    text.remove_prefix(word.size());
    pattern.remove_prefix(hole + 3);
  }
  return text.empty() ? std::optional(target) : std::nullopt;
}

// "…stats:worker:avg_load:NODE:WORKER", with ":minute" and the like where values were thinned out.
std::optional<Target> by_key(std::string_view text, const Known& metric) {
  const std::string id = "stats:" + std::string(metric.id) + ":";
  const std::size_t at = text.find(id);
  if (at == std::string_view::npos || (at > 0 && text[at - 1] != ':')) return std::nullopt;
  const auto parts = split(text.substr(at + id.size()), ':');
  const bool of_worker = metric.id.starts_with("worker:");
  if (of_worker && parts.size() < 2) return std::nullopt;
  return Target{std::string(metric.column), printable(parts[0]), of_worker ? printable(parts[1]) : ""};
}

// A name that a column may have: small letters, digits and lines.
std::string column_of(std::string_view text) {
  std::string column;
  for (const char c : lower(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || (!column.empty() && column.back() != '_')) column += plain ? c : '_';
  }
  while (!column.empty() && column.back() == '_') column.pop_back();
  return column.empty() ? "unnamed" : column.substr(0, 100);
}

Target target_of(const std::string& text) {
  for (const Known& metric : known)
    if (const auto target = by_name(text, metric)) return *target;
  for (const Known& metric : known)
    if (const auto target = by_key(text, metric)) return *target;
  return {column_of(text), "", "", false};
}

Json parsed(std::string_view text, const std::string& file) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::size_t at = std::min(error.byte == 0 ? 0 : error.byte - 1, text.size());
    const std::string_view before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    throw InputError(
        {file, static_cast<int>(line) + 1, static_cast<int>(start == std::string_view::npos ? at + 1 : at - start), ""},
        "is no JSON", "", "a list of targets with their datapoints, as /metrics/grafana/query answers");
  } catch (const Json::exception&) {  // a number that no double holds
    throw InputError({file, 0, 0, ""}, "a number is out of range");
  }
}

// Lists and objects only by their kind: they may be nested without end.
std::string shown(const Json& found) {
  return found.is_structured() ? found.type_name()
                               : excerpt(found.dump(-1, ' ', false, Json::error_handler_t::replace));
}

[[noreturn]] void refuse(const std::string& file, const std::string& key, const Json& found, const char* allowed) {
  throw InputError({file, 0, 0, key}, "not as expected", shown(found), allowed);
}

// [value, milliseconds]; a value that is null is a gap.
std::pair<std::optional<double>, std::int64_t> point_of(const Json& json, const std::string& file,
                                                        const std::string& key) {
  constexpr double last_time = 253'402'300'800'000;  // ms; the year 10000
  const bool pair =
      json.is_array() && json.size() == 2 && (json[0].is_number() || json[0].is_null()) && json[1].is_number();
  if (!pair) refuse(file, key, json, "[number or null, milliseconds since 1970]");
  const double time = json[1].get<double>();
  if (!(time >= 0 && time < last_time)) refuse(file, key, json, "a time in milliseconds since 1970");
  if (json[0].is_null()) return {std::nullopt, static_cast<std::int64_t>(time)};
  const double value = json[0].get<double>();
  if (!std::isfinite(value)) refuse(file, key, json, "a finite number");
  return {value, static_cast<std::int64_t>(time)};
}

std::size_t column_at(std::vector<std::string>& columns, const std::string& name) {
  const auto at = std::find(columns.begin(), columns.end(), name);
  if (at == columns.end()) columns.push_back(name);
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
}

void add(Metrics& metrics, const Json& entry, const std::string& file, const std::string& key) {
  if (!entry.is_object()) refuse(file, key, entry, "{\"target\": …, \"datapoints\": …}");
  const Json none;
  const auto member = [&](const char* name) -> const Json& { return entry.contains(name) ? entry[name] : none; };
  const Json &name = member("target"), &points = member("datapoints");
  if (!name.is_string()) refuse(file, key + ".target", name, "the name of a metric");
  if (!points.is_array()) refuse(file, key + ".datapoints", points, "a list of [value, milliseconds]");
  const Target target = target_of(name.get<std::string>());
  if (!target.is_known) metrics.unknown.push_back(printable(name.get<std::string>()));
  const std::size_t column = column_at(metrics.columns, target.column);
  if (metrics.columns.size() > most_columns)
    throw InputError({file, 0, 0, key}, "too many targets that are unknown", "", std::to_string(most_columns));
  for (std::size_t p = 0; p < points.size(); ++p) {
    const auto [value, time] = point_of(points[p], file, key + ".datapoints[" + std::to_string(p) + "]");
    auto& row = metrics.rows[{time, target.node, target.worker}];
    if (row.size() <= column) row.resize(column + 1);
    if (value) row[column] = value;
  }
  if (metrics.rows.size() * metrics.columns.size() > most_cells)
    throw InputError({file, 0, 0, key}, "too large", "", std::to_string(most_cells) + " cells");
}

}  // namespace

Metrics read_metrics(std::string_view json, const std::string& file) {
  const Json entries = parsed(json, file);
  if (!entries.is_array()) refuse(file, "", entries, "a list of targets with their datapoints");
  Metrics metrics;
  for (std::size_t e = 0; e < entries.size(); ++e) add(metrics, entries[e], file, "[" + std::to_string(e) + "]");
  for (auto& [moment, row] : metrics.rows) row.resize(metrics.columns.size());
  return metrics;
}

}  // namespace sizing
