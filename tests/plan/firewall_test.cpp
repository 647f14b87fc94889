#include "libsizing/plan/firewall.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

Firewall firewall(const std::string& opsi, const std::string& inputs, const FirewallOptions& options = {}) {
  return make_firewall(make_plan(one_server(opsi, inputs)).servers.at(0), options);
}

std::set<std::string> open_ports(const Firewall& wall, Direction direction) {
  std::set<std::string> result;
  for (const FirewallRow& row : wall.rows)
    if (row.open && row.direction == direction) result.insert(row.port + "/" + row.protocol);
  return result;
}

const FirewallRow& row_for(const Firewall& wall, Direction direction, const std::string& port) {
  for (const FirewallRow& row : wall.rows)
    if (row.direction == direction && row.port == port) return row;
  throw std::logic_error("no row for " + port);
}

using Set = std::set<std::string>;

// By hand from the ports section of each release's manual.
TEST(firewall, opens_what_the_manual_lists_for_a_server) {
  EXPECT_EQ(open_ports(firewall("4.2", "clients=9"), Direction::in), (Set{"4447/tcp", "445/tcp", "69/udp", "22/tcp"}));
  EXPECT_EQ(open_ports(firewall("4.3", "clients=9"), Direction::in), (Set{"4447/tcp", "445/tcp", "69/udp", "22/tcp"}));
  EXPECT_EQ(open_ports(firewall("4.1", "clients=9"), Direction::in),
            (Set{"4447/tcp", "445/tcp", "139/tcp", "137/udp", "138/udp", "69/udp", "22/tcp"}));
  EXPECT_EQ(open_ports(firewall("4.2", "clients=9;role.depot=0"), Direction::in), (Set{"4447/tcp", "22/tcp"}));
}

// The 4.2 page lists SSH for the config server alone.
TEST(firewall, lets_ssh_in_to_every_server) {
  for (const RuleSet& set : rule_sets())
    for (const char* roles : {"clients=9", "clients=9;role.config=0", "clients=9;role.depot=0"})
      EXPECT_TRUE(open_ports(firewall(set.name, roles), Direction::in).contains("22/tcp")) << set.name << roles;
  const auto error = refusal([] { firewall("4.3", "clients=9", {{}, {}, {}, {}, {"ssh"}, false}); });
  EXPECT_EQ(error.place().key, "without");
}

TEST(firewall, takes_optional_rows_in_and_out_by_a_word) {
  EXPECT_FALSE(row_for(firewall("4.2", "clients=9"), Direction::in, "3000").open);
  EXPECT_TRUE(row_for(firewall("4.2", "clients=9", {{}, {}, {}, {"grafana"}, {}, false}), Direction::in, "3000").open);
  EXPECT_FALSE(row_for(firewall("4.2", "clients=9", {{}, {}, {}, {}, {"tftp"}, false}), Direction::in, "69").open);
  EXPECT_FALSE(row_for(firewall("4.2", "clients=9", {{}, {}, {}, {}, {"deploy"}, false}), Direction::out, "445").open);
  EXPECT_FALSE(row_for(firewall("4.3", "clients=9;depot.webdav=1"), Direction::in, "445").open);
  EXPECT_FALSE(row_for(firewall("4.3", "clients=9;service.samba=0"), Direction::in, "445").open);
  EXPECT_TRUE(contains(refusal([] {
                         firewall("4.3", "clients=9", {{}, {}, {}, {"grafna"}, {}, false});
                       }).what(),
                       "option"));
  EXPECT_EQ(refusal([] { firewall("4.3", "clients=9", {{}, {}, {}, {"tftp"}, {"tftp"}, false}); }).found(), "tftp");
}

// The 4.1 page does not say who connects to whom by DNS: out is what a server needs, in is what only a DNS server has.
TEST(firewall, does_not_open_what_the_source_does_not_state) {
  EXPECT_FALSE(row_for(firewall("4.1", "clients=9"), Direction::in, "53").open);
  EXPECT_TRUE(row_for(firewall("4.1", "clients=9"), Direction::out, "53").open);
}

TEST(firewall, narrows_a_row_to_the_addresses_of_its_peers) {
  const Network clients = parse_network("10.1.0.0/16"), servers = parse_network("10.9.0.1"),
                admins = parse_network("fd00::/8");
  const Firewall all = firewall("4.3", "clients=9", {{clients}, {servers}, {admins}, {}, {}, false});
  EXPECT_EQ(row_for(all, Direction::in, "445").addresses, std::vector<Network>{clients});
  EXPECT_EQ(row_for(all, Direction::in, "4447").addresses, (std::vector<Network>{clients, servers, admins}));
  EXPECT_EQ(row_for(all, Direction::in, "22").addresses, std::vector<Network>{admins});
  EXPECT_EQ(row_for(all, Direction::out, "4441").addresses, std::vector<Network>{clients});
  EXPECT_TRUE(row_for(all, Direction::out, "53").addresses.empty());
  EXPECT_TRUE(row_for(all, Direction::out, "7").addresses.empty());  // a broadcast is in no network of the clients
  // As long as one kind of peer may be anywhere, the row is open to any; SSH always without --admins-from.
  const Firewall some = firewall("4.3", "clients=9", {{clients}, {}, {}, {}, {}, false});
  EXPECT_TRUE(row_for(some, Direction::in, "4447").addresses.empty());
  EXPECT_TRUE(row_for(some, Direction::in, "22").addresses.empty());
  EXPECT_EQ(row_for(some, Direction::in, "445").addresses, std::vector<Network>{clients});
}

