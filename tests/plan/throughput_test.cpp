#include "libsizing/plan/throughput.h"

#include <gtest/gtest.h>

#include "libsizing/base/file.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

CalibrationRequest asking(const std::vector<std::string>& where = {}) {
  CalibrationRequest request;
  request.data = {"t.csv", "processors", "throughput", {}, "", ""};
  for (const std::string& condition : where) request.data.conditions.push_back(parse_condition(condition));
  return request;
}

std::string ray_tracer() { return read_file("data/measurements/ray_tracer.csv", 1 << 20); }

bool says(const ThroughputCalibration& c, const std::string& code) {
  return std::any_of(c.remarks.begin(), c.remarks.end(), [&](const Remark& r) { return r.code == code; });
}

// Numbers: tests/analysis/usl_test.cpp.
TEST(calibrate_throughput, names_the_peak) {
  const ThroughputCalibration c = calibrate_throughput(ray_tracer(), asking({"processors<=20"}));
  EXPECT_TRUE(contains(c.answer, "largest at 24.49 processors with 203.49")) << c.answer;
  EXPECT_TRUE(says(c, "peak_not_measured"));
  EXPECT_TRUE(c.usable);
}

TEST(calibrate_throughput, says_that_a_negative_coherency_is_held_at_0) {
  const ThroughputCalibration c = calibrate_throughput(ray_tracer(), asking());
  EXPECT_TRUE(says(c, "coherency_held_at_0"));
  EXPECT_TRUE(contains(c.remarks[0].text, "-0.000201")) << c.remarks[0].text;
  EXPECT_TRUE(contains(c.answer, "without a peak")) << c.answer;
}

TEST(calibrate_throughput, refuses_what_the_law_cannot_have) {
  const auto problem = [](const std::string& text) {
    return refusal([&] { calibrate_throughput(text, asking()); }).problem();
  };
  EXPECT_EQ(problem("processors,throughput\n1,1\n2,2\n3,3\n"), "too few points");
  EXPECT_EQ(problem("processors,throughput\n0,0\n1,1\n2,2\n3,3\n"), "numbers that the law cannot have");
  EXPECT_EQ(problem("processors,throughput\n1,0\n2,0\n3,0\n4,0\n"), "every throughput is 0");
  CalibrationRequest figure = asking();
  figure.slope_figure = "samba.base_memory";
  EXPECT_TRUE(contains(refusal([&] { calibrate_throughput(ray_tracer(), figure); }).problem(), "no figure"));
}

TEST(calibrate_throughput, answers_at_a_size_and_refuses_one_too_far_away) {
  CalibrationRequest request = asking({"processors<=20"});
  request.at = AskedSize{60, "--at"};
  EXPECT_FALSE(calibrate_throughput(ray_tracer(), request).prediction->refused.has_value());
  request.at->x = 61;
  EXPECT_TRUE(contains(refusal([&] { calibrate_throughput(ray_tracer(), request); }).problem(), "too far"));
}

TEST(is_throughput, is_a_rate_over_workers) {
  EXPECT_TRUE(is_throughput("workers", "throughput"));
  EXPECT_TRUE(is_throughput("opsiconfd_workers", "requests_per_s"));
  EXPECT_FALSE(is_throughput("workers", "pss_kib"));
  EXPECT_FALSE(is_throughput("connections", "throughput"));
}

}  // namespace
}  // namespace sizing
