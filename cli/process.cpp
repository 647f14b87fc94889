// The command line on the streams, the terminal and the date of this process.
#include <cstdlib>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/process_clock.h"
#include "cli/run.h"
#include "libsizing/base/date.h"

namespace sizing::cli {
namespace {

Surroundings surroundings_of_process() {
  Surroundings s{false, 100, today()};
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_terminal = isatty(STDOUT_FILENO) == 1;
  s.clock = process_clock;
  s.terminal_out = is_terminal;
  s.terminal_err = isatty(STDERR_FILENO) == 1;
  s.colour = is_terminal && !(no_colour && *no_colour) && !(terminal && std::string(terminal) == "dumb");
  winsize size{};
  if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) s.width = size.ws_col;
  return s;
}

}  // namespace

int run(const std::vector<std::string>& args) {
  std::ios::sync_with_stdio(false);
  return run(args, std::cin, std::cout, std::cerr, surroundings_of_process());
}

}  // namespace sizing::cli
