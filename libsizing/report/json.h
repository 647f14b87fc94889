// Results as JSON: full precision, stable member names. `opsi-sizing schema plan` describes that of a plan.
#pragma once

#include <string>

#include "libsizing/report/report.h"

namespace sizing {

/// The version of the JSON's form; a member that goes or changes its meaning raises it.
inline constexpr int json_version = 1;

std::string to_json(const Plan& plan, const Stamp& stamp);
std::string to_json(const Explanation& explanation, const std::string& server, const std::string& opsi,
                    const Stamp& stamp);
std::string to_json(const CapacityAnswer& answer, const Stamp& stamp);
std::string to_json(const Comparison& comparison, const Stamp& stamp);
std::string to_json(const SweepAnswer& answer, const Stamp& stamp);
std::string to_json(const Calibration& calibration, const Stamp& stamp);
std::string to_json(const ThroughputCalibration& calibration, const Stamp& stamp);
std::string to_json(const List& list, const Stamp& stamp);

}  // namespace sizing
