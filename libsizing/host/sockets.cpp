#include "libsizing/host/sockets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>

#include <arpa/inet.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr int listening = 0x0a, unconnected = 0x07;  // TCP_LISTEN of a tcp socket, TCP_CLOSE of a udp one

template <class Number>
std::optional<Number> number(std::string_view text, int base) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (std::string& word : split(line, ' '))
    if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// The kernel prints an address as words of 32 bits in the machine's byte order: 0100007F is 127.0.0.1.
using Bytes = std::array<unsigned char, 16>;

struct RawAddress {
  Bytes bytes{};
  std::size_t size = 0;  // 4 or 16
};

std::optional<RawAddress> address_of(std::string_view hex) {
  if (hex.size() != 8 && hex.size() != 32) return std::nullopt;
  RawAddress address;
  for (std::size_t at = 0; at < hex.size(); at += 8) {
    const auto word = number<std::uint32_t>(hex.substr(at, 8), 16);
    if (!word) return std::nullopt;
    std::memcpy(address.bytes.data() + address.size, &*word, 4);
    address.size += 4;
  }
  return address;
}

// 127.0.0.0/8 and ::1, also as an IPv4 address within IPv6 (::ffff:127.0.0.1).
Reach reach_of(const RawAddress& a) {
  const auto zero = [&](std::size_t from, std::size_t to) {
    return std::all_of(a.bytes.begin() + static_cast<long>(from), a.bytes.begin() + static_cast<long>(to),
                       [](unsigned char byte) { return byte == 0; });
  };
  if (zero(0, a.size)) return Reach::all_addresses;
  if (a.size == 4) return a.bytes[0] == 127 ? Reach::loopback : Reach::one_address;
  if (zero(0, 15) && a.bytes[15] == 1) return Reach::loopback;
  const bool mapped = zero(0, 10) && a.bytes[10] == 0xff && a.bytes[11] == 0xff;
  if (!mapped) return Reach::one_address;
  return a.bytes[12] == 127 ? Reach::loopback : zero(12, 16) ? Reach::all_addresses : Reach::one_address;
}

std::string text_of(const RawAddress& a) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(a.size == 4 ? AF_INET : AF_INET6, a.bytes.data(), text, sizeof text);
  return text;
}

// "  0: 0100007F:1950 00000000:0000 0A … uid timeout inode …"
std::optional<Listener> listener_of(const std::string& line, const std::string& protocol) {
  const auto words = words_of(line);
  if (words.size() < 10) return std::nullopt;
  const auto colon = words[1].rfind(':');
  if (colon == std::string::npos || words[1].size() - colon != 5) return std::nullopt;
  const auto address = address_of(std::string_view(words[1]).substr(0, colon));
  const auto port = number<int>(std::string_view(words[1]).substr(colon + 1), 16);
  const auto state = number<int>(words[3], 16);
  const auto inode = number<unsigned long long>(words[9], 10);
  if (!address || !port || !state || !inode || *state != (protocol == "tcp" ? listening : unconnected))
    return std::nullopt;
  return Listener{protocol, text_of(*address), *port, reach_of(*address), *inode, ""};
}

bool is_number(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
}

// The inode of the socket that an open file is, from its link "socket:[4711]".
std::optional<unsigned long long> socket_of(const std::filesystem::path& open_file) {
  std::error_code code;
  const std::string target = std::filesystem::read_symlink(open_file, code).string();
  if (code || !target.starts_with("socket:[") || !target.ends_with("]")) return std::nullopt;
  return number<unsigned long long>(std::string_view(target).substr(8, target.size() - 9), 10);
}

// The name of the process behind each socket, as far as it can be seen.
std::map<unsigned long long, std::string> owners(const Root& root) {
  std::map<unsigned long long, std::string> owner;
  for (const std::string& process : list_folder(root, "/proc")) {
    if (!is_number(process)) continue;
    const std::string folder = "/proc/" + process;
    std::string program;
    for (const std::string& file : list_folder(root, folder + "/fd")) {
      const auto inode = socket_of(path_below(root, folder + "/fd") + "/" + file);
      if (!inode) continue;
      if (program.empty()) program = trim(split(read_text(root, folder + "/comm").text, '\n')[0]);
      owner.emplace(*inode, program);
    }
  }
  return owner;
}

}  // namespace

std::vector<Listener> parse_sockets(std::string_view text, const std::string& protocol) {
  std::vector<Listener> listeners;
  for (const std::string& line : split(text, '\n'))
    if (auto listener = listener_of(line, protocol)) listeners.push_back(*listener);
  return listeners;
}

Fact<std::vector<Listener>> read_listeners(const Root& root) {
  std::vector<Listener> all;
  std::string problem;
  bool any = false;
  for (const char* table : {"tcp", "tcp6", "udp", "udp6"}) {
    const Reading file = read_text(root, std::string("/proc/net/") + table);
    any = any || file.ok();
    if (!file.ok() && problem.empty()) problem = std::string("/proc/net/") + table + ": " + file.problem;
    for (const Listener& listener : parse_sockets(file.text, std::string(table, 3))) all.push_back(listener);
  }
  if (!any) return unseen<std::vector<Listener>>(problem);
  const auto owner = owners(root);
  for (Listener& listener : all)
    if (const auto at = owner.find(listener.inode); at != owner.end()) listener.program = at->second;
  std::stable_sort(all.begin(), all.end(), [](const Listener& a, const Listener& b) { return a.port < b.port; });
  return seen(std::move(all));
}

}  // namespace sizing
