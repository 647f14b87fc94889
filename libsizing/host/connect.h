// Trying whether a TCP connection can be made, without waiting long: many at once, all within a given time.
#pragma once

#include <string>
#include <vector>

namespace sizing {

struct ConnectTarget {
  std::string address;  // of IPv4 or IPv6, no name
  int port = 0;
};

struct ConnectResult {
  bool connected = false;
  std::string problem;  // "Connection refused", "no answer within 2 s"; "" where connected
};

inline constexpr int connect_milliseconds = 2000;

/// Starts all connections at once, waits until each has an answer or the time is over, sends nothing and closes them.
std::vector<ConnectResult> try_connections(const std::vector<ConnectTarget>& targets,
                                           int milliseconds = connect_milliseconds);

}  // namespace sizing
