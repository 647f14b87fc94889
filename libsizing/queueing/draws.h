// Random times of a distribution, a block at a time: each is the inverse of the cumulative distribution at a uniform
// number (Erlang: the sum of its phases; hyperexponential: one number chooses the branch, one the time).
#pragma once

#include "libsizing/queueing/fcfs.h"
#include "libsizing/queueing/streams.h"

namespace sizing {
namespace {

// A product of 16 uniform numbers is above 2^-848: one logarithm for up to 16 phases.
constexpr std::size_t phases_at_once = 16;

SIZING_LANES Doubles erlang_phases(Stream& stream, std::size_t phases) {
  Doubles sum{};
  while (phases > 0) {
    const std::size_t now = phases < phases_at_once ? phases : phases_at_once;
    Doubles product = uniform(stream);
    for (std::size_t i = 1; i < now; ++i) product *= uniform(stream);
    sum -= logarithm(product);
    phases -= now;
  }
  return sum;
}

// The first of parts that a share lies in, and where in it, from 0 to 1; `before` each part lies this share of all.
struct InPart {
  std::size_t part;
  double position;
};
SIZING_LANES InPart part_of(const double* before, std::size_t parts, double share) {
  std::size_t low = 1, high = parts;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (before[middle] < share)
      low = middle + 1;
    else
      high = middle;
  }
  const double from = before[low - 1], to = before[low];
  return {low - 1, to > from ? (share - from) / (to - from) : 0};
}

SIZING_LANES Doubles measured_time(const Drawing& d, Doubles share) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const InPart in = part_of(d.before, d.bins, share[lane]);
    share[lane] = (d.low[in.part] + in.position * d.width[in.part]) * d.mean;
  }
  return share;
}

template <class Draw>
SIZING_LANES void fill(Doubles* times, std::size_t count, Stream& kept, const Draw& draw) {
  Stream stream = kept;  // in registers
  for (std::size_t i = 0; i < count; ++i) times[i] = draw(stream);
  kept = stream;
}

[[maybe_unused]] void draw(const Drawing& drawing, Doubles* times, std::size_t count, Stream& stream) {
  const double mean = drawing.mean;
  switch (drawing.kind) {
    case Distribution::Kind::constant: return fill(times, count, stream, [=](Stream&) { return in_all(mean); });
    case Distribution::Kind::exponential:
      return fill(times, count, stream, [=](Stream& s) { return logarithm(uniform(s)) * -mean; });
    case Distribution::Kind::erlang: {
      const std::size_t phases = drawing.phases;
      const double phase = mean / static_cast<double>(phases);
      return fill(times, count, stream, [=](Stream& s) { return erlang_phases(s, phases) * phase; });
    }
    case Distribution::Kind::hyperexponential: {
      const TwoExponentials two = drawing.branches;
      return fill(times, count, stream, [=](Stream& s) {
        const Doubles branch = uniform(s) < two.first_probability ? in_all(-two.first_mean) : in_all(-two.second_mean);
        return logarithm(uniform(s)) * branch;
      });
    }
    case Distribution::Kind::lognormal: {
      const double mu = drawing.logarithm.mu, sigma = drawing.logarithm.sigma;
      return fill(times, count, stream,
                  [=](Stream& s) { return exponential_of(normal_quantile(uniform(s)) * sigma + mu); });
    }
    case Distribution::Kind::measured:
      return fill(times, count, stream, [&](Stream& s) { return measured_time(drawing, uniform(s)); });
  }
}

}  // namespace
}  // namespace sizing
