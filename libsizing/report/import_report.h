// A diagnostic file's import: as a report, and as the site file that it becomes.
#pragma once

#include <string>

#include "libsizing/host/import.h"
#include "libsizing/report/report.h"

namespace sizing {

/// A report refers to its result, which must outlive it.
Report report(const Import& import, const Stamp& stamp);
Report report(Import&&, const Stamp&) = delete;

/// The site file: the answer, the stamp and what is missing above it, beside each value where it was read.
std::string site_file(const Import& import, const Stamp& stamp);

}  // namespace sizing
