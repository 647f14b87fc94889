// What the kernel says of a machine in /proc and /sys: memory, processors, mounts, sockets.
#include <algorithm>
#include <cmath>

#include "libsizing/host/hardware.h"
#include "libsizing/host/sockets.h"
#include "libsizing/host/space.h"
#include "tests/fuzz/laws.h"

namespace {

void hold_sockets(std::string_view text, const std::string& protocol) {
  using sizing::fuzz::hold;
  constexpr int most_port = 65535;
  for (const sizing::Listener& listener : sizing::parse_sockets(text, protocol)) {
    hold(listener.protocol == protocol && !listener.address.empty(), "a socket has its protocol and an address");
    hold(listener.port >= 0 && listener.port <= most_port, "a port is one");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  using fuzz::hold;
  const std::string_view text = fuzz::text_of(data, size);
  hold(std::isfinite(parse_meminfo(text).value_or(0)) && parse_meminfo(text).value_or(0) >= 0, "memory is an amount");
  hold(parse_processor_list(text).value_or(1) > 0, "a list of processors has one");
  const CpuInfo processors = parse_cpuinfo(text);
  hold(processors.processors >= 0 && processors.cores >= 0, "processors are counted");
  const std::vector<std::string> mounts = parse_mounts(text);
  hold(std::is_sorted(mounts.begin(), mounts.end()), "mounts are sorted");
  hold_sockets(text, "tcp");
  hold_sockets(text, "udp");
  return 0;
}
