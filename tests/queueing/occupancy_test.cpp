#include "libsizing/queueing/occupancy.h"

#include <chrono>
#include <cmath>
#include <random>

#include <boost/math/distributions/poisson.hpp>
#include <gtest/gtest.h>

#include "tests/queueing/distributions.h"
#include "tests/queueing/shapes.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Kind = ArrivalShape::Kind;
using Time = Distribution::Kind;

double present(const Arrivals& a, const Distribution& length, double t) {
  const std::vector<Sessions> one = {{a, length}};
  return mean_present(occupancy(one), t);
}

// The jumps and bends of a piecewise linear density (per window): where, by how much its value and its slope change.
struct Bend {
  double at, jump, slope;
};

std::vector<Bend> bends(const ArrivalShape& shape) {
  if (shape.kind == Kind::uniform) return {{0, 1, 0}, {1, -1, 0}};
  if (shape.kind == Kind::triangular) {
    const double p = shape.peak;
    if (p == 0) return {{0, 2, -2}, {1, 0, 2}};
    if (p == 1) return {{0, 0, 2}, {1, -2, -2}};
    return {{0, 0, 2 / p}, {p, 0, -2 / p - 2 / (1 - p)}, {1, 0, 2 / (1 - p)}};
  }
  std::vector<Bend> all;
  double sum = 0, before = 0;
  for (const double step : shape.steps) sum += step;
  const auto n = static_cast<double>(shape.steps.size());
  for (std::size_t i = 0; i <= shape.steps.size(); ++i) {
    const double now = i < shape.steps.size() ? shape.steps[i] / sum * n : 0;
    all.push_back({static_cast<double>(i) / n, now - before, 0});
    before = now;
  }
  return all;
}

// Another way to the same number: each jump adds the integral of the survival since, each bend the integral of that.
double by_bends(const Arrivals& a, const Distribution& length, double t) {
  double sum = 0;
  for (const Bend& b : bends(a.shape)) {
    const double since = t - a.start - b.at * a.window;
    sum += b.jump / a.window * survival_integral(length, since) +
           b.slope / a.window / a.window * survival_second_integral(length, since);
  }
  return a.clients * sum;
}

TEST(mean_present, is_the_sum_over_the_bends_of_the_density) {
  for (const Arrivals& a : some_arrivals(400, 50, 20)) {
    if (a.shape.kind == Kind::at_once || a.shape.kind == Kind::normal) continue;
    for (const double mean : {0.01, 1.0, 15.0, 100.0})
      for (const Distribution& length : every_distribution(mean))
        for (const double t : {50.001, 52.0, 55.0, 60.0, 69.9, 70.0, 71.0, 90.0}) {
          const double truth = by_bends(a, length, t);
          EXPECT_NEAR(present(a, length, t), truth, 1e-11 * (truth + 400 * std::min(1.0, mean / 20)))
              << name(length) << " of " << mean << " at " << t;
        }
  }
}

TEST(mean_present, is_the_survival_where_all_come_at_once) {
  for (const Distribution& length : every_distribution(3))
    for (const double t : {0.0, 1.0, 2.999, 7.0}) {
      EXPECT_DOUBLE_EQ(present({400, 0, 3600, {Kind::at_once, 0.5, {}}}, length, t), 400 * survival(length, t));
      EXPECT_DOUBLE_EQ(present({400, 0, 0, {Kind::normal, 0.5, {}}}, length, t), 400 * survival(length, t));
    }
}

// A bell of arrivals, exponential sessions: by completing the square.
TEST(mean_present, has_the_closed_form_of_a_bell_and_exponential_sessions) {
  const double window = 60, center = 30, deviation = 10;
  const auto below = [](double z) { return std::erfc(-z / std::sqrt(2)) / 2; };
  for (const double mean : {2.0, 10.0, 50.0, 1000.0})
    for (const double t : {1.0, 15.0, 30.0, 42.0, 60.0, 75.0}) {
      const double last = std::min(t, window), shift = deviation / mean;
      const double truth = std::exp(-(t - center) / mean + shift * shift / 2) *
                           (below((last - center) / deviation - shift) - below(-3 - shift)) /
                           (below(3.0) - below(-3.0));
      EXPECT_NEAR(present({1, 0, window, {Kind::normal, 0.5, {}}}, {Time::exponential, mean, 0}, t) / truth, 1, 1e-12);
    }
}

