// A chart for a terminal: one curve over numbers, as text.
#pragma once

#include <span>
#include <string>

namespace sizing {

/// `title` above, the y scale at the left, the x scale below; about `width` columns. The points need not be sorted.
std::string chart(const std::string& title, const std::string& x_title, std::span<const double> x,
                  std::span<const double> y, std::size_t width);

}  // namespace sizing
