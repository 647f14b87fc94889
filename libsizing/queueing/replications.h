// Work that is the same for every replication, spread over the machine's cores.
#pragma once

#include <cstddef>
#include <functional>

namespace sizing {

inline constexpr std::size_t most_replications = 100'000;

/// Calls work(first, count) for 0 <= first < all in steps of `at_once`, from as many threads as asked for (0: as many
/// as the machine has cores), each call from one of them. What a call throws, the first of all, is thrown here.
void for_replications(std::size_t all, std::size_t at_once, std::size_t threads,
                      const std::function<void(std::size_t first, std::size_t count)>& work);

}  // namespace sizing
