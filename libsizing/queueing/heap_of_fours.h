// The least of many times, one of which is replaced again and again: a heap with four children a node, `stride` numbers
// apart. Starts as equal times. Everything is in an unnamed namespace, for sources that are compiled for several
// instruction sets.
#pragma once

#include <cstddef>

namespace sizing {
namespace {

// Puts `time`, not below heap[0], in the place of the least, which is heap[0].
[[maybe_unused]] void replace_least(double* heap, std::size_t count, std::size_t stride, double time) {
  std::size_t at = 0;
  for (std::size_t child = 1; child < count; child = 4 * at + 1) {
    const std::size_t end = child + 4 < count ? child + 4 : count;
    std::size_t least = child;
    for (std::size_t c = child + 1; c < end; ++c)
      if (heap[c * stride] < heap[least * stride]) least = c;
    if (heap[least * stride] >= time) break;
    heap[at * stride] = heap[least * stride];
    at = least;
  }
  heap[at * stride] = time;
}

}  // namespace
}  // namespace sizing
