#include "python/memory.h"

#ifdef __linux__

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <sys/mman.h>
#include <unordered_map>
#include <vector>

namespace sizing::python {
namespace {

constexpr std::size_t huge_page = 2 << 20;    // from here on blocks are mapped, below allocated
constexpr std::size_t smallest = 4 << 10;     // smaller arrays cost less than this book-keeping
constexpr std::size_t most_kept = 256 << 20;  // bytes of freed memory
constexpr std::size_t most_blocks = 64;

struct Block {
  void* start = nullptr;
  std::size_t bytes = 0;
  void* mapped = nullptr;  // what the system gave, before the start was aligned; null where it was allocated
  std::size_t mapped_bytes = 0;
};

struct Memory {
  std::mutex mutex;
  std::unordered_map<void*, Block> used;  // by start
  std::vector<Block> kept;                // the longest kept first
  std::size_t kept_bytes = 0;
};

// Never destroyed: arrays may be freed after everything else.
Memory& memory() {
  static auto* all = new Memory;
  return *all;
}

Block new_block(std::size_t bytes) {
  Block block;
  block.bytes = bytes;
  if (bytes < huge_page) {
    constexpr std::size_t line = 64;
    block.start = std::aligned_alloc(line, (bytes + line - 1) / line * line);
    return block;
  }
  block.mapped_bytes = bytes + huge_page;
  block.mapped = mmap(nullptr, block.mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block.mapped == MAP_FAILED) return {};
  const auto address = reinterpret_cast<std::uintptr_t>(block.mapped);
  block.start = reinterpret_cast<void*>((address + huge_page - 1) / huge_page * huge_page);
  madvise(block.start, bytes / huge_page * huge_page, MADV_HUGEPAGE);  // the rest stays on small pages: no waste
  return block;
}

void free_block(const Block& block) {
  if (block.mapped)
    munmap(block.mapped, block.mapped_bytes);
  else
    std::free(block.start);
}

void free_kept(Memory& all, std::size_t until_bytes) {
  while (all.kept_bytes > until_bytes || all.kept.size() >= most_blocks) {
    const Block block = all.kept.front();
    all.kept.erase(all.kept.begin());
    all.kept_bytes -= block.bytes;
    free_block(block);
  }
}

}  // namespace

void* take_memory(std::size_t bytes) {
  if (bytes < smallest) return nullptr;
  Memory& all = memory();
  const std::lock_guard lock(all.mutex);
  all.kept.reserve(most_blocks);  // so that giving back needs no memory
  const auto fitting = std::find_if(all.kept.rbegin(), all.kept.rend(), [&](const Block& block) {
    return block.bytes >= bytes && block.bytes - bytes <= bytes / 8;
  });
  Block block;
  if (fitting != all.kept.rend()) {
    block = *fitting;
    all.kept.erase(std::next(fitting).base());
    all.kept_bytes -= block.bytes;
  } else {
    if (bytes >= huge_page) free_kept(all, 0);  // so that what is kept does not add to what is used
    block = new_block(bytes);
    if (!block.start) return nullptr;
  }
  all.used.emplace(block.start, block);
  return block.start;
}

void give_memory_back(void* start) {
  Memory& all = memory();
  const std::lock_guard lock(all.mutex);
  const auto at = all.used.find(start);
  const Block block = at->second;
  all.used.erase(at);
  if (block.bytes > most_kept) {
    free_block(block);
    return;
  }
  free_kept(all, most_kept - block.bytes);
  all.kept.push_back(block);
  all.kept_bytes += block.bytes;
}

}  // namespace sizing::python

#else

namespace sizing::python {

void* take_memory(std::size_t) { return nullptr; }
void give_memory_back(void*) {}

}  // namespace sizing::python

#endif
