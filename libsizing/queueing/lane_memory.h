// The arrays of a loop in lanes: one piece of memory of zeros, in which each array begins at a cache line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>

namespace sizing {

class LaneMemory {
 public:
  /// `for_each_array(take)` calls take(array, numbers) for each of the arrays, which are pointers to be set.
  template <class ForEachArray>
  explicit LaneMemory(const ForEachArray& for_each_array) {
    std::size_t bytes = 0;
    for_each_array([&](const auto* array, std::size_t numbers) { bytes += whole_lines(array, numbers); });
    start_ = static_cast<char*>(::operator new(bytes, cache_line));
    std::fill_n(start_, bytes, '\0');
    char* next = start_;
    for_each_array([&]<class Number>(Number*& array, std::size_t numbers) {
      array = reinterpret_cast<Number*>(next);
      next += whole_lines(array, numbers);
    });
  }
  ~LaneMemory() { ::operator delete(start_, cache_line); }
  LaneMemory(const LaneMemory&) = delete;
  LaneMemory& operator=(const LaneMemory&) = delete;

 private:
  static constexpr std::align_val_t cache_line{64};
  template <class Number>
  static std::size_t whole_lines(const Number*, std::size_t numbers) {
    return (numbers * sizeof(Number) + 63) / 64 * 64;
  }
  char* start_;
};

}  // namespace sizing
