#include "libsizing/base/duration.h"

#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"

namespace sizing {
namespace {

// 0 for a letter that stands for no unit.
double seconds_of(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return 60;
    case 'h': return 3600;
    case 'd': return 86400;
    default: return 0;
  }
}

[[noreturn]] void refuse(std::string_view text) {
  throw InputError({}, "is no duration", text, "a number with its unit, such as 30s, 5m, 1h or 2d");
}

}  // namespace

double parse_duration(std::string_view text) {
  if (text.size() < 2 || seconds_of(text.back()) == 0) refuse(text);
  try {
    const double seconds = parse_number(text.substr(0, text.size() - 1)) * seconds_of(text.back());
    if (std::isfinite(seconds) && seconds >= 0) return seconds;
  } catch (const InputError&) {
  }
  refuse(text);
}

std::string duration_text(double seconds) {
  if (seconds < 60) return rounded(seconds) + " s";
  const double minutes = std::round(seconds / 60);
  const double hours = std::floor(minutes / 60), rest = minutes - 60 * hours;
  if (hours < 1)
    return seconds < 600 && std::fmod(seconds, 60) >= 1
               ? exact(std::floor(seconds / 60)) + " min " + exact(std::floor(std::fmod(seconds, 60))) + " s"
               : exact(minutes) + " min";
  return exact(hours) + " h" + (rest > 0 ? " " + exact(rest) + " min" : "");
}

}  // namespace sizing