// Each client is there for its session: the area under the curve is clients × mean.
TEST(mean_present, has_the_area_of_all_sessions) {
  for (const Arrivals& a : some_arrivals(10, 0, 20))
    for (const Distribution& length : {Distribution{Time::erlang, 5, 3}, Distribution{Time::constant, 7, 0},
                                       Distribution{Time::hyperexponential, 2, 3}}) {
      const std::vector<Sessions> one = {{a, length}};
      const Occupancy all = occupancy(one);
      double area = 0;
      const double step = 0.04;
      for (double t = step / 2; t < 200; t += step) area += step * mean_present(all, t);
      EXPECT_NEAR(area, 10 * length.mean, 5e-3 * area);
    }
}

// Arrivals drawn by the inverse, sessions by theirs: counted, within five standard errors.
TEST(mean_present, agrees_with_counting) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform;
  for (const Arrivals& a : some_arrivals(1, 0, 10)) {
    const ArrivalCurve curve = arrival_curve(a);
    const int n = 100'000;
    std::vector<double> times = {0.5, 3, 7, 10, 12}, counted(times.size());
    for (int i = 0; i < n; ++i) {
      const double from = arrival_time(curve, uniform(random)), length = -4 * std::log1p(-uniform(random));
      for (std::size_t k = 0; k < times.size(); ++k) counted[k] += from <= times[k] && times[k] < from + length;
    }
    for (std::size_t k = 0; k < times.size(); ++k) {
      const double truth = present(a, {Time::exponential, 4, 0}, times[k]);
      EXPECT_NEAR(counted[k] / n, truth, 5 * std::sqrt(truth * (1 - truth) / n) + 1e-12);
    }
  }
}

// A window of a microsecond at eight in the morning is as good as all at once; no digit is lost long after it.
TEST(mean_present, keeps_its_digits_for_a_window_of_a_microsecond) {
  for (const Arrivals& a : some_arrivals(400, 28800, 1e-6))
    for (const Distribution& length : some_distributions(600)) {
      EXPECT_EQ(present(a, length, 28799.9), 0);
      if (length.kind == Time::lognormal && length.shape > 2) continue;  // many of its sessions end in microseconds
      for (const double after : {1.0, 550.0, 620.0, 3600.0}) {
        const double truth = 400 * survival(length, after);
        EXPECT_NEAR(present(a, length, 28800 + after), truth, 1e-5 * truth + 1e-12) << name(length) << after;
      }
    }
}

TEST(mean_present, is_never_more_than_all_nor_less_than_none) {
  std::mt19937 random(6);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  for (int i = 0; i < 300; ++i)
    for (const Arrivals& a : some_arrivals(10, between(-5, 5), std::pow(10, between(-6, 4))))
      for (const Distribution& length : {Distribution{Time::lognormal, std::pow(10, between(-6, 4)), 1.5},
                                         Distribution{Time::constant, std::pow(10, between(-6, 4)), 0}}) {
        const double m = present(a, length, a.start + std::pow(10, between(-7, 5)));
        EXPECT_GE(m, 0);
        EXPECT_LE(m, 10);
      }
}

TEST(mean_present, adds_up_and_answers_the_ends) {
  const Sessions one = {{100, 0, 10, {}}, {Time::exponential, 5, 0}}, other = {{50, 5, 1, {}}, {Time::constant, 2, 0}};
  const std::vector<Sessions> both = {one, other};
  EXPECT_DOUBLE_EQ(mean_present(occupancy(both), 6),
                   present(one.arrivals, one.length, 6) + present(other.arrivals, other.length, 6));
  EXPECT_EQ(mean_present(occupancy({}), 6), 0);
  EXPECT_EQ(present({0, 0, 10, {}}, {}, 6), 0);
  for (const Distribution& length : some_distributions(0)) EXPECT_EQ(present({5, 0, 10, {}}, length, 6), 0);
  EXPECT_EQ(present({5, 0, 10, {}}, {Time::exponential, 5e-324, 0}, 6), 0);
  const std::vector<Sessions> wrong = {{{1, 0, 1, {}}, {Time::exponential, -1, 0}}};
  EXPECT_EQ(refusal([&] { occupancy(wrong); }).place().key, "session");
}

// A group at its limit is there for certain; what is not in it adds its own mean.
TEST(present_at, keeps_a_group_within_its_limit) {
  const std::vector<Sessions> two = {{{100, 0, 10, {}}, {Time::constant, 1000, 0}, 0},
                                     {{50, 0, 100, {}}, {Time::constant, 1000, 0}, 1}};
  const Occupancy all = occupancy(two, {30});
  EXPECT_DOUBLE_EQ(present_at(all, 2).mean, 20 + 1);  // 10 and 0.5 come each second
  EXPECT_EQ(present_at(all, 2).certain, 0);
  EXPECT_EQ(present_at(all, 5).certain, 30);
  EXPECT_DOUBLE_EQ(present_at(all, 5).mean, 2.5);
  EXPECT_DOUBLE_EQ(mean_present(all, 100), 80);
  EXPECT_DOUBLE_EQ(busiest(all).mean, 80);
}

