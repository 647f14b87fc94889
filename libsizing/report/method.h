// The method: every rule of every rule set with its formula, and every figure with its source, as a document.
#pragma once

#include <string>

#include "libsizing/report/report.h"

namespace sizing {

/// Of one rule set, or of all where `rule_set` is "". Throws InputError for an unknown one.
Report method_report(const std::string& rule_set, const Stamp& stamp);

}  // namespace sizing
