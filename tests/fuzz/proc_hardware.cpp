// /proc/meminfo, /proc/cpuinfo and the list of processors that are on.
#include <cstdlib>

#include "libsizing/host/hardware.h"
#include "tests/fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view text = fuzz::chars(data, size);
  if (const auto bytes = parse_meminfo(text); bytes && !(*bytes > 0 && *bytes < 1e19)) std::abort();
  const CpuInfo info = parse_cpuinfo(text);
  if (info.processors < 0 || info.cores < 0) std::abort();
  if (const auto count = parse_processor_list(text); count && *count < 1) std::abort();
  return 0;
}
