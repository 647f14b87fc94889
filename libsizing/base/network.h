// Addresses and networks of the internet protocols, as they stand in rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sizing {

struct Network {
  std::string text;  // as the system writes it: "10.0.0.0/8", "2001:db8::1"
  bool ipv6 = false;
  friend bool operator==(const Network&, const Network&) = default;
};

/// "192.168.1.5", "10.0.0.0/8", "fd00::/8". Throws InputError (without place) for names, for a prefix that is too long,
/// and for a network with bits behind its prefix, naming the network that is meant.
Network parse_network(std::string_view text);

inline constexpr std::size_t most_networks = 1000;  // of one list; more are better named as networks

/// A list of them. Throws InputError at `key`, for more than most_networks as well.
std::vector<Network> parse_networks(const std::vector<std::string>& words, const std::string& key);

}  // namespace sizing
