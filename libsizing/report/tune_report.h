// The settings of a server as cards, with what is in force and what is to be done.
#pragma once

#include "libsizing/host/tuning.h"
#include "libsizing/report/report.h"

namespace sizing {

/// `written` are files that were written, to be named. Refers to the tuning, which must outlive it.
Report report(const Tuning& tuning, const std::vector<std::string>& written, const Stamp& stamp);
Report report(Tuning&&, const std::vector<std::string>&, const Stamp&) = delete;

/// The line that what is written carries: "Written by opsi-sizing 0.1.0 on 2026-11-22, rules of opsi 4.2, by: …".
std::string written_stamp(const Stamp& stamp, const std::string& opsi);

}  // namespace sizing
