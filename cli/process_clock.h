// Real time, and the signals that ask a process to end.
#pragma once

#include "libsizing/host/observation.h"

namespace sizing::cli {

/// A clock of this process. While a copy of it lives, the first SIGINT, SIGTERM or SIGHUP ends its waiting; a second
/// one ends the process, as where the reader of the output has stopped reading.
Clock process_clock();

}  // namespace sizing::cli
