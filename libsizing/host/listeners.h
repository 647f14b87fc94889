// Who listens on which port: of the sockets of host/socket_tables.h those that wait, with the program of each.
//
// The tables can be read by everyone; the open files of another user's process only by root. An owner that cannot be
// seen is "".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"
#include "libsizing/host/socket_tables.h"

namespace sizing {

enum class Reach { loopback, all_addresses, one_address };

struct Listener {
  std::string protocol;  // "tcp" or "udp"
  std::string address;   // "0.0.0.0", "::1"
  int port = 0;
  Reach reach = Reach::all_addresses;
  std::uint64_t inode = 0;
  std::string program;  // the name of the process: "smbd"; "" where it cannot be seen
  friend bool operator==(const Listener&, const Listener&) = default;
};

/// The sockets that wait for connections (tcp) or are bound without a peer (udp), their programs not yet known.
std::vector<Listener> listeners_of(const std::vector<InternetSocket>& sockets);

/// All of this host, by port. Unseen where no table can be read.
Fact<std::vector<Listener>> read_listeners(const Root& root);

}  // namespace sizing
