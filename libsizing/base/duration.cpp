#include "libsizing/base/duration.h"

#include <cmath>
#include <limits>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct Symbol {
  std::string_view text;
  double seconds;
};
// The micro sign is another character than the Greek letter, and both look the same.
constexpr Symbol symbols[] = {{"µs", 1e-6}, {"\u03BCs", 1e-6}, {"us", 1e-6}, {"ms", 0.001}, {"s", 1},
                              {"min", 60},  {"m", 60},         {"h", 3600},  {"d", 86400}};

constexpr double day = 86400;

[[noreturn]] void refuse(std::string_view text) {
  throw InputError({}, "is no duration", text, "a number with its unit, such as 30s, 5m, 1h, 2d or 2 min 30 s");
}

double seconds_of(std::string_view unit, std::string_view text) {
  for (const Symbol& symbol : symbols)
    if (symbol.text == unit) return symbol.seconds;
  throw InputError({}, "has an unknown unit, " + excerpt(unit), text,
                   "the units d, h, min (or m), s, ms and µs (or us)");
}

// What `text` starts with, taken from it: as long as `belongs` of the rest.
std::string_view take(std::string_view& text, const auto& belongs) {
  std::size_t end = 0;
  while (end < text.size() && belongs(text.substr(end))) ++end;
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

bool is_digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// The "e" of "1e3s" or "1e+3s" stands before a digit or a sign; no unit begins so.
bool is_exponent(std::string_view text) {
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(1);
  const bool sign = text.starts_with('+') || text.starts_with('-');
  return is_digit(sign ? text.substr(1) : text);
}

std::string_view take_number(std::string_view& text) {
  const std::string_view all = text;
  take(text, [](std::string_view rest) { return is_digit(rest) || rest[0] == '.'; });
  if (is_exponent(text)) {
    text.remove_prefix(2);  // the sign, or a digit
    take(text, is_digit);
  }
  return all.substr(0, all.size() - text.size());
}

// Letters, and the bytes of those that ASCII does not have.
std::string_view take_unit(std::string_view& text) {
  return take(text, [](std::string_view rest) {
    const char c = rest[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

double number_of(std::string_view number, std::string_view text) {
  try {
    return parse_number(number);
  } catch (const InputError&) {
    refuse(text);
  }
}

// The seconds of a unit that is smaller than the one before it.
double unit_below(double before, std::string_view unit, std::string_view text) {
  if (unit.empty()) refuse(text);
  const double seconds = seconds_of(unit, text);
  if (seconds >= before)
    throw InputError({}, "has its units out of order", text, "the larger unit first and each once: 2 min 30 s");
  return seconds;
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
  double seconds = 0, unit = std::numeric_limits<double>::infinity();
  std::string_view rest = trim(text);
  do {
    const double value = number_of(take_number(rest), text);
    rest = trim(rest);
    unit = unit_below(unit, take_unit(rest), text);
    seconds += value * unit;
    rest = trim(rest);
  } while (!rest.empty());
  if (!std::isfinite(seconds)) refuse(text);
  return seconds;
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
