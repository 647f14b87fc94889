#include "libsizing/host/listeners.h"

#include <algorithm>
#include <map>

#include "libsizing/host/processes.h"

namespace sizing {
namespace {

Reach reach_of(const std::string& address) {
  if (address == "0.0.0.0" || address == "::") return Reach::all_addresses;
  return address.starts_with("127.") || address == "::1" ? Reach::loopback : Reach::one_address;
}

// The name of the process behind each socket, as far as it can be seen.
std::map<std::uint64_t, std::string> owners(const Root& root) {
  std::map<std::uint64_t, std::string> owner;
  for (const Process& process : read_processes(root))
    if (const auto descriptors = read_descriptors(root, process))
      for (const std::uint64_t inode : descriptors->sockets) owner.emplace(inode, process.command);
  return owner;
}

}  // namespace

std::vector<Listener> listeners_of(const std::vector<InternetSocket>& sockets) {
  std::vector<Listener> listeners;
  for (const InternetSocket& s : sockets)
    if (s.state == SocketState::listening || s.state == SocketState::bound)
      listeners.push_back(
          {s.transport == Transport::tcp ? "tcp" : "udp", s.address, s.port, reach_of(s.address), s.inode, ""});
  return listeners;
}

Fact<std::vector<Listener>> read_listeners(const Root& root) {
  std::vector<std::string> unread;
  std::vector<Listener> all = listeners_of(read_internet_sockets(root, "/proc/net", unread));
  if (unread.size() == internet_tables.size()) return unseen<std::vector<Listener>>(unread.front());
  const auto owner = owners(root);
  for (Listener& listener : all)
    if (const auto at = owner.find(listener.inode); at != owner.end()) listener.program = at->second;
  std::stable_sort(all.begin(), all.end(), [](const Listener& a, const Listener& b) { return a.port < b.port; });
  return seen(std::move(all));
}

}  // namespace sizing
