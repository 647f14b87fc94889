#include "libsizing/queueing/occupancy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/poisson.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/minima.hpp>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;
using Part = Occupancy::Part;

// Below this, P(S > u) adds nothing to the mean.
constexpr double nobody = 1e-19;

// A part of one standard deviation (of the logarithm: half of one) is smooth enough for ten points.
std::vector<double> phases_parts(const Distribution& d) {
  const double phases = d.kind == Kind::erlang ? d.shape : 1, deviation = d.mean / std::sqrt(phases);
  std::vector<double> edges = {0};
  double u = std::max(0.0, d.mean - 10 * deviation);
  if (u > 0) edges.push_back(u);
  while (survival(d, u) > nobody) edges.push_back(u += deviation);
  return edges;
}

std::vector<double> lognormal_parts(const Distribution& d) {
  const LogNormal log = log_normal(d);
  const double step = std::min(0.5, 0.7 / log.sigma), last = log.sigma + 9;
  std::vector<double> edges = {0};
  for (double z = -9; z < last + step; z += step) edges.push_back(std::exp(log.mu + log.sigma * z));
  return edges;
}

// Between them P(S > u) is a line.
std::vector<double> measured_parts(const Distribution& d) {
  std::vector<double> edges = {0};
  const auto add = [&](double edge) {
    if (edge > edges.back()) edges.push_back(edge);
  };
  for (std::size_t i = 0; i < d.measured->low.size(); ++i) {
    add(d.measured->low[i] * d.mean);
    add((d.measured->low[i] + d.measured->width[i]) * d.mean);
  }
  return edges;
}

std::vector<double> length_parts(const Distribution& d) {
  if (d.mean < std::numeric_limits<double>::min()) return {};
  if (d.kind == Kind::constant) return {0, d.mean};
  if (d.kind == Kind::measured) return measured_parts(d);
  return d.kind == Kind::lognormal ? lognormal_parts(d) : phases_parts(d);
}

// Where steps and lines of arrivals are much shorter than sessions: an eighth of a part (lognormal ones differ in
// width, and measured ones are lines).
double narrow(const ArrivalCurve& curve, const std::vector<double>& length_parts, const Distribution& length) {
  if (curve.arrivals.shape.kind == ArrivalShape::Kind::normal || length.kind == Kind::lognormal) return 0;
  if (length.kind == Kind::measured) return length_parts.back();
  return length_parts.size() < 2 ? 0 : (length_parts.back() - length_parts[length_parts.size() - 2]) / 8;
}

void add_part(Occupancy& all, const ArrivalCurve& curve, const Distribution& length, double share, std::size_t group) {
  const std::vector<double> parts = length_parts(length);
  all.parts.push_back({curve, length, share, smooth_parts(curve), parts, narrow(curve, parts, length), group});
}

void add_sessions(Occupancy& all, const Sessions& sessions) {
  const ArrivalCurve curve = arrival_curve(sessions.arrivals);
  not_negative(sessions.length.mean, "session");
  all.clients += sessions.arrivals.clients;
  if (sessions.length.kind != Kind::hyperexponential) return add_part(all, curve, sessions.length, 1, sessions.group);
  const TwoExponentials two = two_exponentials(sessions.length);
  const double second = two.second_mean > 0 ? sessions.length.mean / (2 * two.second_mean) : 0;
  add_part(all, curve, {Kind::exponential, two.first_mean, 0}, two.first_probability, sessions.group);
  add_part(all, curve, {Kind::exponential, two.second_mean, 0}, second, sessions.group);
}

// What lies between `low` and `high` of `edges` and of `away` - (other edges), in order, with both ends.
std::vector<double> merged(const std::vector<double>& edges, const std::vector<double>& others, double away, double low,
                           double high) {
  std::vector<double> all = {low, high};
  const auto inside = [&](double x) { return x > low && x < high; };
  std::copy_if(edges.begin(), edges.end(), std::back_inserter(all), inside);
  for (const double other : others)
    if (inside(away - other)) all.push_back(away - other);
  std::sort(all.begin(), all.end());
  return all;
}

template <class Integrand>
double over_parts(const std::vector<double>& edges, double narrow, Integrand integrand) {
  using boost::math::quadrature::gauss;
  double sum = 0;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const double from = edges[i - 1], to = edges[i];
    if (to > from)
      sum += to - from <= narrow ? gauss<double, 4>::integrate(integrand, from, to)
                                 : gauss<double, 10>::integrate(integrand, from, to);
  }
  return sum;
}

// Arrivals in the later half of the time since the start, by how long they have been there; those in the earlier half,
// by when they came: so the smaller of both numbers, the one that counts, is never a difference.
double present_of_late(const Part& p, double since) {
  const double low = std::max(0.0, since - p.curve.arrivals.window), high = std::min(since / 2, p.length_parts.back());
  if (low >= high) return 0;
  return over_parts(merged(p.length_parts, p.arrival_parts, since, low, high), p.narrow,
                    [&](double u) { return density(p.curve, since - u) * survival(p.length, u); });
}

