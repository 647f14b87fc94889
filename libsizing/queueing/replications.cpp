#include "libsizing/queueing/replications.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace sizing {

void for_replications(std::size_t all, std::size_t at_once, std::size_t threads,
                      const std::function<void(std::size_t first, std::size_t count)>& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  std::exception_ptr thrown;
  const auto work_through = [&] {
    try {
      for (std::size_t first; (first = next.fetch_add(at_once)) < all;) work(first, std::min(at_once, all - first));
    } catch (...) {
      next = all;
      if (!failed.exchange(true)) thrown = std::current_exception();
    }
  };
  const std::size_t calls = (all + at_once - 1) / at_once;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> others;
    for (std::size_t t = std::min(threads > 0 ? threads : cores, calls); t > 1; --t) others.emplace_back(work_through);
    work_through();
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace sizing
