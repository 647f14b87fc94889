#include <cstdlib>
#include <ctime>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/run.h"

namespace {

// Today in UTC; SOURCE_DATE_EPOCH (seconds since 1970) makes outputs reproducible.
std::string today() {
  std::time_t now = std::time(nullptr);
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
    char* end = nullptr;
    const long long seconds = std::strtoll(fixed, &end, 10);
    if (end != fixed && *end == '\0' && seconds >= 0 && seconds < 253402300800) now = static_cast<std::time_t>(seconds);
  }
  char text[16];
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
  return text;
}

sizing::cli::Surroundings surroundings() {
  sizing::cli::Surroundings s{false, 100, today()};
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_terminal = isatty(STDOUT_FILENO) == 1;
  s.colour = is_terminal && !(no_colour && *no_colour) && !(terminal && std::string(terminal) == "dumb");
  winsize size{};
  if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) s.width = size.ws_col;
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return sizing::cli::run({argv + 1, argv + argc}, std::cin, std::cout, std::cerr, surroundings());
}
