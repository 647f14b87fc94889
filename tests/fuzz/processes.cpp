// What the kernel says of a process: stat, and the sizes of status, smaps_rollup and meminfo.
#include "libsizing/host/processes.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "libsizing/host/services.h"

namespace {

// Reading the sizes again from what they say gives the same.
void check_sizes(std::string_view text) {
  const auto sizes = sizing::parse_sizes(text);
  std::string again;
  for (const auto& [name, kib] : sizes) {
    if (kib < 0) std::abort();
    if (kib > 1e15) return;  // not written in full below
    again += name + ":\t" + std::to_string(static_cast<std::uint64_t>(kib)) + " kB\n";
  }
  if (sizing::parse_sizes(again) != sizes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_sizes(text);
  auto process = sizing::parse_stat(text);
  if (!process) return 0;
  process->arguments = {std::string(text)};
  for (const sizing::Service& service : sizing::services())
    if (sizing::is_worker(*process, service) && service.worker.empty()) std::abort();
  return 0;
}
