// Those who wait for a time, in the two ways that a simulation keeps them: in the order in which they were put there
// (Line), or by their times (Earliest). T has a member `at`. Memory grows with the most that ever were in.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace sizing {

template <class T>
class Line {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const T& first() const { return kept_[first_]; }
  void push(const T& last) {
    if (size_ == kept_.size()) grow();
    kept_[(first_ + size_++) & (kept_.size() - 1)] = last;
  }
  void pop() {
    first_ = (first_ + 1) & (kept_.size() - 1);
    --size_;
  }

 private:
  void grow() {
    std::vector<T> larger(kept_.empty() ? 16 : 2 * kept_.size());
    for (std::size_t i = 0; i < size_; ++i) larger[i] = kept_[(first_ + i) & (kept_.size() - 1)];
    kept_.swap(larger);
    first_ = 0;
  }
  std::vector<T> kept_;  // a power of two of them
  std::size_t first_ = 0, size_ = 0;
};

/// A heap with four children a node, all there: those beyond the last are later than any. The least of four is found
/// without a branch, since none could be foreseen.
template <class T>
class Earliest {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const T& first() const { return kept_[0]; }  // later than any where it is empty
  void push(const T& one) {
    if (size_ + 5 > kept_.size()) kept_.resize(2 * kept_.size(), later_than_any);
    std::size_t at = size_++;
    for (; at > 0 && one.at < kept_[(at - 1) / 4].at; at = (at - 1) / 4) kept_[at] = kept_[(at - 1) / 4];
    kept_[at] = one;
  }
  void pop() {
    const T last = kept_[--size_];
    kept_[size_] = later_than_any;
    if (size_ > 0) replace_first(last);
  }
  void replace_first(const T& one) {
    T* const kept = kept_.data();
    std::size_t at = 0;
    for (std::size_t child = 1; child < size_; child = 4 * at + 1) {
      const double a = kept[child].at, b = kept[child + 1].at, c = kept[child + 2].at, d = kept[child + 3].at;
      const std::size_t left = child + (b < a), right = child + 2 + (d < c);
      const double left_at = b < a ? b : a, right_at = d < c ? d : c;
      if (!(left_at < one.at || right_at < one.at)) break;
      const std::size_t least = left + (right - left) * (right_at < left_at);
      kept[at] = kept[least];
      at = least;
    }
    kept[at] = one;
  }

 private:
  static constexpr T later_than_any{std::numeric_limits<double>::infinity()};
  std::vector<T> kept_ = std::vector<T>(8, later_than_any);
  std::size_t size_ = 0;
};

}  // namespace sizing
