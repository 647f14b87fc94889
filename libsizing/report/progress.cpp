#include "libsizing/report/progress.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace sizing {

std::string simulating(std::string_view what, double done, double all) {
  const std::string so_far = fmt::format("simulating, {:.1f} million {}", done / 1e6, what);
  if (!(all > 0)) return so_far;
  return so_far + fmt::format(", {:.0f} %", std::min(100.0, std::floor(100 * done / all)));
}

}  // namespace sizing
