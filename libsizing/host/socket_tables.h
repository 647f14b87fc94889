// The sockets of a machine, from the kernel's tables /proc/net/{tcp,tcp6,udp,udp6,unix}: who listens where, and which
// connections stand.
//
// On loopback a connection is two sockets, one of each end. Its end at the server has the port, or the path, that the
// server listens on. Whose a socket is, says its inode: `socket:[INODE]` in /proc/PID/fd.
// Source: proc(5), and net/ipv4/tcp_ipv4.c, net/unix/af_unix.c of the Linux kernel.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/root.h"

namespace sizing {

enum class Transport { tcp, udp };

/// `bound`: of UDP, which knows no connection: waits for packets from anybody.
enum class SocketState { listening, established, bound, other };

struct InternetSocket {
  Transport transport = Transport::tcp;
  bool version_6 = false;      // of the table it stands in; an address 4-in-6 is written as version 4
  std::string address;         // of this end: "127.0.0.1", "::1"; "0.0.0.0" and "::" are all addresses
  std::string remote_address;  // "0.0.0.0", "::" where there is none
  std::uint16_t port = 0, remote_port = 0;
  SocketState state = SocketState::other;
  std::uint64_t inode = 0;
};

/// Stream sockets with a path; a client's end has none and is left out.
struct UnixSocket {
  std::string path;  // "@…" is an abstract one
  SocketState state = SocketState::other;
  std::uint64_t inode = 0;
};

struct Sockets {
  std::vector<InternetSocket> internet;
  std::vector<UnixSocket> unix_domain;
  std::vector<std::string> unread;  // tables that could not be read, each with why: "/proc/net/tcp6: not there"
};

/// Reads the tables of the network name space that `folder` shows: "/proc/net", or "/proc/PID/net" of a process that
/// has one of its own, as in a container.
Sockets read_sockets(const Root& root, const std::string& folder = "/proc/net");

inline constexpr std::array<std::string_view, 4> internet_tables = {"tcp", "tcp6", "udp", "udp6"};

/// Of these tables alone; those that could not be read are added to `unread`.
std::vector<InternetSocket> read_internet_sockets(const Root& root, const std::string& folder,
                                                  std::vector<std::string>& unread);

/// The lines of one table behind its heading. A line that is none, as at the end of a cut copy, is passed over.
std::vector<InternetSocket> parse_internet_sockets(std::string_view text, Transport transport, bool version_6);
std::vector<UnixSocket> parse_unix_sockets(std::string_view text);

}  // namespace sizing