double present_of_early(const Part& p, double since) {
  const double low = std::max(0.0, since - p.length_parts.back()), high = std::min(since / 2, p.curve.arrivals.window);
  if (low >= high) return 0;
  return over_parts(merged(p.arrival_parts, p.length_parts, since, low, high), p.narrow,
                    [&](double s) { return density(p.curve, s) * survival(p.length, since - s); });
}

double present(const Part& p, double t) {
  const double since = t - p.curve.arrivals.start;
  if (since < 0 || p.length_parts.empty() || p.curve.arrivals.clients == 0) return 0;
  const double share =
      p.curve.at_once ? survival(p.length, since) : present_of_late(p, since) + present_of_early(p, since);
  return p.curve.arrivals.clients * p.share * std::min(1.0, share);
}

// When those that came at a kink of the arrivals leave all at once, or begin to.
void add_ends(std::vector<double>& times, const Part& p) {
  constexpr std::size_t most = 10'000;
  if (p.arrival_parts.size() * p.length_parts.size() > most) return;
  for (const double edge : p.arrival_parts)
    for (const double length : p.length_parts) times.push_back(p.curve.arrivals.start + edge + length);
}

// Where a maximum may be: all kinks, and enough times between them. After the last arrival nothing grows.
std::vector<double> candidates(const Occupancy& all) {
  constexpr int of_window = 100, of_all = 300;
  std::vector<double> times;
  double first = INFINITY, last = -INFINITY;
  for (const Part& p : all.parts) {
    const Arrivals& a = p.curve.arrivals;
    const double window = p.curve.at_once ? 0 : a.window;
    first = std::min(first, a.start), last = std::max(last, a.start + window);
    for (int i = 0; i <= of_window; ++i) times.push_back(a.start + window * i / of_window);
    for (const double edge : p.arrival_parts) times.push_back(a.start + edge);
    if (p.length.kind == Kind::constant || p.length.kind == Kind::measured) add_ends(times, p);
  }
  for (int i = 0; i <= of_all; ++i) times.push_back(first + (last - first) * i / of_all);
  std::erase_if(times, [&](double t) { return t > last; });
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

void take_larger(BusiestTime& best, double time, double mean) {
  constexpr double same = 1 + 1e-12;  // a plateau is known by its first time
  if (mean > best.mean * same) best = {time, mean};
}

BusiestTime refined(const Occupancy& all, double low, double high) {
  const auto found =
      boost::math::tools::brent_find_minima([&](double t) { return -mean_present(all, t); }, low, high, 30);
  return {found.first, -found.second};
}

}  // namespace

Occupancy occupancy(std::span<const Sessions> sessions, std::vector<double> limits) {
  Occupancy all;
  all.limits = std::move(limits);
  for (const Sessions& one : sessions) add_sessions(all, one);
  return all;
}

Present present_at(const Occupancy& all, double t) {
  Present sum;
  for (auto part = all.parts.begin(); part != all.parts.end();) {
    const std::size_t group = part->group;
    double there = 0;
    for (; part != all.parts.end() && part->group == group; ++part) there += present(*part, t);
    const double limit = group < all.limits.size() ? all.limits[group] : INFINITY;
    there < limit ? sum.mean += there : sum.certain += limit;
  }
  return sum;
}

double mean_present(const Occupancy& occupancy, double t) {
  const Present there = present_at(occupancy, t);
  return there.certain + there.mean;
}

BusiestTime busiest(const Occupancy& occupancy) {
  constexpr double may_be_largest = 0.98;
  if (occupancy.parts.empty()) return {};
  const std::vector<double> times = candidates(occupancy);
  std::vector<double> means;
  for (const double t : times) means.push_back(mean_present(occupancy, t));
  BusiestTime best;
  for (std::size_t i = 0; i < times.size(); ++i) take_larger(best, times[i], means[i]);
  const double enough = may_be_largest * best.mean;
  for (std::size_t i = 1; i + 1 < times.size(); ++i)
    if (means[i] > enough && means[i] > means[i - 1] && means[i] > means[i + 1]) {
      const BusiestTime found = refined(occupancy, times[i - 1], times[i + 1]);
      take_larger(best, found.time, found.mean);
    }
  return best;
}

std::int64_t most_present(double mean, double clients, double share) {
  not_negative(mean, "mean");
  not_negative(clients, "clients");
  if (!(share >= 0 && share < 1))
    throw InputError({"", 0, 0, "share"}, "is out of range", exact(share), "0 to below 1");
  constexpr double largest = 1e12;
  if (mean > largest || clients > largest)
    throw InputError({"", 0, 0, "clients"}, "is out of range", exact(std::max(mean, clients)), "0 to 1e12");
  if (mean == 0) return 0;
  const double quantile = boost::math::quantile(boost::math::poisson_distribution<>(mean), share);
  return static_cast<std::int64_t>(std::min(std::ceil(quantile), std::ceil(clients)));
}

}  // namespace sizing
