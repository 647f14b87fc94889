#include "libsizing/base/rate.h"

#include <array>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/unit.h"

namespace sizing {
namespace {

constexpr double bits_of_a_byte = 8, most_bytes_per_second = 1e15;
constexpr std::array<std::string_view, 4> bits = {"kbit", "Mbit", "Gbit", "Tbit"};

// Bytes of an amount of bits or bytes.
double bytes_of(std::string_view amount) {
  double size = 1;
  for (const std::string_view unit : bits) {
    size *= 1000;
    if (amount.ends_with(unit))
      return parse_number(trim(amount.substr(0, amount.size() - unit.size()))) * size / bits_of_a_byte;
  }
  return parse_amount(amount, parse_unit("B"), false);
}

}  // namespace

double parse_rate(std::string_view text) {
  try {
    if (text.ends_with("/s")) {
      const double rate = bytes_of(trim(text.substr(0, text.size() - 2)));
      if (rate > 0 && rate <= most_bytes_per_second) return rate;
    }
  } catch (const InputError&) {
  }
  throw InputError({}, "is no speed of a line", text,
                   "a number with its unit, such as 1 Gbit/s, 50 Mbit/s or 100 MB/s");
}

}  // namespace sizing
