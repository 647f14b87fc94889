#include "libsizing/host/listeners.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

// Lines as the kernel prints them (Documentation/networking/proc_net_tcp.rst).
const std::string header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

std::string line(const std::string& address, const std::string& state,
                 const std::string& rest = "0        0 4711 1 0\n") {
  return "   0: " + address + " 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000     " + rest;
}

std::vector<Listener> of_table(const std::string& lines, Transport transport = Transport::tcp) {
  return listeners_of(parse_internet_sockets(header + lines, transport, false));
}

TEST(listeners_of, are_those_that_listen) {
  const auto found = of_table(line("0100007F:18EB", "0A") + line("00000000:115F", "0A") + line("0A01A8C0:01BD", "0A") +
                              line("0100007F:1F90", "01"));
  const std::vector<Listener> expected = {{"tcp", "127.0.0.1", 6379, Reach::loopback, 4711, ""},
                                          {"tcp", "0.0.0.0", 4447, Reach::all_addresses, 4711, ""},
                                          {"tcp", "192.168.1.10", 445, Reach::one_address, 4711, ""}};
  EXPECT_EQ(found, expected);
}

TEST(listeners_of, tell_the_reach_of_addresses_of_version_six) {
  const auto listener = [](const std::string& address) { return of_table(line(address + ":115F", "0A")).at(0); };
  EXPECT_EQ(listener("00000000000000000000000000000000").address, "::");
  EXPECT_EQ(listener("00000000000000000000000000000000").reach, Reach::all_addresses);
  EXPECT_EQ(listener("00000000000000000000000001000000").address, "::1");
  EXPECT_EQ(listener("00000000000000000000000001000000").reach, Reach::loopback);
  EXPECT_EQ(listener("0000000000000000FFFF00000100007F").reach, Reach::loopback);
  EXPECT_EQ(listener("0000000000000000FFFF000000000000").reach, Reach::all_addresses);
  EXPECT_EQ(listener("0000000000000000FFFF00000A01A8C0").address, "192.168.1.10") << "version 4 in version 6";
  EXPECT_EQ(listener("000080FE000000000000000001000000").reach, Reach::one_address);
}

TEST(listeners_of, takes_unconnected_ones_of_udp) {
  EXPECT_EQ(of_table(line("00000000:0045", "07"), Transport::udp).size(), 1U);
  EXPECT_EQ(of_table(line("00000000:0045", "07"), Transport::udp).at(0).protocol, "udp");
  EXPECT_TRUE(of_table(line("00000000:0045", "01"), Transport::udp).empty());
  EXPECT_TRUE(of_table(line("00000000:0045", "07")).empty());
}

TEST(listeners_of, passes_over_lines_that_are_no_entry) {
  for (const std::string& text : {std::string(), line("0000000:0045", "0A"), line("00000000:45", "0A"),
                                  line("00000000:004G", "0A"), line("00000000", "0A"), line("00000000:0045", "XY"),
                                  line("00000000:0045", "0A", "0 0 x 1\n"), line("00000000:0045", "0A").substr(0, 60)})
    EXPECT_TRUE(of_table(text).empty()) << text;
}

TEST(read_listeners, names_the_owner_where_it_can_be_seen) {
  const auto found = read_listeners(open_root("tests/host/trees/debian-12"));
  ASSERT_TRUE(found.seen());
  EXPECT_EQ(found.value.front().port, 22);
  EXPECT_EQ(found.value.front().program, "sshd");
  EXPECT_EQ(found.value.back().port, 6379);
  EXPECT_EQ(found.value.back().program, "redis-server");
  for (const Listener& listener : read_listeners(open_root("tests/host/trees/ubuntu-20.04-broken")).value)
    EXPECT_EQ(listener.program, "");
}

TEST(read_listeners, says_why_there_are_none) {
  const Scratch empty;
  EXPECT_EQ(read_listeners(open_root(empty.folder.string())).unseen, "/proc/net/tcp: not there");
  EXPECT_TRUE(read_listeners({}).seen());
}

}  // namespace
}  // namespace sizing
