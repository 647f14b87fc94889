// Charts for a terminal, as text: one curve over numbers, and residuals around a line.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace sizing {

/// `title` above, the y scale at the left, the x scale below; about `width` columns. The points need not be sorted.
std::string chart(const std::string& title, const std::string& x_title, std::span<const double> x,
                  std::span<const double> y, std::size_t width);

/// The same over seconds since midnight, with times of day at its ends.
std::string day_chart(const std::string& title, std::span<const double> seconds, std::span<const double> y,
                      std::size_t width);

/// Residuals against x as a cloud around a line at 0: '•' a point, '×' where one of the points that are `marked` (by
/// index) falls, '─' the line. `columns` wide.
std::string residual_plot(const std::string& title, const std::string& x_title, std::span<const double> x,
                          std::span<const double> residuals, std::span<const std::size_t> marked, std::size_t columns);

}  // namespace sizing
