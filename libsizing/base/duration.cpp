#include "libsizing/base/duration.h"

#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct Symbol {
  std::string_view text;
  double seconds;
};
constexpr Symbol symbols[] = {{"ms", 0.001}, {"s", 1}, {"min", 60}, {"m", 60}, {"h", 3600}, {"d", 86400}};

constexpr double day = 86400;

[[noreturn]] void refuse(std::string_view text) {
  throw InputError({}, "is no duration", text, "a number with its unit, such as 30s, 5m, 1h or 2d");
}

double seconds_of(std::string_view unit) {
  for (const Symbol& symbol : symbols)
    if (symbol.text == unit) return symbol.seconds;
  return 0;
}

// Two digits below `end`, or -1.
int two_digits(std::string_view text, int end) {
  if (text.size() != 2 || text.find_first_not_of("0123456789") != std::string_view::npos) return -1;
  const int value = 10 * (text[0] - '0') + (text[1] - '0');
  return value < end ? value : -1;
}

std::string below_a_second(double seconds) {
  if (seconds == 0) return "0 s";
  if (seconds < 1e-6) return "under 1 µs";
  return seconds < 1e-3 ? rounded(seconds * 1e6) + " µs" : rounded(seconds * 1e3) + " ms";
}

std::string padded(double value) { return (value < 10 ? "0" : "") + exact(value); }

}  // namespace

double parse_duration(std::string_view text) {
  // The unit is the letters at the end; an "e" of "1e3s" stands before a digit.
  const auto digit = text.find_last_of("0123456789.");
  if (digit == std::string_view::npos) refuse(text);
  const double unit = seconds_of(trim(text.substr(digit + 1)));
  if (unit == 0) refuse(text);
  try {
    const double seconds = parse_number(text.substr(0, digit + 1)) * unit;
    if (std::isfinite(seconds) && seconds >= 0) return seconds;
  } catch (const InputError&) {
  }
  refuse(text);
}

double parse_time_of_day(std::string_view text) {
  const auto parts = split(text, ':');
  const int hours = two_digits(parts[0], 24);
  const int minutes = parts.size() > 1 ? two_digits(parts[1], 60) : -1;
  const int seconds = parts.size() > 2 ? two_digits(parts[2], 60) : 0;
  if (parts.size() > 3 || hours < 0 || minutes < 0 || seconds < 0)
    throw InputError({}, "is no time of day", text, "hours and minutes, such as 07:45");
  return 3600.0 * hours + 60.0 * minutes + seconds;
}

std::string time_of_day(double seconds) {
  const double days = std::floor(std::round(seconds) / day), rest = std::round(seconds) - days * day;
  const double hours = std::floor(rest / 3600), minutes = std::floor(std::fmod(rest, 3600) / 60);
  const double left = std::fmod(rest, 60);
  const std::string time = padded(hours) + ":" + padded(minutes) + (left > 0 ? ":" + padded(left) : "");
  return days == 0 ? time : time + (days > 0 ? " +" : " ") + rounded(days) + " d";
}

std::string duration_text(double seconds) {
  if (seconds < 1) return below_a_second(seconds);
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
