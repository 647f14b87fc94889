// Charts in the terminal: their points, their scales, and numbers that leave nothing to scale.
#include "libsizing/report/chart.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct Drawn {
  std::string text;
  std::vector<std::string> lines;
  std::size_t points = 0;
};

Drawn drawn(const std::vector<double>& x, const std::vector<double>& y, std::size_t columns = 60) {
  Drawn result{chart("memory [MB]", "clients", x, y, columns), {}, 0};
  result.lines = split(result.text, '\n');
  result.lines.pop_back();
  for (std::size_t at = 0; (at = result.text.find("•", at)) != std::string::npos; ++at) ++result.points;
  return result;
}

std::size_t row_of_point(const Drawn& chart) {
  const auto at = std::find_if(chart.lines.begin(), chart.lines.end(),
                               [](const std::string& line) { return line.find("•") != std::string::npos; });
  return static_cast<std::size_t>(at - chart.lines.begin());
}

TEST(chart, has_title_scales_and_points) {
  const Drawn chart = drawn({100, 200, 300}, {1, 4, 9});
  EXPECT_EQ(chart.lines.front(), "memory [MB]");
  EXPECT_EQ(chart.points, 3U);
  EXPECT_NE(chart.lines[1].find("9 ┤"), std::string::npos) << chart.text;
  EXPECT_NE(chart.text.find("0 ┤"), std::string::npos) << chart.text;
  EXPECT_NE(chart.lines.back().find("100 "), std::string::npos) << chart.text;
  EXPECT_NE(chart.lines.back().find(" clients "), std::string::npos) << chart.text;
  EXPECT_TRUE(chart.lines.back().ends_with(" 300")) << chart.text;
}

TEST(chart, of_one_point_shows_it) {
  const Drawn chart = drawn({5}, {7});
  EXPECT_EQ(chart.points, 1U);
  EXPECT_EQ(row_of_point(chart), 1U) << chart.text;
}

TEST(chart, of_nothing_but_zeros_lies_on_the_ground) {
  const Drawn chart = drawn({1, 2, 3}, {0, 0, 0});
  EXPECT_EQ(chart.points, 3U);
  EXPECT_NE(chart.lines[row_of_point(chart)].find("0 ┤•"), std::string::npos) << chart.text;
  EXPECT_LE(width(chart.lines[1]), 60U) << chart.lines[1];
}

TEST(chart, of_a_constant_is_a_level_line) {
  const Drawn chart = drawn({1, 2, 3, 4}, {8, 8, 8, 8});
  EXPECT_EQ(chart.points, 4U);
  const auto with_points = std::count_if(chart.lines.begin(), chart.lines.end(),
                                         [](const std::string& line) { return line.find("•") != std::string::npos; });
  EXPECT_EQ(with_points, 1) << chart.text;
}

TEST(chart, of_one_x_stands_in_one_column) { EXPECT_EQ(drawn({5, 5, 5}, {0, 4, 9}).points, 3U); }

TEST(chart, needs_no_order_and_shows_equal_points_once) {
  EXPECT_EQ(drawn({3, 1, 2}, {9, 1, 4}).text, drawn({1, 2, 3}, {1, 4, 9}).text);
  EXPECT_EQ(drawn({1, 2, 2}, {1, 4, 4}).points, 2U);
}

TEST(chart, keeps_to_its_width_without_blanks_at_line_ends) {
  std::vector<double> x, y;
  for (int i = 0; i < 500; ++i) x.push_back(i), y.push_back(i * 1234.5);
  for (const std::size_t columns : {40U, 60U, 80U, 200U})
    for (const std::string& line : drawn(x, y, columns).lines) {
      EXPECT_LE(width(line), columns) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  EXPECT_EQ(drawn(x, y, 0).lines.size(), drawn(x, y, 80).lines.size());
}

TEST(chart, holds_large_and_small_numbers) {
  for (const double scale : {1e-6, 1e-3, 1.0, 1e6, 1e12}) EXPECT_EQ(drawn({0, 1}, {0, scale}).points, 2U) << scale;
}

// Five points at 0 to 4, the third in the middle of the width; the largest residual at the top, the smallest at the
// bottom, on a line at 0.
TEST(residual_plot, has_its_points_about_a_line_at_0) {
  const std::vector<double> x = {0, 1, 2, 3, 4}, residuals = {1, 0, -2, 2, 0};
  const std::vector<std::size_t> marked = {3};
  const std::string plot = residual_plot("title", "size", x, residuals, marked, 27);
  const auto lines = split(plot, '\n');
  EXPECT_EQ(lines[0], "title");
  EXPECT_EQ(lines[1], " +2 ┤              ×");
  EXPECT_EQ(lines[4], "    │•");
  EXPECT_EQ(lines[7], "  0 ┤─────•─────────────•");
  EXPECT_EQ(lines[13], " -2 ┤          •");
  EXPECT_EQ(lines[14], "    └────────────────────");
}

TEST(residual_plot, of_exact_points_is_the_line) {
  const std::vector<double> x = {1, 2, 3}, residuals = {0, 0, 0};
  const std::string plot = residual_plot("t", "x", x, residuals, {}, 80);
  for (const std::string& line : split(plot, '\n')) EXPECT_LE(width(line), 80U);
  EXPECT_NE(plot.find("0 ┤•─"), std::string::npos);
}

}  // namespace
}  // namespace sizing