// The rows of 4.2 for its peers: 4447 from clients and, in a row of its own, from depot servers.
TEST(firewall, says_what_stays_open_to_any_address_where_some_are_given) {
  const std::vector<Network> one = {parse_network("10.1.0.0/16")};
  EXPECT_EQ(firewall("4.3", "clients=9").open_to_any, "");
  EXPECT_EQ(firewall("4.3", "clients=9", {one, one, one, {}, {}, false}).open_to_any, "");
  EXPECT_EQ(firewall("4.3", "clients=9", {one, {}, {}, {}, {}, false}).open_to_any,
            "Without --admins-from any address reaches 22/tcp, 4447/tcp.");
  EXPECT_EQ(firewall("4.3", "clients=9;depots=2", {one, {}, one, {}, {}, false}).open_to_any,
            "Without --servers-from any address reaches 4447/tcp.");
}

TEST(firewall, opens_nothing_for_other_servers_where_the_site_has_none) {
  const Network clients = parse_network("10.1.0.0/16"), servers = parse_network("10.9.0.1");
  const auto from = [](const Firewall& wall, const std::string& peer) {
    for (const FirewallRow& row : wall.rows)
      if (row.direction == Direction::in && row.port == "4447" && row.peer == peer) return row;
    throw std::logic_error("no row from " + peer);
  };
  const FirewallOptions options{{clients}, {}, {}, {}, {}, false};
  const Firewall alone = firewall("4.2", "clients=9", options);
  EXPECT_FALSE(from(alone, "depot server").open);
  EXPECT_EQ(from(alone, "client").addresses, std::vector<Network>{clients});
  EXPECT_TRUE(from(firewall("4.2", "clients=9;depots=2", options), "depot server").open);
  const FirewallOptions named{{clients}, {servers}, {}, {}, {}, false};
  EXPECT_EQ(from(firewall("4.2", "clients=9", named), "depot server").addresses, std::vector<Network>{servers});
  // A depot server has a config server, whether the site has more depot servers or not.
  for (const FirewallRow& row : firewall("4.2", "clients=9;role.config=0", options).rows)
    EXPECT_TRUE(row.open || row.why_not.find("no other") == std::string::npos) << row.port;
  // In a row with several kinds of peers the others count alone.
  const FirewallOptions both{{clients}, {}, {parse_network("10.5.0.0/24")}, {}, {}, false};
  EXPECT_EQ(row_for(firewall("4.3", "clients=9", both), Direction::in, "4447").addresses.size(), 2U);
}

TEST(firewall, has_every_row_of_the_matrix_for_its_roles) {
  for (const Site& site : example_sites())
    for (const ServerPlan& server : make_plan(site).servers) {
      const Firewall wall = make_firewall(server, {});
      for (const Port& port : ports())
        for (const Direction direction : {Direction::in, Direction::out, Direction::local}) {
          bool wanted = false, there = false;
          for (const std::string& role : server.roles) wanted = wanted || passes(port, role, direction);
          for (const FirewallRow& row : wall.rows)
            there = there || (row.direction == direction && row.port == port.port && row.protocol == port.protocol &&
                              row.purpose == port.purpose && row.source == port.source &&
                              row.peer == (direction == Direction::in ? port.from : port.to).name);
          EXPECT_EQ(there, wanted && port.opsi == wall.opsi) << wall.opsi << " " << port.port << " " << port.purpose;
        }
    }
}

TEST(port_matrix, reads_ranges_and_lists) {
  EXPECT_EQ(port_ranges("80/443"), (std::vector<PortRange>{{80, 80}, {443, 443}}));
  EXPECT_EQ(port_ranges("45000-45099"), (std::vector<PortRange>{{45000, 45099}}));
  EXPECT_EQ(port_ranges("45000-65536"), (std::vector<PortRange>{{45000, 65535}}));
  for (const Port& port : ports())
    for (const PortRange& range : port_ranges(port.port)) {
      EXPECT_LE(range.low, range.high) << port.port;
      EXPECT_GE(range.low, 1) << port.port;
    }
}

}  // namespace
}  // namespace sizing
