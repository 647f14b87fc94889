// What was measured as a distribution, and its exact integrals: those of a bin are polynomials, and those of all bins
// below a time are sums that are kept.
#include <algorithm>
#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/queueing/amounts.h"
#include "libsizing/queueing/distribution.h"

namespace sizing {
namespace {

struct Bin {
  double low, width, weight;
};

double first_moment(const Bin& b) { return b.low + b.width / 2; }
double second_moment(const Bin& b) { return b.low * (b.low + b.width) + b.width * b.width / 3; }

// Bins of any mean, with weights of any sum.
Distribution distribution_of(std::vector<Bin> bins, std::string_view key) {
  const Place place{"", 0, 0, std::string(key)};
  std::erase_if(bins, [](const Bin& b) { return b.weight == 0; });
  double weight = 0, mean = 0;
  for (const Bin& b : bins) weight += b.weight;
  for (const Bin& b : bins) mean += b.weight / weight * first_moment(b);
  if (!(weight > 0 && std::isfinite(weight) && std::isfinite(mean)))
    throw InputError(place, "what was measured has no mean", exact(mean), "times with weights, not all of them 0");
  auto measured = std::make_shared<MeasuredTimes>();
  const double scale = mean > 0 ? 1 / mean : 1;
  double before = 0, first = 0, second = 0;
  const auto mark = [&](double share) {
    measured->before.push_back(share);
    measured->first.push_back(first);
    measured->second.push_back(second);
  };
  for (const Bin& b : bins) {
    mark(before / weight);
    const Bin scaled{b.low * scale, b.width * scale, b.weight / weight};
    measured->low.push_back(scaled.low);
    measured->width.push_back(scaled.width);
    before += b.weight;
    first += scaled.weight * first_moment(scaled);
    second += scaled.weight * second_moment(scaled);
  }
  mark(1);
  measured->scv = std::max(0.0, second - 1);
  return {Distribution::Kind::measured, mean, 0, std::move(measured)};
}

void check_number(std::size_t bins, const Place& place) {
  if (bins == 0 || bins > most_bins_of_a_distribution)
    throw InputError(place, "no such number of times", std::to_string(bins),
                     "1 to " + std::to_string(most_bins_of_a_distribution));
}

}  // namespace

Distribution measured_distribution(std::span<const double> edges, std::span<const double> weights,
                                   std::string_view key) {
  const Place place{"", 0, 0, std::string(key)};
  check_number(weights.size(), place);
  if (edges.size() != weights.size() + 1)
    throw InputError(place, "no such number of edges", std::to_string(edges.size()),
                     std::to_string(weights.size() + 1) + ": one more than weights");
  std::vector<Bin> bins;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double low = not_negative(edges[i], key), high = not_negative(edges[i + 1], key);
    if (high < low) throw InputError(place, "edges are not in order", exact(high), "at least " + exact(low));
    bins.push_back({low, high - low, not_negative(weights[i], key)});
  }
  return distribution_of(std::move(bins), key);
}

Distribution measured_distribution(std::vector<double> values, std::string_view key) {
  check_number(values.size(), {"", 0, 0, std::string(key)});
  std::sort(values.begin(), values.end());
  std::vector<Bin> bins;
  for (const double value : values) {
    if (bins.empty() || value != bins.back().low) bins.push_back({not_negative(value, key), 0, 0});
    bins.back().weight += 1;
  }
  return distribution_of(std::move(bins), key);
}

MeasuredPart measured_part(const MeasuredTimes& m, double x) {
  const std::size_t bins = m.low.size();
  std::size_t i = 0, beyond = bins;  // the first bin that does not end by x
  while (i < beyond) {
    const std::size_t middle = (i + beyond) / 2;
    if (m.low[middle] + m.width[middle] <= x)
      i = middle + 1;
    else
      beyond = middle;
  }
  MeasuredPart below{m.before[i], m.first[i], m.second[i]};
  if (i == bins || x <= m.low[i]) return below;
  const double width = x - m.low[i];
  const Bin cut{m.low[i], width, (m.before[i + 1] - m.before[i]) * (width / m.width[i])};
  return {below.share + cut.weight, below.first + cut.weight * first_moment(cut),
          below.second + cut.weight * second_moment(cut)};
}

}  // namespace sizing
