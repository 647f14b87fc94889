#include "libsizing/base/network.h"

#include <array>

#include <arpa/inet.h>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

constexpr char allowed[] = "an IPv4 or IPv6 address or network, such as 10.1.0.0/16 or fd00::/8";

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  // 32 or 128

  int family() const { return bits == 32 ? AF_INET : AF_INET6; }
  std::string text() const {
    char buffer[INET6_ADDRSTRLEN] = "";
    ::inet_ntop(family(), bytes.data(), buffer, sizeof buffer);
    return buffer;
  }
};

Address parse_address(const std::string& text, std::string_view whole) {
  Address address;
  for (const int bits : {32, 128}) {
    address.bits = bits;
    // inet_pton stops at the end of a C string: what stands behind a 0 byte is not an address.
    if (text.find('\0') == std::string::npos && ::inet_pton(address.family(), text.c_str(), address.bytes.data()) == 1)
      return address;
  }
  throw InputError({}, "not an address", whole, allowed);
}

int parse_prefix(std::string_view text, int most, std::string_view whole) {
  int prefix = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 3) throw InputError({}, "not a prefix length", whole, allowed);
    prefix = prefix * 10 + (c - '0');
  }
  if (text.empty() || prefix > most)
    throw InputError({}, "not a prefix length", whole, "0 to " + std::to_string(most) + " behind the slash");
  return prefix;
}

// The address with every bit behind the prefix cleared.
Address masked(Address address, int prefix) {
  for (int bit = prefix; bit < address.bits; ++bit) {
    unsigned char& byte = address.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<unsigned char>(byte & ~(0x80U >> (bit % 8)));
  }
  return address;
}

}  // namespace

Network parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const Address address = parse_address(std::string(text.substr(0, slash)), text);
  if (slash == std::string_view::npos) return {address.text(), address.bits == 128};
  const int prefix = parse_prefix(text.substr(slash + 1), address.bits, text);
  const std::string network = masked(address, prefix).text() + "/" + std::to_string(prefix);
  if (masked(address, prefix).bytes != address.bytes)
    throw InputError({}, "an address with bits behind its prefix is no network", text,
                     network + ", or the address alone");
  return {network, address.bits == 128};
}

std::vector<Network> parse_networks(const std::vector<std::string>& words, const std::string& key) {
  if (words.size() > most_networks)
    throw InputError({"", 0, 0, key}, "too many addresses", std::to_string(words.size()),
                     "at most " + std::to_string(most_networks) + "; name networks");
  std::vector<Network> networks;
  for (const std::string& word : words) {
    try {
      networks.push_back(parse_network(word));
    } catch (const InputError& error) {
      throw InputError({"", 0, 0, key}, error.problem(), error.found(), error.allowed());
    }
  }
  return networks;
}

}  // namespace sizing
