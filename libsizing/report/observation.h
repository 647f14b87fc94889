// An observation as a table: for `calibrate` and other programs in long form, one row a sample and service, with lines
// before it that begin with "# " and say whose it is; for people as the least, the median and the most of each service.
#pragma once

#include <string>

#include "libsizing/host/observation.h"
#include "libsizing/report/report.h"

namespace sizing {

/// The lines of the series before its rows: "# …", and the names of the columns. To be written after the first sample.
std::string series_head(const Observation& observation, const Stamp& stamp);

/// The rows of one sample, as CSV.
std::string series_rows(const Observation& observation, const TimedSample& sample);

/// Text and Markdown: the summary; CSV: the series; JSON: the series with the summary's sentence.
Report report(const Observation& observation, const Stamp& stamp);
Report report(Observation&&, const Stamp&) = delete;

/// "13 samples in 1 min (memory by PSS): samba 23.1 to 61 MiB at 0 to 40 connections, redis 7 MiB at 1 connection."
std::string summary_sentence(const Observation& observation);

/// The same of the last sample alone: "samba 61 MiB at 40 connections, …".
std::string last_sample_text(const Observation& observation);

}  // namespace sizing
