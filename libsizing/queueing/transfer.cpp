#include "libsizing/queueing/transfer.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Line {
  double bytes, speed, limit, slots;
};

// Of each of n in progress.
double speed_of_each(const Line& line, double n) { return std::min(line.limit, line.speed / std::max(1.0, n)); }

TransferAnswer all_at_once(const Line& line, double start, double clients) {
  const double together = std::min(clients, line.slots), batches = std::floor(clients / together);
  const double rest = clients - batches * together;
  const double full = line.bytes / speed_of_each(line, together);
  const double last = rest > 0 ? line.bytes / speed_of_each(line, rest) : full;
  const double waited = batches * (batches - 1) / 2 * together * full + rest * batches * full;
  return {together,
          clients - together,
          start + batches * full + (rest > 0 ? last : 0),
          std::min(full, last),
          (batches * together * full + rest * last) / clients,
          full,
          waited / clients,
          (rest > 0 ? batches : batches - 1) * full};
}

// The course of all transfers, in bundles of `size`.
class Course {
 public:
  Course(const Line& line, const ArrivalCurve& curve, std::int64_t bundles)
      : line_(line), size_(curve.arrivals.clients / static_cast<double>(bundles)), bundles_(bundles) {
    now_ = curve.arrivals.start;
    for (std::int64_t i = 0; i < bundles; ++i) {
      const double arrival = arrival_time(curve, (static_cast<double>(i) + 0.5) / static_cast<double>(bundles));
      end_those_before(arrival);
      advance(arrival);
      waiting_.push_back(arrival);
      begin_those_with_a_slot();
      answer_.most_waiting = std::max(answer_.most_waiting, size_ * static_cast<double>(waiting_.size()));
    }
    end_those_before(infinity);
  }

  TransferAnswer answer() const {
    TransferAnswer all = answer_;
    all.end = now_;
    all.mean_time /= static_cast<double>(bundles_);
    all.mean_wait /= static_cast<double>(bundles_);
    return all;
  }

 private:
  struct InProgress {
    double begin, received_at_end;  // by one that were in progress since the start
  };

  double in_progress() const { return size_ * static_cast<double>(active_.size()); }

  void advance(double to) {
    if (!active_.empty()) received_ += (to - now_) * speed_of_each(line_, in_progress());
    now_ = to;
  }

  void end_those_before(double time) {
    while (!active_.empty()) {
      const double left = std::max(0.0, active_.front().received_at_end - received_);
      const double end = now_ + left / speed_of_each(line_, in_progress());
      if (end > time) return;
      now_ = end;
      received_ = active_.front().received_at_end;
      count_time(end - active_.front().begin);
      active_.pop_front();
      begin_those_with_a_slot();
    }
    received_ = 0;  // nobody counts from before: no digits are lost over a long day
  }

  void begin_those_with_a_slot() {
    constexpr double rounding = 1e-9;
    while (!waiting_.empty() && (active_.empty() || in_progress() + size_ <= line_.slots * (1 + rounding))) {
      const double waited = now_ - waiting_.front();
      answer_.mean_wait += waited;
      answer_.longest_wait = std::max(answer_.longest_wait, waited);
      waiting_.pop_front();
      active_.push_back({now_, received_ + line_.bytes});
    }
    answer_.most_at_once = std::max(answer_.most_at_once, in_progress());
  }

  void count_time(double time) {
    answer_.shortest_time = ended_++ == 0 ? time : std::min(answer_.shortest_time, time);
    answer_.longest_time = std::max(answer_.longest_time, time);
    answer_.mean_time += time;
  }

  Line line_;
  double size_;
  std::int64_t bundles_, ended_ = 0;
  double now_ = 0, received_ = 0;
  std::deque<double> waiting_;  // times of arrival
  std::deque<InProgress> active_;
  TransferAnswer answer_;  // sums where it says mean, until all is done
};

}  // namespace

TransferAnswer transfer(const Transfers& transfers) {
  const ArrivalCurve curve = arrival_curve(transfers.arrivals);
  const double limit = not_negative(transfers.limit, "limit");
  const auto slots = static_cast<double>(count(transfers.slots, "slots"));
  const Line line = {not_negative(transfers.bytes, "bytes"), positive(transfers.line, "line"),
                     limit > 0 ? limit : infinity, slots > 0 ? slots : infinity};
  const double clients = curve.arrivals.clients;
  if (clients == 0) return {0, 0, curve.arrivals.start, 0, 0, 0, 0, 0};
  if (curve.at_once) return all_at_once(line, curve.arrivals.start, clients);
  const double single = std::min(std::ceil(clients), static_cast<double>(most_single_transfers));
  return Course(line, curve, static_cast<std::int64_t>(single)).answer();
}

}  // namespace sizing
