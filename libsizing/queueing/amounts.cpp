#include "libsizing/queueing/amounts.h"

#include <cmath>
#include <string>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"

namespace sizing {
namespace {

[[noreturn]] void refuse(std::string_view key, const std::string& found, const std::string& allowed) {
  throw InputError({"", 0, 0, std::string(key)}, "is out of range", found, allowed);
}

}  // namespace

double not_negative(double value, std::string_view key) {
  if (!(value >= 0 && std::isfinite(value))) refuse(key, exact(value), "0 or more, finite");
  return value;
}

double positive(double value, std::string_view key) {
  if (!(value > 0 && std::isfinite(value))) refuse(key, exact(value), "above 0, finite");
  return value;
}

double share_of_1(double value, std::string_view key) {
  if (!(value >= 0 && value <= 1)) refuse(key, exact(value), "0 to 1");
  return value;
}

std::int64_t count(std::int64_t value, std::string_view key, std::int64_t least) {
  if (value < least || value > largest_count)
    refuse(key, std::to_string(value), std::to_string(least) + " to " + std::to_string(largest_count));
  return value;
}

void check_limits(std::string_view key, std::uint64_t found, std::uint64_t least, std::uint64_t most) {
  if (found < least || found > most)
    throw InputError({"", 0, 0, std::string(key)}, "out of range", std::to_string(found),
                     std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace sizing
