// What reports about routines share.
#pragma once

#include <vector>

#include "libsizing/plan/peaks.h"
#include "libsizing/report/document.h"

namespace sizing {

/// Where each value of the routines is from.
TextTable facts_table(const std::vector<RoutineAt>& routines);

/// The shape of a routine's arrivals, or the file that it is read from.
std::string shape_text(const RoutineAt& at);

}  // namespace sizing
