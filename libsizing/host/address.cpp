#include "libsizing/host/address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace sizing {
namespace {

constexpr std::array<std::uint8_t, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

Address unmapped(const Address& address) {
  if (!std::equal(mapped.begin(), mapped.end(), address.bytes.begin())) return address;
  Address inner;
  std::copy(address.bytes.begin() + mapped.size(), address.bytes.end(), inner.bytes.begin());
  return inner;
}

// The name or number of an interface.
bool is_zone(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string plain(text.substr(0, text.find('%')));
  if (plain.find('\0') != std::string::npos) return std::nullopt;
  if (plain.size() < text.size() && !is_zone(text.substr(plain.size() + 1))) return std::nullopt;
  Address address;
  if (plain.size() == text.size() && inet_pton(AF_INET, plain.c_str(), address.bytes.data()) == 1) return address;
  address.version = 6;
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return unmapped(address);
  return std::nullopt;
}

bool is_loopback(const Address& address) {
  if (address.version == 4) return address.bytes[0] == 127;
  constexpr std::array<std::uint8_t, 16> loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return address.bytes == loopback;
}

std::optional<int> parse_port(std::string_view text) {
  constexpr std::size_t most_digits = 5;
  constexpr int most = 65535;
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  int port = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    port = 10 * port + (c - '0');
  }
  return port >= 1 && port <= most ? std::optional(port) : std::nullopt;
}

}  // namespace sizing
