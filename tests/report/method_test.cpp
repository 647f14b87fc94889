// What the method says to recompute is what the program finds.
#include "libsizing/report/method.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "libsizing/plan/load.h"
#include "libsizing/queueing/erlang.h"
#include "libsizing/queueing/finite_source.h"

namespace sizing {
namespace {

std::string method_text() { return render(method_report("4.2", {}), Format::text, {false, 100'000}); }

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(method, peak_is_that_of_the_school_file) {
  const LoadAnswer load = ask_load(load_site("data/sites/school.toml"));
  const RoutinePeak& peak = load.servers[0].peaks[0];
  const DayCourse& course = load.servers[0].courses[0];
  const std::string text = method_text();
  EXPECT_TRUE(says(text, fmt::format("m = 152 × 0.310843 / 0.997300 = {:.2f}", peak.mean)));
  EXPECT_TRUE(says(text, fmt::format("m = 152 × 0.122725 / 0.997300 = {:.2f}", course.mean.at(94))));  // 07:50
  EXPECT_TRUE(says(text, fmt::format("so a plan takes {}.", peak.most)));
  EXPECT_NEAR(peak.time, 28'410, 1);
}

// By the digits that the method prints.
TEST(method, examples_are_right_by_hand) {
  EXPECT_NEAR(152 * (0.655422 - 0.344578) / 0.997300, 47.376, 0.001);
  EXPECT_NEAR(152 * (0.158655 - 0.035930) / 0.997300, 18.705, 0.001);
  EXPECT_NEAR(erlang_c(2, 3), 4.0 / 9, 1e-12);
  EXPECT_NEAR(erlang_b(2, 3), 4.0 / 19, 1e-12);
  EXPECT_NEAR(waiting(200, 0.01, 3).mean, 0.00444, 0.00001);
  const FiniteSourceAnswer two = finite_source({2, 1, 1, 1});
  EXPECT_NEAR(two.throughput, 0.8, 1e-12);
  EXPECT_NEAR(two.response, 1.5, 1e-12);
  EXPECT_TRUE(says(method_text(), "= 4800 s, all done after 19200 s, the last after 14400 s of waiting."));
}

}  // namespace
}  // namespace sizing
