// What the kernel says of a machine in /proc and /sys: memory, processors, mounts.
#include <algorithm>
#include <cmath>

#include "libsizing/host/hardware.h"
#include "libsizing/host/space.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  using fuzz::hold;
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto bytes = parse_meminfo(text)) hold(*bytes > 0 && std::isfinite(*bytes), "memory is an amount");
  hold(parse_processor_list(text).value_or(1) > 0, "a list of processors has one");
  const CpuInfo processors = parse_cpuinfo(text);
  hold(processors.processors >= 0 && processors.cores >= 0, "processors are counted");
  const std::vector<std::string> mounts = parse_mounts(text);
  hold(std::is_sorted(mounts.begin(), mounts.end()), "mounts are sorted");
  for (const std::string& folder : watched_mounts(mounts))
    hold(folder == "/" || std::binary_search(mounts.begin(), mounts.end(), folder), "what is watched is mounted");
  return 0;
}
