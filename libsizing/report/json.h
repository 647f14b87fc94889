// Results as JSON: full precision, stable member names. `opsi-sizing schema plan` describes that of a plan.
#pragma once

#include <string>

#include "libsizing/host/import.h"
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
/// {subject, tree, opsi, opsi_from, server, answer, verdict, counts: {pass, note, warning, fail, unseen},
///  checks: [{id, title, verdict, found, required, source, advice, place: {file, line, column, key}}],
///  measures: [{check, name, value, unit, warning, critical}]}; what is not known is null. `verdict` is that of all
/// together. Below `warning` and `critical` a measure's check warns and fails.
std::string to_json(const CheckAnswer& answer, const Stamp& stamp);
std::string to_json(const Calibration& calibration, const Stamp& stamp);
std::string to_json(const ThroughputCalibration& calibration, const Stamp& stamp);
std::string to_json(const List& list, const Stamp& stamp);
/// `toml` is the site file that the import became.
std::string to_json(const Import& import, const std::string& toml, const Stamp& stamp);

}  // namespace sizing
