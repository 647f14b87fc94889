#include "libsizing/host/hosts_file.h"

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "tests/support/checks.h"

namespace sizing {
namespace {

using Words = std::vector<std::string>;

std::vector<Check> check(const std::string& text, const Words& addresses = {"192.168.1.1", "fe80::1"}) {
  return check_hosts(read_hosts(text), "server.domain.tld", addresses);
}

TEST(address, reads_both_families_by_value) {
  EXPECT_EQ(parse_address("::1"), parse_address("0:0:0:0:0:0:0:1"));
  EXPECT_EQ(parse_address("2001:DB8::a"), parse_address("2001:db8:0::A"));
  EXPECT_EQ(parse_address("::ffff:10.0.0.1"), parse_address("10.0.0.1"));
  EXPECT_EQ(parse_address("fe80::1%eth0"), parse_address("fe80::1"));
  EXPECT_NE(parse_address("10.0.0.1"), parse_address("10.0.0.2"));
  for (const char* text : {"", "127.1", "1.2.3.256", "1.2.3.4.5", "10.0.0.1%eth0", "[::1]", "1.2.3.4:80", "12345",
                           "::g", "fe80::1%", "fe80::1%e\x02"})
    EXPECT_FALSE(parse_address(text)) << text;
}

TEST(address, loopback_is_a_range_of_one_family_and_one_of_the_other) {
  for (const char* text : {"127.0.0.1", "127.0.1.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(is_loopback(*parse_address(text))) << text;
  for (const char* text : {"128.0.0.1", "10.127.0.1", "::2", "fe80::1"})
    EXPECT_FALSE(is_loopback(*parse_address(text))) << text;
}

TEST(port, is_a_number_from_1_to_65535) {
  EXPECT_EQ(parse_port("1"), 1);
  EXPECT_EQ(parse_port("65535"), 65535);
  for (const char* text : {"", "0", "65536", "+80", "-1", "80a", " 80", "100000000000"})
    EXPECT_FALSE(parse_port(text)) << text;
}

TEST(hosts, are_read_with_tabs_comments_and_columns) {
  const HostsFile hosts =
      read_hosts("# ä\r\n127.0.0.1\tlocalhost\r\n\n  192.168.1.1  server.domain.tld\tserver # the server\n");
  ASSERT_EQ(hosts.entries.size(), 2u);
  EXPECT_EQ(hosts.entries[0].names, Words{"localhost"});
  const HostsEntry& server = hosts.entries[1];
  EXPECT_EQ(server.line, 4);
  EXPECT_EQ(server.address, "192.168.1.1");
  EXPECT_EQ(server.names, (Words{"server.domain.tld", "server"}));
  EXPECT_EQ(server.address_column, 3);
  EXPECT_EQ(server.name_columns, (std::vector<int>{16, 34}));
}

// glibc's nss_files divides a line wherever isspace() holds, so a stray carriage return is no part of a name.
TEST(hosts, every_blank_divides_a_line) {
  const HostsFile hosts = read_hosts("192.168.1.1\vserver.domain.tld\fserver\r\r\r\n");
  ASSERT_EQ(hosts.entries.size(), 1u);
  EXPECT_EQ(hosts.entries[0].address, "192.168.1.1");
  EXPECT_EQ(hosts.entries[0].names, (Words{"server.domain.tld", "server"}));
}

TEST(hosts, lines_that_are_no_entry_are_reported) {
  const std::string text =
      "127.0.0.1 localhost\nserver 192.168.1.1\n 10.0.0.1 # no name\n192.168.1.1 server.domain.tld server\n";
  const HostsFile hosts = read_hosts(text);
  ASSERT_EQ(hosts.faults.size(), 2u);
  EXPECT_EQ(hosts.faults[0].line, 2);
  EXPECT_EQ(hosts.faults[1].line, 3);
  EXPECT_EQ(hosts.faults[1].column, 2);
  const auto rows = rows_of(check(text), "hosts.lines");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].place.line, 2);
  EXPECT_EQ(rows[0].place.file, "/etc/hosts");
}

// The requirements page: `getent hosts $(hostname -f)` should say this.
TEST(hosts, the_page_wants_this_entry) {
  const auto checks = check("192.168.1.1 server.domain.tld server\n");
  EXPECT_EQ(worst(checks), Verdict::pass);
  for (const char* id : {"hosts.entry", "hosts.loopback", "hosts.order", "hosts.contradiction", "hosts.interface"})
    EXPECT_EQ(rows_of(checks, id).size(), 1u) << id;
}

TEST(hosts, the_servers_name_is_on_no_loopback_address) {
  for (const char* address : {"127.0.0.1", "127.0.1.1", "::1"}) {
    const auto checks = check(std::string("127.0.0.2 localhost\n") + address + " server.domain.tld server\n");
    EXPECT_EQ(ids(checks, Verdict::fail), Words{"hosts.loopback"}) << address;
    const Check row = rows_of(checks, "hosts.loopback")[0];
    EXPECT_EQ(row.place.line, 2);
    EXPECT_EQ(row.place.column, 1);
    EXPECT_NE(row.advice.find("server.domain.tld server"), std::string::npos);
  }
}

TEST(hosts, the_full_name_stands_first) {
  const auto checks = check("192.168.1.1 server server.domain.tld\n");
  EXPECT_EQ(ids(checks, Verdict::fail), Words{"hosts.order"});
  EXPECT_EQ(rows_of(checks, "hosts.order")[0].place.column, 13);
  EXPECT_NE(rows_of(checks, "hosts.order")[0].advice.find("192.168.1.1 server.domain.tld server"), std::string::npos);
}

TEST(hosts, the_short_name_belongs_to_it) {
  EXPECT_EQ(ids(check("192.168.1.1 server.domain.tld\n"), Verdict::note), Words{"hosts.short_name"});
}

// Debian's installer writes 127.0.1.1 where an address is given by DHCP.
TEST(hosts, one_name_has_one_address_of_a_family) {
  const auto checks =
      check("127.0.1.1 server\n192.168.1.1 server.domain.tld server\nfe80::1 server.domain.tld server\n");
  EXPECT_EQ(ids(checks, Verdict::fail), Words{"hosts.contradiction"});
  const Check row = rows_of(checks, "hosts.contradiction")[0];
  EXPECT_EQ(row.place.line, 2);
  EXPECT_EQ(row.place.column, 31);
  EXPECT_EQ(row.place.key, "server");
}

TEST(hosts, other_names_with_two_addresses_are_a_warning) {
  const auto checks = check("192.168.1.1 server.domain.tld server\n10.0.0.1 a\n10.0.0.2 A\n::1 a\n10.0.0.1 a\n");
  EXPECT_EQ(ids(checks, Verdict::warning), Words{"hosts.contradiction"});
  EXPECT_EQ(rows_of(checks, "hosts.contradiction")[0].place.line, 3);
}

TEST(hosts, the_address_is_one_of_the_host) {
  EXPECT_EQ(ids(check("192.168.1.2 server.domain.tld server\n"), Verdict::fail), Words{"hosts.interface"});
  EXPECT_EQ(verdict_of(check("FE80:0::1 server.domain.tld server\n"), "hosts.interface"), Verdict::pass);
  EXPECT_EQ(verdict_of(check("192.168.1.1 server.domain.tld server\n", {"192.168.1.1/24"}), "hosts.interface"),
            Verdict::pass);
  EXPECT_EQ(worst(check("192.168.1.1 server.domain.tld server\n", {})), Verdict::unseen);
}

TEST(hosts, without_an_entry_a_name_server_must_know_it) {
  const auto checks = check("127.0.0.1 localhost\n");
  EXPECT_EQ(ids(checks, Verdict::note), Words{"hosts.entry"});
  EXPECT_TRUE(rows_of(checks, "hosts.interface").empty());
}

TEST(hosts, case_and_the_dot_at_the_end_make_no_other_name) {
  EXPECT_EQ(worst(check("192.168.1.1 Server.Domain.TLD SERVER\n")), Verdict::pass);
  EXPECT_EQ(
      worst(check_hosts(read_hosts("192.168.1.1 server.domain.tld server\n"), "Server.domain.tld.", {"192.168.1.1"})),
      Verdict::pass);
}

TEST(hosts, many_bad_lines_give_few_rows) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + " same\nx y\n";
  const auto checks = check(text);
  EXPECT_EQ(rows_of(checks, "hosts.lines").size(), 20u);
  EXPECT_EQ(rows_of(checks, "hosts.contradiction").size(), 20u);
  EXPECT_NE(rows_of(checks, "hosts.lines").back().found.find("and 980 more"), std::string::npos);
  EXPECT_NE(rows_of(checks, "hosts.contradiction").back().found.find("and 979 more"), std::string::npos);
}

// Each line is an entry, a fault, or nothing but blanks and a comment; what is read is printed and read again alike.
TEST(hosts, lose_no_line) {
  RandomNames random(7);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    std::size_t lines = 0;
    for (std::size_t k = random.below(6); k > 0; --k, ++lines) {
      const std::size_t kind = random.below(3);
      text += kind == 0 ? "10.0.0.1 " : kind == 1 ? "::1\t" : "x";
      for (std::size_t n = random.below(8); n > 0; --n) text += random.pick("ab. \t:1\xC3\xBC");
      text += "\n";
    }
    const HostsFile hosts = read_hosts(text);
    EXPECT_EQ(hosts.entries.size() + hosts.faults.size(), lines) << text;
    std::string again;
    for (const HostsEntry& entry : hosts.entries) again += entry.address + " " + join(entry.names, " ") + "\n";
    const HostsFile second = read_hosts(again);
    ASSERT_EQ(second.entries.size(), hosts.entries.size());
    for (std::size_t k = 0; k < hosts.entries.size(); ++k) EXPECT_EQ(second.entries[k].names, hosts.entries[k].names);
  }
}

}  // namespace
}  // namespace sizing
