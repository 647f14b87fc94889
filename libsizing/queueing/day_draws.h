// Random numbers for one replication of a day, drawn in blocks by the loops of draws.h at the baseline's width: the
// lanes are streams of one replication here, so that a block is drawn in vectors and taken one by one.
#pragma once

#include <cmath>

#include "libsizing/queueing/arrivals.h"
#include "libsizing/queueing/draws.h"

namespace sizing {
namespace {

// What a stream is for; those of fcfs.h are 0 and 1.
enum class Purpose : std::uint64_t { arrivals = 16, core_time, other_time, pause, retry };
constexpr std::uint64_t purposes_of_a_class = 16;

[[maybe_unused]] Stream stream_for(std::uint64_t seed, std::size_t replication, std::size_t clients, Purpose purpose) {
  return stream_of(seed, replication * lanes,
                   static_cast<std::uint64_t>(purpose) + purposes_of_a_class * static_cast<std::uint64_t>(clients));
}

// Times of a distribution, one after the other.
class Times {
 public:
  Times(const Distribution& distribution, const Stream& stream) : drawing_(drawing_of(distribution)), stream_(stream) {}

  double next() {
    if (drawing_.kind == Distribution::Kind::constant) return drawing_.mean;
    if (taken_ == block_length * lanes) {
      draw(drawing_, block_, block_length, stream_);
      taken_ = 0;
    }
    const double time = block_[taken_ / lanes][taken_ % lanes];
    ++taken_;
    return time;
  }

 private:
  Drawing drawing_;
  Stream stream_;
  Doubles block_[block_length];
  std::size_t taken_ = block_length * lanes;
};

// The times at which clients come, in order, without keeping them: of n that are left the next one to come is the least
// of n independent ones, so that -log(1 - F(t)) grows by an exponential step of mean 1 / n (A. Rényi, On the theory of
// order statistics, 1953).
class SortedArrivals {
 public:
  SortedArrivals(const ArrivalCurve& curve, const Stream& stream)
      : curve_(&curve), left_(std::floor(curve.arrivals.clients)), steps_({}, stream) {}

  bool any() const { return left_ > 0; }

  double next() {
    hazard_ += steps_.next() / left_;
    left_ -= 1;
    return time_of(1 - exponential_of(in_all(-hazard_))[0]);
  }

 private:
  // The library's own inverse of the bell is made of functions that differ in their last digit between machines.
  double time_of(double share) const {
    const Arrivals& arrivals = curve_->arrivals;
    if (curve_->at_once || arrivals.shape.kind != ArrivalShape::Kind::normal) return arrival_time(*curve_, share);
    constexpr double within = 0.99730020393673981095;  // of a bell, three deviations to both sides
    static_assert(deviations_in_window == 6);
    const double z = normal_quantile(in_all((1 - within) / 2 + share * within))[0];
    return arrivals.start + arrivals.window * (0.5 + z / deviations_in_window);
  }

  const ArrivalCurve* curve_;
  double left_, hazard_ = 0;
  Times steps_;
};

}  // namespace
}  // namespace sizing
