// Lines as Linux 6.1 on a little-endian machine prints them: 0100007F is 127.0.0.1, 01BD is port 445.
#include "libsizing/host/socket_tables.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

const std::string tcp =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 00000000:01BD 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 100 1 0 100 0 0 10 0\n"
    "   1: 0100007F:01BD 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 101 1 0 20 4 30 10 -1\n"
    "   2: 0100007F:D431 0100007F:01BD 01 00000000:00000000 00:00000000 00000000  1000        0 102 1 0 20 4 30 10 -1\n"
    "   3: 0100007F:01BD 0100007F:D432 06 00000000:00000000 03:00001234 00000000     0        0 0 3 0\n";

TEST(socket_tables, tell_who_listens_from_who_is_connected) {
  const auto sockets = parse_internet_sockets(tcp, Transport::tcp, false);
  ASSERT_EQ(sockets.size(), 4U);
  EXPECT_EQ(sockets[0].state, SocketState::listening);
  EXPECT_EQ(sockets[0].address, "0.0.0.0");
  EXPECT_EQ(sockets[0].port, 445);
  EXPECT_EQ(sockets[0].inode, 100U);
  EXPECT_EQ(sockets[1].state, SocketState::established);
  EXPECT_EQ(sockets[1].address, "127.0.0.1");
  EXPECT_EQ(sockets[1].remote_port, 0xD431);
  EXPECT_EQ(sockets[2].port, 0xD431);
  EXPECT_EQ(sockets[3].state, SocketState::other) << "a connection that waits for its end";
}

TEST(socket_tables, have_addresses_of_version_6) {
  const auto sockets = parse_internet_sockets(
      "heading\n"
      "   0: 00000000000000000000000000000000:115F 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 7 1\n"
      "   1: 00000000000000000000000001000000:115F 00000000000000000000000001000000:8000 01 0:0 0:0 0 0 0 8 1\n"
      "   2: 0000000000000000FFFF00000100007F:115F 0000000000000000FFFF00000100007F:8001 01 0:0 0:0 0 0 0 9 1\n",
      Transport::tcp, true);
  ASSERT_EQ(sockets.size(), 3U);
  EXPECT_EQ(sockets[0].address, "::");
  EXPECT_EQ(sockets[0].port, 4447);
  EXPECT_EQ(sockets[1].address, "::1");
  EXPECT_EQ(sockets[2].address, "127.0.0.1") << "version 4 in version 6";
}

TEST(socket_tables, of_udp_are_bound_or_connected) {
  const auto sockets = parse_internet_sockets(
      "heading\n"
      "  1: 00000000:0045 00000000:0000 07 0:0 0:0 0 0 0 7 2 0 0\n"
      "  2: 0100007F:0045 0100007F:8000 01 0:0 0:0 0 0 0 8 2 0 0\n",
      Transport::udp, false);
  ASSERT_EQ(sockets.size(), 2U);
  EXPECT_EQ(sockets[0].state, SocketState::bound);
  EXPECT_EQ(sockets[0].port, 69);
  EXPECT_EQ(sockets[1].state, SocketState::established);
}

TEST(socket_tables, of_the_unix_domain_have_the_server_s_path_at_the_server_s_end) {
  const auto sockets = parse_unix_sockets(
      "Num       RefCount Protocol Flags    Type St Inode Path\n"
      "0000000000000000: 00000002 00000000 00010000 0001 01 20 /run/redis/redis server.sock\n"
      "0000000000000000: 00000003 00000000 00000000 0001 03 21 /run/redis/redis server.sock\n"
      "0000000000000000: 00000003 00000000 00000000 0001 03 22\n"
      "0000000000000000: 00000002 00000000 00000000 0002 01 23 /run/systemd/notify\n");
  ASSERT_EQ(sockets.size(), 2U);
  EXPECT_EQ(sockets[0].state, SocketState::listening);
  EXPECT_EQ(sockets[0].path, "/run/redis/redis server.sock");
  EXPECT_EQ(sockets[1].state, SocketState::established);
  EXPECT_EQ(sockets[1].inode, 21U);
}

TEST(socket_tables, pass_over_what_is_no_line) {
  for (std::size_t cut = 0; cut < tcp.size(); ++cut) {
    const auto sockets = parse_internet_sockets(tcp.substr(0, cut), Transport::tcp, false);
    EXPECT_LE(sockets.size(), 4U);
  }
  EXPECT_TRUE(parse_internet_sockets("h\n 0: 0100007F 0: 0A 0 0 0 0 0 7\n\n\n   \n", Transport::tcp, false).empty());
  EXPECT_TRUE(parse_unix_sockets("h\nx y z\n").empty());
}

TEST(socket_tables, say_which_tables_were_not_read) {
  const Scratch scratch;
  std::filesystem::create_directories(scratch.path("proc/net"));
  std::ofstream(scratch.path("proc/net/tcp")) << tcp;
  const Sockets sockets = read_sockets(open_root(scratch.folder.string()));
  EXPECT_EQ(sockets.internet.size(), 4U);
  ASSERT_EQ(sockets.unread.size(), 4U);
  EXPECT_EQ(sockets.unread[0], "/proc/net/tcp6: not there");
}

}  // namespace
}  // namespace sizing
