// Addresses of the Internet Protocol, of both families, as text and by value; and ports.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sizing {

struct Address {
  int version = 4;                       // 4 or 6
  std::array<std::uint8_t, 16> bytes{};  // the first four of version 4
  friend bool operator==(const Address&, const Address&) = default;
};

/// "192.168.1.1", "fe80::1", "fe80::1%eth0" (the zone is left out); no brackets, no port, no short forms such as
/// "127.1". Nothing for anything else. An IPv4 address that is mapped into IPv6 (::ffff:127.0.0.1) is the IPv4 address.
std::optional<Address> parse_address(std::string_view text);

/// 127.0.0.0/8 and ::1.
bool is_loopback(const Address& address);

/// A port, "1" to "65535" in digits; nothing for anything else.
std::optional<int> parse_port(std::string_view text);

}  // namespace sizing
