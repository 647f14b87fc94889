// What the rules must give, from outside the program: the oracle's table and the lines and limits below, and how many
// of them a model misses.
#pragma once

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "libsizing/base/csv.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"

namespace sizing {

struct WorkedLine {
  std::string opsi, inputs, quantity;
  double value = 0;
  std::string decided_by;  // "" where the line does not say
};

/// tests/oracle/worked_lines.csv, and the quantities that it leaves out, worked by hand from the figures.
inline const std::vector<WorkedLine>& worked_lines() {
  static const std::vector<WorkedLine> lines = [] {
    const std::string file = "tests/oracle/worked_lines.csv";
    std::vector<WorkedLine> result;
    for (const CsvRow& row : parse_csv(read_file(file, 1 << 24), file).rows)
      result.push_back({row.fields[0], row.fields[1], row.fields[2], parse_number(row.fields[3]), row.fields[4]});
    for (const char* opsi : {"4.1", "4.2", "4.3"}) {
      result.push_back(
          {opsi, "clients=9;samba.connections=130", "samba.memory_measured_idle", 123, ""});  // 24.2+130×0.76
      result.push_back({opsi, "clients=9;samba.connections=130", "samba.memory_measured_reading", 1870.2, ""});
      result.push_back({opsi, "clients=2000", "database.size", 200, ""});  // 0.1 MB a client
      if (std::string(opsi) != "4.3")
        result.push_back({opsi, "clients=2000;connections=0;depots=3", "load.clients", 2030, ""});  // 10 a depot
      result.push_back({opsi, "clients=2000;connections=5;depots=3", "load.connections", 11, ""});  // 2 a depot
    }
    for (const char* opsi : {"4.2", "4.3"}) {
      result.push_back({opsi, "clients=9;service.directory_connector=1", "directory_connector.memory", 256, ""});
      result.push_back({opsi, "clients=9;connections=100", "database.connections", 150, ""});  // 5 × (20 + 10)
      result.push_back({opsi, "clients=9;connections=100;least_workers=6", "opsiconfd.workers", 6, "least_workers"});
      result.push_back({opsi, "clients=9;connections=100;least_cores=7", "server.cores", 7, "least_cores"});
      result.push_back({opsi, "clients=2000", "database.buffer_pool_size", 200, "database.size"});
      result.push_back({opsi, "clients=1000", "database.buffer_pool_size", 128, "database.buffer_pool"});
    }
    // 5 workers: 16 requests at once each; 1000 websockets are 200 each; 10000 descriptors hold 5000 pairs.
    result.push_back({"4.3", "clients=1000;connections=100", "opsiconfd.concurrent_requests", 80, ""});
    result.push_back({"4.2", "clients=1000;connections=100", "opsiconfd.concurrent_requests", 50, ""});  // 10 each
    result.push_back({"4.3", "clients=1000;connections=100", "opsiconfd.websockets_per_worker", 200, ""});
    result.push_back({"4.3", "clients=1000;connections=100", "opsiconfd.websockets_per_worker_limit", 5000, ""});
    return result;
  }();
  return lines;
}

/// A remark of the rules at its limit: "" where it must not be made.
struct RemarkLine {
  std::string opsi, inputs, code, severity;
};

inline const std::vector<RemarkLine>& remark_lines() {
  // The health check's integer division: 1201 active clients on 2 workers are 600 each, 1202 are 601; above 1000 an
  // error. 4.3 starts workers enough by itself, unless a site says that a worker carries more.
  static const std::vector<RemarkLine> lines = {
      {"4.1", "clients=9;connections=100", "core_saturated", ""},
      {"4.1", "clients=9;connections=101", "core_saturated", "warning"},
      {"4.1", "clients=9;connections=99;depots=1", "core_saturated", "warning"},
      {"4.1", "clients=9;least_workers=1", "single_process", ""},
      {"4.1", "clients=9;least_workers=2", "single_process", "warning"},
      {"4.1", "clients=9", "database_not_counted", "note"},
      {"4.1", "clients=9;service.database=0", "database_not_counted", ""},
      {"4.2", "clients=1201;connections=40", "clients_per_worker", ""},
      {"4.2", "clients=1202;connections=40", "clients_per_worker", "warning"},
      {"4.2", "clients=2001;connections=40", "clients_per_worker", "warning"},
      {"4.2", "clients=2002;connections=40", "clients_per_worker", "error"},
      {"4.2", "clients=5000;active_clients=1201;connections=40", "clients_per_worker", ""},
      {"4.3", "clients=100000", "clients_per_worker", ""},
      {"4.3", "clients=1201;connections=40;[opsiconfd.clients_per_worker]=9999", "clients_per_worker", ""},
      {"4.3", "clients=1202;connections=40;[opsiconfd.clients_per_worker]=9999", "clients_per_worker", "warning"},
      {"4.3", "clients=2001;connections=40;[opsiconfd.clients_per_worker]=9999", "clients_per_worker", "warning"},
      {"4.3", "clients=2002;connections=40;[opsiconfd.clients_per_worker]=9999", "clients_per_worker", "error"},
      {"4.2", "clients=9;connections=20", "scalability_module", ""},
      {"4.2", "clients=9;connections=21", "scalability_module", "note"},
      {"4.3", "clients=600;connections=20", "scalability_module", ""},
      {"4.3", "clients=601;connections=20", "scalability_module", "note"},
      {"4.3", "clients=5000;active_clients=0;connections=0", "websocket_descriptors", ""},
      {"4.3", "clients=5001;active_clients=0;connections=0", "websocket_descriptors", "error"},
      {"4.3", "clients=10000", "redis_max_clients", ""},
      {"4.3", "clients=10001", "redis_max_clients", "error"},
      // 12.5 MB + 0.0237 MB × 12130 = 299.981, × 12131 = 300.0047; × 20569 = 499.9853, × 20570 = 500.009.
      {"4.3", "clients=12130", "redis_memory", ""},
      {"4.3", "clients=12131", "redis_memory", "warning"},
      {"4.3", "clients=20569", "redis_memory", "warning"},
      {"4.3", "clients=20570", "redis_memory", "error"},
      {"4.3", "clients=20570;service.redis=0", "redis_memory", ""},
      {"4.2", "clients=9;samba.connections=1", "samba_measured", "warning"},
      {"4.2", "clients=9;samba.connections=0", "samba_measured", ""},
      {"4.1", "clients=9;samba.connections=100", "samba_measurement_exceeded", ""},
      {"4.1", "clients=9;samba.connections=101", "samba_measurement_exceeded", "note"},
      {"4.2", "clients=9;samba.connections=100", "samba_measurement_exceeded", ""},
      {"4.2", "clients=9;samba.connections=101", "samba_measurement_exceeded", "note"},
      {"4.3", "clients=9;samba.connections=100", "samba_measurement_exceeded", ""},
      {"4.3", "clients=9;samba.connections=101", "samba_measurement_exceeded", "note"},
      {"4.3", "clients=9;samba.connections=101;service.samba=0", "samba_measurement_exceeded", ""},
      {"4.2", "clients=10;active_clients=10", "active_above_total", ""},
      {"4.2", "clients=10;active_clients=11", "active_above_total", "warning"},
      {"4.3", "clients=10;online_clients=10", "online_above_total", ""},
      {"4.3", "clients=10;online_clients=11", "online_above_total", "warning"},
  };
  return lines;
}

/// "clients=1000;connections=100", and figures in brackets.
inline Given given_by(const Model& model, const std::string& inputs) {
  Given given = nothing_given(model);
  for (const std::string& pair : split(inputs, ';')) {
    const auto parts = split(pair, '=');
    const std::string& name = parts.at(0);
    if (name[0] == '[') {
      const Figure* figure = find_figure(model, name.substr(1, name.size() - 2));
      given.figures.at(static_cast<std::size_t>(figure - model.figures.data())) = parse_number(parts.at(1));
    } else {
      given.inputs[input_index(model, name)] = parse_number(parts.at(1));
    }
  }
  return given;
}

/// The severity of the rules' remark `code`, "" where the rules do not make it.
inline std::string said(const Evaluation& e, const std::string& code) {
  std::string severity;
  for (const RemarkRule& rule : e.model->remarks)
    if (rule.code == code && e.values[rule.condition] != 0) severity += name(rule.severity);
  return severity;
}

/// The lines that `model` misses, as sentences.
inline std::vector<std::string> misses(const std::shared_ptr<const Model>& model) {
  std::vector<std::string> missed;
  for (const WorkedLine& line : worked_lines()) {
    if (line.opsi != model->name) continue;
    const Evaluation e = evaluate(model, given_by(*model, line.inputs));
    const double value = e.value(line.quantity);
    const std::string decider = decided_by(e, find_node(*model, line.quantity));
    if (!(std::abs(value - line.value) <= 1e-12 * std::abs(line.value)) ||
        (!line.decided_by.empty() && decider != line.decided_by))
      missed.push_back(line.opsi + " " + line.inputs + ": " + line.quantity + " is " + exact(value) + " by " + decider +
                       ", not " + exact(line.value) + " by " + line.decided_by);
  }
  for (const RemarkLine& line : remark_lines()) {
    if (line.opsi != model->name) continue;
    const std::string severity = said(evaluate(model, given_by(*model, line.inputs)), line.code);
    if (severity != line.severity)
      missed.push_back(line.opsi + " " + line.inputs + ": " + line.code + " is '" + severity + "', not '" +
                       line.severity + "'");
  }
  return missed;
}

}  // namespace sizing
