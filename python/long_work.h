// Long work beside the interpreter: Ctrl-C ends it, and a terminal sees how far it is.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace sizing::python {

/// What the work and who waits for it tell each other.
struct Watch {
  std::atomic<bool> stop = false;       // asks the work to end early
  std::atomic<std::uint64_t> done = 0;  // of what the work counts
};

/// How the work goes on, from what is done of it.
using ProgressText = std::function<std::string(double done)>;

/// Runs `work` without the interpreter, which looks for Ctrl-C meanwhile, and writes `progress` to sys.stderr from the
/// second second on, where that is a terminal and there is one. Gives true where Ctrl-C ended the work and it had
/// something to give all the same; raises KeyboardInterrupt where it had nothing, and threw.
bool run_long(const std::function<void(Watch&)>& work, const ProgressText& progress);

/// A RuntimeWarning: "ended by Ctrl-C: 7 of 16 replications are complete". `level`: of the caller, as warnings.warn
/// counts them.
void warn_of_early_end(const std::string& kept, int level);

}  // namespace sizing::python
