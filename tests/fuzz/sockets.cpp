// The kernel's tables of sockets.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libsizing/host/socket_tables.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool version_6 : {false, true})
    for (const auto transport : {sizing::Transport::tcp, sizing::Transport::udp})
      for (const auto& socket : sizing::parse_internet_sockets(text, transport, version_6))
        if (socket.address.empty() || socket.transport != transport) std::abort();
  for (const auto& socket : sizing::parse_unix_sockets(text))
    if (socket.path.empty()) std::abort();
  return 0;
}
