// Only the loopback interface is connected to.
#include "libsizing/host/connect.h"

#include <chrono>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace sizing {
namespace {

// A socket on a free port of the loopback interface; closed it refuses.
struct Server {
  int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  int port = 0;

  Server() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* plain = static_cast<sockaddr*>(static_cast<void*>(&address));
    socklen_t size = sizeof address;
    if (::bind(socket, plain, size) == 0 && ::getsockname(socket, plain, &size) == 0) port = ntohs(address.sin_port);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { ::close(socket); }
};

TEST(try_connections, tells_who_answers_from_who_refuses) {
  const Server open, closed;
  ASSERT_EQ(::listen(open.socket, 4), 0);
  const auto results = try_connections(
      {{"127.0.0.1", open.port}, {"127.0.0.1", closed.port}, {"no address", 1}, {"127.0.0.1", open.port}});
  ASSERT_EQ(results.size(), 4U);
  EXPECT_TRUE(results[0].connected && results[3].connected);
  EXPECT_EQ(results[0].problem, "");
  EXPECT_FALSE(results[1].connected);
  EXPECT_EQ(results[1].problem, "Connection refused");
  EXPECT_EQ(results[2].problem, "no address");
  EXPECT_TRUE(try_connections({}).empty());
}

// A full queue of a listener that accepts nobody leaves further connections without an answer.
TEST(try_connections, does_not_wait_longer_than_it_may) {
  const Server full;
  ASSERT_EQ(::listen(full.socket, 0), 0);
  const std::vector<ConnectTarget> many(8, {"127.0.0.1", full.port});
  const auto begin = std::chrono::steady_clock::now();
  const auto results = try_connections(many, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  for (const ConnectResult& result : results)
    EXPECT_TRUE(result.connected || result.problem == "no answer within 0.2 s") << result.problem;
}

}  // namespace
}  // namespace sizing
