// Metrics of opsiconfd as a table: the series as CSV and JSON, the least, median and most of each metric for people.
#pragma once

#include <string>

#include "libsizing/host/metrics.h"
#include "libsizing/report/report.h"

namespace sizing {

/// Refers to nothing: the report holds its copy. `file` is where the metrics are from.
Report report(const Metrics& metrics, const std::string& file, const Stamp& stamp);

}  // namespace sizing
