// Memory for results.
//
// A fresh page costs more than the values that are written to it: the system clears it and maps it. So large arrays are
// laid out on huge pages, and what Python has freed is kept for the next results, up to 256 MiB. Safe to use from
// several threads. Elsewhere than on Linux there is none of this.
#pragma once

#include <cstddef>

namespace sizing::python {

/// At least `bytes`, aligned to a cache line or better, with any content; null where the ordinary allocator serves
/// better (small arrays, no memory of this kind).
void* take_memory(std::size_t bytes);
void give_memory_back(void* memory);

}  // namespace sizing::python
