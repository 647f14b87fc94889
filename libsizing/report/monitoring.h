// The answer of a check in the forms that monitoring reads: a plug-in of Nagios and its relatives (Icinga, Naemon), and
// a local check of Checkmk.
//
// fail is CRITICAL, warning is WARNING, unseen alone is UNKNOWN; a note never alarms. Text from outside cannot break a
// form: line breaks become blanks, the pipe becomes a broken bar.
#pragma once

#include <string>

#include "libsizing/host/check_answer.h"
#include "libsizing/report/report.h"

namespace sizing {

/// The exit code of a plug-in and the state of a local check: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
int monitoring_state(Verdict verdict);

/// One status line with performance data (a range "15:" alarms below 15), then a line for each row that is not met.
std::string to_nagios(const CheckAnswer& answer, const Stamp& stamp);

/// One line for all together and one for each requirement.
std::string to_checkmk(const CheckAnswer& answer, const Stamp& stamp);

/// Where there is no answer because the input was bad: UNKNOWN with the reason.
std::string nagios_refusal(const std::string& problem);
std::string checkmk_refusal(const std::string& problem);

}  // namespace sizing
