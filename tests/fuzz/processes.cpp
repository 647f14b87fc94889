// What the kernel says of a process: stat, and the sizes of status, smaps_rollup and meminfo.
#include "libsizing/host/processes.h"

#include "libsizing/host/services.h"
#include "tests/fuzz/laws.h"

namespace {

// Reading the sizes again from what they say gives the same.
void check_sizes(std::string_view text) {
  const auto sizes = sizing::parse_sizes(text);
  std::string again;
  for (const auto& [name, kib] : sizes) {
    sizing::fuzz::hold(kib >= 0, "a size is not negative");
    if (kib > 1e15) return;  // not written in full below
    again += name + ":\t" + std::to_string(static_cast<std::uint64_t>(kib)) + " kB\n";
  }
  sizing::fuzz::hold(sizing::parse_sizes(again) == sizes, "written again, the same sizes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = sizing::fuzz::text_of(data, size);
  check_sizes(text);
  auto process = sizing::parse_stat(text);
  if (!process) return 0;
  process->arguments = {std::string(text)};
  for (const sizing::Service& service : sizing::services())
    sizing::fuzz::hold(!sizing::is_worker(*process, service) || !service.worker.empty(),
                       "a worker is of a service that has some");
  return 0;
}
