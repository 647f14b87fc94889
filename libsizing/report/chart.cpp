#include "libsizing/report/chart.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr std::size_t height = 12;

// Where `value` falls among `cells` cells between low and high.
std::size_t position(double value, double low, double high, std::size_t cells) {
  if (!(high > low)) return 0;
  return static_cast<std::size_t>(std::lround((value - low) / (high - low) * static_cast<double>(cells - 1)));
}

std::string left_padded(const std::string& text, std::size_t to) {
  const std::size_t has = width(text);
  return std::string(to > has ? to - has : 0, ' ') + text;
}

// The line below a chart and its scale: lowest, what it is, highest.
std::string x_axis(const std::string& from, const std::string& title, const std::string& to, std::size_t margin,
                   std::size_t cells) {
  std::string out = std::string(margin, ' ') + " └";
  for (std::size_t i = 0; i < cells; ++i) out += "─";
  const std::size_t used = width(from) + width(title) + width(to);
  const std::size_t gap = cells > used ? (cells - used) / 2 : 1;
  return out + '\n' + std::string(margin + 2, ' ') + from + std::string(gap, ' ') + title +
         std::string(cells > used + gap ? cells - used - gap : 1, ' ') + to + '\n';
}

std::size_t cells_of(std::size_t columns, std::size_t margin) {
  return std::max<std::size_t>(20, columns > margin + 4 ? columns - margin - 4 : 20);
}

// What stands below a chart.
struct Scale {
  std::string from, title, to;
};

std::string curve(const std::string& title, const Scale& scale, std::span<const double> x, std::span<const double> y,
                  std::size_t columns) {
  const auto [x_low, x_high] = std::minmax_element(x.begin(), x.end());
  // From 0, so that heights compare.
  const double y_most = *std::max_element(y.begin(), y.end()), y_low = 0, y_high = y_most > 0 ? y_most : 1;
  const std::string top = rounded(y_most), middle = rounded(y_most / 2);
  const std::size_t margin = std::max({width(top), width(middle), std::size_t{1}}) + 1;
  const std::size_t cells = cells_of(columns, margin);
  std::vector<std::vector<bool>> grid(height, std::vector<bool>(cells));
  for (std::size_t i = 0; i < x.size(); ++i)
    grid[height - 1 - position(y[i], y_low, y_high, height)][position(x[i], *x_low, *x_high, cells)] = true;

  std::string out = title + '\n';
  for (std::size_t row = 0; row < height; ++row) {
    const std::string label = row == 0 ? top : row == height / 2 ? middle : row == height - 1 ? "0" : "";
    std::string line = left_padded(label, margin) + (label.empty() ? " │" : " ┤");
    for (const bool point : grid[row]) line += point ? "•" : " ";
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out + x_axis(scale.from, scale.title, scale.to, margin, cells);
}

}  // namespace

std::string chart(const std::string& title, const std::string& x_title, std::span<const double> x,
                  std::span<const double> y, std::size_t columns) {
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  return curve(title, {rounded(*low), x_title, rounded(*high)}, x, y, columns);
}

std::string day_chart(const std::string& title, std::span<const double> seconds, std::span<const double> y,
                      std::size_t columns) {
  constexpr double day = 86'400;
  const auto [low, high] = std::minmax_element(seconds.begin(), seconds.end());
  const std::string to = *high == day ? "24:00" : time_of_day(*high);
  return curve(title, {time_of_day(*low), "time of day", to}, seconds, y, columns);
}

std::string residual_plot(const std::string& title, const std::string& x_title, std::span<const double> x,
                          std::span<const double> residuals, std::span<const std::size_t> marked, std::size_t columns) {
  constexpr std::size_t rows = 13;  // odd: the line at 0 is the middle one
  const double from = *std::min_element(x.begin(), x.end()), to = *std::max_element(x.begin(), x.end());
  double most = 0;
  for (const double r : residuals) most = std::max(most, std::abs(r));
  const double reach = most > 0 ? most : 1;
  const std::string top = "+" + rounded(most), bottom = "-" + rounded(most);
  const std::size_t margin = width(top) + 1, cells = cells_of(columns, margin);
  std::vector<std::vector<const char*>> grid(rows, std::vector<const char*>(cells, " "));
  grid[rows / 2].assign(cells, "─");
  const auto put = [&](std::size_t i, const char* mark) {
    grid[rows - 1 - position(residuals[i], -reach, reach, rows)][position(x[i], from, to, cells)] = mark;
  };
  for (std::size_t i = 0; i < x.size(); ++i) put(i, "•");
  for (const std::size_t i : marked) put(i, "×");

  std::string out = title + '\n';
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string label = row == 0 ? top : row == rows / 2 ? "0" : row == rows - 1 ? bottom : "";
    std::string line = left_padded(label, margin) + (label.empty() ? " │" : " ┤");
    for (const char* cell : grid[row]) line += cell;
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out + x_axis(rounded(from), x_title, rounded(to), margin, cells);
}

}  // namespace sizing