TEST(busiest, is_the_start_of_all_at_once) {
  const std::vector<Sessions> one = {{{400, 28800, 0, {}}, {Time::exponential, 60, 0}}};
  EXPECT_EQ(busiest(occupancy(one)).time, 28800);
  EXPECT_EQ(busiest(occupancy(one)).mean, 400);
}

// Uniform arrivals, constant sessions shorter than the window: rate × session, from one session after the start.
TEST(busiest, is_the_first_time_of_a_plateau) {
  const std::vector<Sessions> one = {{{3600, 100, 3600, {}}, {Time::constant, 90, 0}}};
  EXPECT_NEAR(busiest(occupancy(one)).mean, 90, 1e-10);
  EXPECT_NEAR(busiest(occupancy(one)).time, 190, 1e-6);
}

// A triangle and constant sessions of length d: the window of length d with most arrivals lies around the peak, from
// peak - d p to peak + d (1 - p); its mean is 1 - (1 - d)² of all, the window being 1.
TEST(busiest, finds_the_top_between_the_bends) {
  for (const double d : {0.01, 0.1, 0.5, 0.9}) {
    const std::vector<Sessions> one = {{{100, 7, 1, {Kind::triangular, 0.3, {}}}, {Time::constant, d, 0}}};
    const BusiestTime top = busiest(occupancy(one));
    EXPECT_NEAR(top.mean, 100 * (1 - (1 - d) * (1 - d)), 1e-9);
    EXPECT_NEAR(top.time, 7 + 0.3 + d * 0.7, 1e-4);
  }
}

TEST(busiest, is_above_every_time_of_random_days) {
  std::mt19937 random(7);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  for (int i = 0; i < 6; ++i) {
    std::vector<Sessions> day;
    for (const Arrivals& a : some_arrivals(10, between(0, 100), std::pow(10, between(-3, 3))))
      day.push_back({a, every_distribution(std::pow(10, between(-2, 3)))[random() % 15]});
    const Occupancy all = occupancy(day);
    const BusiestTime top = busiest(all);
    EXPECT_DOUBLE_EQ(mean_present(all, top.time), top.mean);
    for (int k = 0; k < 1000; ++k) EXPECT_LE(mean_present(all, between(0, 1000)), top.mean * (1 + 1e-7));
  }
}

TEST(busiest, answers_nobody) {
  EXPECT_EQ(busiest(occupancy({})).mean, 0);
  const std::vector<Sessions> none = {{{0, 0, 10, {}}, {}}};
  EXPECT_EQ(busiest(occupancy(none)).mean, 0);
}

TEST(busiest, of_a_day_by_the_minute_is_quick) {
  const auto start = std::chrono::steady_clock::now();
  ArrivalShape day{Kind::histogram, 0.5, {}};
  std::mt19937 random(8);
  for (int i = 0; i < 1440; ++i) day.steps.push_back(static_cast<double>(random() % 100));
  const std::vector<Sessions> one = {{{1000, 0, 86400, day}, {Time::erlang, 1800, 4}}};
  EXPECT_GT(busiest(occupancy(one)).mean, 1000 * 1800 / 86400.0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(most_present, is_the_quantile_of_poisson) {
  for (const double mean : {0.001, 0.5, 3.0, 47.3, 1000.0, 123456.7, 1e8})
    for (const double share : {0.5, 0.9, 0.99, 0.9999}) {
      const boost::math::poisson_distribution<> poisson(mean);
      const auto n = static_cast<double>(most_present(mean, 1e12, share));
      EXPECT_GE(cdf(poisson, n), share) << mean;
      if (n == 0) continue;
      EXPECT_LT(cdf(poisson, n - 1), share) << mean;
    }
  EXPECT_EQ(most_present(100, 1e6),
            124);  // by SciPy: P(X <= 124) = 0.9915, P(X <= 123) = 0.9888
}

TEST(most_present, is_never_more_than_all) {
  EXPECT_EQ(most_present(399, 400), 400);
  EXPECT_EQ(most_present(400, 400), 400);
  EXPECT_EQ(most_present(0.3, 0.5), 1);
  EXPECT_EQ(most_present(0, 10), 0);
  EXPECT_EQ(refusal([] { most_present(1, 1, 1); }).place().key, "share");
  EXPECT_EQ(refusal([] { most_present(-1, 1); }).place().key, "mean");
  EXPECT_EQ(refusal([] { most_present(1e13, 1e13); }).place().key, "clients");
}

}  // namespace
}  // namespace sizing
