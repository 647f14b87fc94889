// The least, the median and the most of some values.
#pragma once

#include <vector>

namespace sizing {

struct Spread {
  double least = 0, median = 0, most = 0;
};

/// Of at least one value; the median of an even number is the mean of the middle two.
Spread spread_of(std::vector<double> values);

}  // namespace sizing
