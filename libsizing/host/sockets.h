// Who listens on which port: the kernel's tables /proc/net/{tcp,tcp6,udp,udp6}, and the owner by /proc/PID/fd.
//
// The tables can be read by everyone; the open files of another user's process only by root. An owner that cannot be
// seen is "".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"

namespace sizing {

enum class Reach { loopback, all_addresses, one_address };

struct Listener {
  std::string protocol;  // "tcp" or "udp"
  std::string address;   // "0.0.0.0", "::1"
  int port = 0;
  Reach reach = Reach::all_addresses;
  unsigned long long inode = 0;
  std::string program;  // the name of the process: "smbd"; "" where it cannot be seen
  friend bool operator==(const Listener&, const Listener&) = default;
};

/// The sockets that wait for connections (tcp) or are bound without a peer (udp); lines that are no entry are left out.
std::vector<Listener> parse_sockets(std::string_view text, const std::string& protocol);

/// All of this host, by port. Unseen where no table can be read.
Fact<std::vector<Listener>> read_listeners(const Root& root);

}  // namespace sizing
