// The command line as a function: arguments in, text out, an exit code.
//
// Data goes to `out`, messages go to `err`. Exit codes: 0 done, and what was asked fits; 1 a requirement or the
// hardware falls short; 2 bad input, or output that cannot be written; 3 a fault of the program itself.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "libsizing/host/observation.h"

namespace sizing::cli {

enum ExitCode { fits = 0, falls_short = 1, bad_input = 2, internal_fault = 3 };

/// What the surroundings decide.
struct Surroundings {
  bool colour = false;
  std::size_t width = 100;  // of the terminal
  std::string date;         // YYYY-MM-DD, for stamps and end-of-life dates
  /// Starts a clock; while it lives, what asks the process to end ends the clock's waiting instead. Without one no time
  /// passes.
  std::function<Clock()> clock{};
  bool terminal_out = false, terminal_err = false;
};

/// `args` without the program's name.
int run(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
        const Surroundings& surroundings);

/// The same on the standard streams, the terminal and the date of this process; before anything else uses the streams.
int run(const std::vector<std::string>& args);

}  // namespace sizing::cli
