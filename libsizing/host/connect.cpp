#include "libsizing/host/connect.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "libsizing/base/number.h"

namespace sizing {
namespace {

struct Endpoint4or6 {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Endpoint4or6 endpoint_of(const ConnectTarget& target) {
  Endpoint4or6 endpoint;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  const auto port = htons(static_cast<std::uint16_t>(target.port));
  if (inet_pton(AF_INET, target.address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = port;
    std::memcpy(&endpoint.storage, &v4, endpoint.size = sizeof v4);
  } else if (inet_pton(AF_INET6, target.address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = port;
    std::memcpy(&endpoint.storage, &v6, endpoint.size = sizeof v6);
  }
  return endpoint;
}

// A connection on its way: the socket, or -1 where its result is known.
int start(const ConnectTarget& target, ConnectResult& result) {
  const Endpoint4or6 endpoint = endpoint_of(target);
  if (endpoint.size == 0) return result.problem = "no address", -1;
  const int socket = ::socket(endpoint.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return result.problem = std::strerror(errno), -1;
  sockaddr address{};
  std::memcpy(&address, &endpoint.storage, sizeof address);
  const auto* to = static_cast<const sockaddr*>(static_cast<const void*>(&endpoint.storage));
  if (::connect(socket, to, endpoint.size) == 0) {
    result.connected = true;
  } else if (errno == EINPROGRESS) {
    return socket;
  } else {
    result.problem = std::strerror(errno);
  }
  ::close(socket);
  return -1;
}

void finish(pollfd& waiting, ConnectResult& result) {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(waiting.fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  result.connected = error == 0;
  if (error != 0) result.problem = std::strerror(error);
  ::close(waiting.fd);
  waiting.fd = -1;  // poll passes over it
}

}  // namespace

std::vector<ConnectResult> try_connections(const std::vector<ConnectTarget>& targets, int milliseconds) {
  using Clock = std::chrono::steady_clock;
  std::vector<ConnectResult> results(targets.size());
  std::vector<pollfd> waiting;
  for (std::size_t i = 0; i < targets.size(); ++i) waiting.push_back({start(targets[i], results[i]), POLLOUT, 0});
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  while (std::any_of(waiting.begin(), waiting.end(), [](const pollfd& p) { return p.fd >= 0; })) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0 || (::poll(waiting.data(), waiting.size(), static_cast<int>(left)) < 0 && errno != EINTR)) break;
    for (std::size_t i = 0; i < waiting.size(); ++i)
      if (waiting[i].fd >= 0 && waiting[i].revents != 0) finish(waiting[i], results[i]);
  }
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i].fd < 0) continue;
    results[i].problem = "no answer within " + rounded(milliseconds / 1000.0) + " s";
    ::close(waiting[i].fd);
  }
  return results;
}

}  // namespace sizing
