#include "libsizing/base/number.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

// `value` at `digits` significant digits, as a plain decimal without trailing zeros.
std::string significant(double value, int digits) {
  if (value == 0) return "0";
  const int decimals = digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  if (decimals > 0) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }
  const double step = std::pow(10.0, -decimals);
  return fmt::format("{:.0f}", std::round(value / step) * step);
}

}  // namespace

std::string exact(double value) {
  constexpr double most_plain = 1e15;
  if (value == std::floor(value) && std::abs(value) < most_plain) return fmt::format("{:.0f}", value);  // not 1e+07
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

std::string rounded(double value) {
  if (std::abs(value) < 1) return significant(value, 3);
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string detailed(double value) {
  constexpr int digits = 8;
  if (value == std::floor(value) || std::abs(value) >= 1e7) return rounded(value);
  return significant(value, digits);
}

std::string rough(double value) { return significant(value, 2); }

double two_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double scale = std::pow(10, std::floor(std::log10(std::abs(value))) - 1);
  return std::round(value / scale) * scale;
}

double parse_number(std::string_view text) {
  const auto refuse = [&](const char* allowed) -> double {
    throw InputError({}, "not a number", text.empty() ? "nothing" : text, allowed);
  };
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos ||
      digits.starts_with('+') || (digits.size() < text.size() && digits.starts_with('-')))
    return refuse("a decimal number such as 20 or 0.5");
  double value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code == std::errc::result_out_of_range)
    return refuse("a number that a computer can hold (0, or about 1e-308 to 1e308)");
  if (code != std::errc{} || end != digits.data() + digits.size()) return refuse("a decimal number such as 20 or 0.5");
  return value;
}

}  // namespace sizing
