// The kernel's tables of sockets; the same lines as tcp and as udp.
#include <cstdlib>

#include "libsizing/host/sockets.h"
#include "tests/fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view text = fuzz::chars(data, size);
  for (const char* protocol : {"tcp", "udp"})
    for (const Listener& listener : parse_sockets(text, protocol)) {
      if (listener.port < 0 || listener.port > 65535 || listener.address.empty()) std::abort();
      if (listener.address.find_first_not_of("0123456789abcdef.:") != std::string::npos) std::abort();
    }
  return 0;
}
