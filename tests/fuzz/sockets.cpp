// The kernel's tables of sockets; the same lines as those of each protocol.
#include "libsizing/host/listeners.h"
#include "tests/fuzz/laws.h"

namespace {

using namespace sizing;
using fuzz::hold;

bool is_address(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef.:") == std::string::npos;
}

void hold_sockets(const std::vector<InternetSocket>& sockets, Transport transport) {
  for (const InternetSocket& socket : sockets) {
    hold(socket.transport == transport, "a socket is of its table");
    hold(is_address(socket.address) && is_address(socket.remote_address), "both ends have an address");
  }
  const std::vector<Listener> listeners = listeners_of(sockets);
  hold(listeners.size() <= sockets.size(), "who listens is one of the sockets");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  for (const Transport transport : {Transport::tcp, Transport::udp})
    hold_sockets(parse_internet_sockets(text, transport, size % 2 == 0), transport);
  for (const UnixSocket& socket : parse_unix_sockets(text)) hold(!socket.path.empty(), "a socket has a path");
  return 0;
}
