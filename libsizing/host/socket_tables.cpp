#include "libsizing/host/socket_tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include <arpa/inet.h>

#include "libsizing/host/fields.h"

namespace sizing {
namespace {

template <class Visit>
void each_line_behind_the_heading(std::string_view text, Visit visit) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos && ++at < text.size();) {
    const std::size_t end = text.find('\n', at);
    visit(text.substr(at, end == std::string_view::npos ? end : end - at));
    at = end;
  }
}

// The kernel prints an address as 32-bit words of its memory; a copied tree is read as from a machine of the same byte
// order as this one.
std::optional<std::string> address_of(std::string_view hex) {
  std::array<std::uint32_t, 4> words{};
  if (hex.size() != 8 && hex.size() != 32) return std::nullopt;
  for (std::size_t w = 0; w < hex.size() / 8; ++w) {
    const auto word = whole_number<std::uint32_t>(hex.substr(8 * w, 8), 16);
    if (!word) return std::nullopt;
    words[w] = *word;
  }
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(hex.size() == 8 ? AF_INET : AF_INET6, words.data(), text, sizeof text);
  const std::string_view written = text;
  constexpr std::string_view four_in_six = "::ffff:";
  const bool is_four = written.starts_with(four_in_six) && written.find('.') != std::string_view::npos;
  return std::string(is_four ? written.substr(four_in_six.size()) : written);
}

struct End {
  std::string address;
  std::uint16_t port = 0;
};

std::optional<End> end_of(std::string_view word) {  // "0100007F:1538"
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || word.size() - colon != 5) return std::nullopt;
  const auto address = address_of(word.substr(0, colon));
  const auto port = whole_number<std::uint16_t>(word.substr(colon + 1), 16);
  if (!address || !port) return std::nullopt;
  return End{*address, *port};
}

// include/net/tcp_states.h; a UDP socket has the same words.
SocketState state_of(Transport transport, unsigned code) {
  constexpr unsigned established = 1, closed = 7, listening = 10;
  if (code == established) return SocketState::established;
  if (transport == Transport::tcp && code == listening) return SocketState::listening;
  if (transport == Transport::udp && code == closed) return SocketState::bound;
  return SocketState::other;
}

std::optional<InternetSocket> internet_socket(std::string_view line, Transport transport, bool version_6) {
  const auto fields = words(line);  // sl local remote st tx:rx tr:when retrnsmt uid timeout inode …
  if (fields.size() < 10) return std::nullopt;
  const auto here = end_of(fields[1]), there = end_of(fields[2]);
  const auto state = whole_number<unsigned>(fields[3], 16);
  const auto inode = whole_number<std::uint64_t>(fields[9], 10);
  if (!here || !there || !state || !inode) return std::nullopt;
  return InternetSocket{
      transport, version_6, here->address, there->address, here->port, there->port, state_of(transport, *state),
      *inode};
}

std::optional<UnixSocket> unix_socket(std::string_view line) {
  const auto fields = words(line);  // num refcount protocol flags type st inode path
  if (fields.size() < 8) return std::nullopt;
  const auto flags = whole_number<unsigned>(fields[3], 16), type = whole_number<unsigned>(fields[4], 16),
             state = whole_number<unsigned>(fields[5], 16);
  const auto inode = whole_number<std::uint64_t>(fields[6], 10);
  constexpr unsigned accepts = 0x10000, stream = 1, connected = 3;  // __SO_ACCEPTCON, SOCK_STREAM, SS_CONNECTED
  if (!flags || type != stream || !state || !inode) return std::nullopt;
  const std::string_view path = line.substr(static_cast<std::size_t>(fields[7].data() - line.data()));
  return UnixSocket{std::string(path),
                    (*flags & accepts) != 0 ? SocketState::listening
                    : state == connected    ? SocketState::established
                                            : SocketState::other,
                    *inode};
}

std::string text_of(const Root& root, const std::string& table, std::vector<std::string>& unread) {
  constexpr std::size_t most = 256 << 20;  // bytes; a million connections are some 150 MB
  Reading reading = read_text(root, table, most);
  if (!reading.ok()) unread.push_back(table + ": " + reading.problem);
  return std::move(reading.text);
}

}  // namespace

std::vector<InternetSocket> parse_internet_sockets(std::string_view text, Transport transport, bool version_6) {
  std::vector<InternetSocket> sockets;
  each_line_behind_the_heading(text, [&](std::string_view line) {
    if (auto socket = internet_socket(line, transport, version_6)) sockets.push_back(std::move(*socket));
  });
  return sockets;
}

std::vector<UnixSocket> parse_unix_sockets(std::string_view text) {
  std::vector<UnixSocket> sockets;
  each_line_behind_the_heading(text, [&](std::string_view line) {
    if (auto socket = unix_socket(line)) sockets.push_back(std::move(*socket));
  });
  return sockets;
}

std::vector<InternetSocket> read_internet_sockets(const Root& root, const std::string& folder,
                                                  std::vector<std::string>& unread) {
  std::vector<InternetSocket> sockets;
  for (const std::string_view table : internet_tables) {
    const Transport transport = table.starts_with("tcp") ? Transport::tcp : Transport::udp;
    const std::string text = text_of(root, folder + "/" + std::string(table), unread);
    auto found = parse_internet_sockets(text, transport, table.ends_with('6'));
    sockets.insert(sockets.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  return sockets;
}

Sockets read_sockets(const Root& root, const std::string& folder) {
  Sockets sockets;
  sockets.internet = read_internet_sockets(root, folder, sockets.unread);
  sockets.unix_domain = parse_unix_sockets(text_of(root, folder + "/unix", sockets.unread));
  return sockets;
}

}  // namespace sizing
