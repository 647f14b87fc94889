// The three forms of a firewall's rules, read back by small readers of their own: each opens what the rows say and
// nothing else, and the tools that take them accept them.
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "libsizing/report/firewall_report.h"
#include "tests/support/sites.h"
#include "tests/support/tree.h"

namespace sizing {
namespace {

const Stamp stamp{"2026-01-02", "opsi-sizing firewall 'a\\' \\"};

// "in tcp 4447 10.0.0.0/8" for every protocol, range and address that is let through; "any" for every address.
using Opened = std::set<std::string>;

void open(Opened& opened, const std::string& direction, const std::string& protocol, const std::string& range,
          const std::string& address) {
  opened.insert(direction + " " + protocol + " " + range + " " + address);
}

Opened wanted(const Firewall& wall) {
  Opened opened;
  for (const FirewallRow& row : wall.rows) {
    const bool used = row.direction == Direction::in || (row.direction == Direction::out && wall.restrict_outgoing);
    if (!row.open || !used) continue;
    std::vector<std::string> addresses;
    for (const Network& network : row.addresses) addresses.push_back(network.text);
    if (addresses.empty()) addresses.emplace_back("any");
    for (const std::string& address : addresses)
      for (const PortRange& range : row.ranges)
        open(opened, std::string(name(row.direction)), row.protocol,
             std::to_string(range.low) + (range.low == range.high ? "" : "-" + std::to_string(range.high)), address);
  }
  return opened;
}

std::vector<std::string> listed(std::string text) {
  for (const char* brace : {"{", "}", " "}) text = replace_all(text, brace, "");
  return split(text, ',');
}

Opened of_nftables(const std::string& text) {
  Opened opened;
  std::string chain;
  const std::regex head("  chain (\\w+) \\{"),
      rule(
          "    (?:ip6? [sd]addr (\\{[^}]*\\}) )?(tcp|udp) dport (\\{[^}]*\\}|[0-9-]+) accept comment \"[^\"]{0,127}\"");
  std::smatch m;
  for (const std::string& line : split(text, '\n')) {
    if (std::regex_match(line, m, head)) chain = m[1] == "input" ? "in" : m[1] == "output" ? "out" : "";
    if (!std::regex_match(line, m, rule)) {
      EXPECT_TRUE(line.find("dport") == std::string::npos || line.find("ct helper set") != std::string::npos) << line;
      continue;
    }
    for (const std::string& address : m[1].matched ? listed(m[1]) : std::vector<std::string>{"any"})
      for (const std::string& range : listed(m[3])) open(opened, chain, m[2], range, address);
  }
  return opened;
}

Opened of_ufw(const std::string& text) {
  Opened opened;
  const std::regex rule("ufw allow (in|out) proto (tcp|udp) from (\\S+) to (\\S+) port (\\S+) comment '[^']*'");
  std::smatch m;
  for (const std::string& line : split(text, '\n')) {
    if (!std::regex_match(line, m, rule)) {
      EXPECT_FALSE(line.starts_with("ufw allow")) << line;
      continue;
    }
    const std::string address = m[1] == "in" ? m[3] : m[4];
    for (const std::string& range : split(m[5].str(), ','))
      open(opened, m[1], m[2], replace_all(range, ":", "-"), address);
  }
  return opened;
}

// The files that the script writes, by name.
std::map<std::string, std::string> here_documents(const std::string& script) {
  std::map<std::string, std::string> files;
  std::string name;
  for (const std::string& line : split(script, '\n')) {
    if (line == "END_OF_FILE")
      name = "";
    else if (!name.empty())
      files[name] += line + "\n";
    else if (line.starts_with("cat > "))
      name = line.substr(6, line.find(' ', 6) - 6);
  }
  return files;
}

Opened of_firewalld(const std::string& text) {
  Opened opened;
  const std::regex element(
      "  (?:<rule family=\"ipv[46]\"><(?:source|destination) address=\"([^\"]+)\"/>)?"
      "<(?:port port=\"([0-9-]+)\" protocol=\"(tcp|udp)\"|service name=\"tftp\")/>"
      "(?:<accept/></rule>)?");
  std::smatch m;
  for (const auto& [name, xml] : here_documents(text))
    for (const std::string& line : split(xml, '\n')) {
      if (!std::regex_match(line, m, element)) continue;
      const bool tftp = !m[2].matched;
      open(opened, name == "opsi-sizing.xml" ? "in" : "out", tftp ? "udp" : m[3].str(), tftp ? "69" : m[2].str(),
           m[1].matched ? m[1].str() : "any");
    }
  return opened;
}

// Firewalls of every server of every site and rule set, with options of all kinds.
std::vector<Firewall> all_firewalls() {
  const auto net = [](const char* text) { return parse_network(text); };
  const std::vector<FirewallOptions> options = {
      {},
      {{net("10.1.0.0/16"), net("fd00::/8")}, {net("10.9.0.1")}, {net("192.168.7.0/24")}, {}, {}, true},
      {{net("2001:db8::/32")}, {}, {}, {}, {"tftp", "samba", "deploy", "wol"}, true},
      {{}, {}, {net("::1"), net("127.0.0.1")}, {}, {}, false}};
  std::vector<Firewall> walls;
  for (const Site& site : example_sites())
    for (const ServerPlan& server : make_plan(site).servers)
      for (const FirewallOptions& o : options) walls.push_back(make_firewall(server, o));
  for (const auto& [opsi, word] : {std::pair{"4.2", "grafana"}, {"4.1", "unstated"}})
    walls.push_back(make_firewall(make_plan(one_server(opsi, "clients=9")).servers[0], {{}, {}, {}, {word}, {}, true}));
  return walls;
}

TEST(firewall_rules, the_three_forms_open_what_the_rows_say_and_nothing_else) {
  for (const Firewall& wall : all_firewalls()) {
    const Opened expected = wanted(wall);
    EXPECT_EQ(of_nftables(nftables_rules(wall, stamp)), expected) << wall.server << " " << wall.opsi;
    EXPECT_EQ(of_ufw(ufw_rules(wall, stamp)), expected) << wall.server << " " << wall.opsi;
    EXPECT_EQ(of_firewalld(firewalld_rules(wall, stamp)), expected) << wall.server << " " << wall.opsi;
    EXPECT_TRUE(std::any_of(expected.begin(), expected.end(),
                            [](const std::string& s) { return s.starts_with("in tcp 22 "); }));
  }
}

TEST(firewall_rules, lets_answers_loopback_and_icmp_through) {
  const std::string text = nftables_rules(all_firewalls().at(1), stamp);
  for (const char* line : {"iifname \"lo\" accept", "oifname \"lo\" accept", "ct state established,related accept",
                           "meta l4proto { icmp, ipv6-icmp } accept", "hook input priority 0; policy drop;"})
    EXPECT_NE(text.find(line), std::string::npos) << line;
  EXPECT_EQ(nftables_rules(all_firewalls().at(0), stamp).find("chain output"), std::string::npos);
}

bool runs(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

// nft asks the kernel even for a check: as root, or in a network namespace of its own.
std::string nft_check() {
  for (const char* nft : {"nft", "/usr/sbin/nft", "unshare -rn nft", "unshare -rn /usr/sbin/nft"})
    if (runs("echo 'table inet opsi_sizing_test { ct helper t { type \"tftp\" protocol udp ; } ; }' | " +
             std::string(nft) + " -c -f -"))
      return std::string(nft) + " -c -f ";
  return "";
}

TEST(firewall_rules, nft_accepts_them) {
  const std::string nft = nft_check();
  if (nft.empty()) GTEST_SKIP() << "nft is not installed, or may not ask the kernel here";
  const Tree tree;
  // Each file replaces its own table, so that several can stand behind one another.
  const auto walls = all_firewalls();
  constexpr std::size_t at_once = 8;  // a user's own namespace takes no larger message
  for (std::size_t first = 0; first < walls.size(); first += at_once) {
    std::string rules;
    for (std::size_t i = first; i < std::min(first + at_once, walls.size()); ++i)
      rules += nftables_rules(walls[i], stamp);
    tree.put("/rules.nft", rules);
    ASSERT_TRUE(runs(nft + tree.path("rules.nft"))) << rules;
  }
  tree.put("/rules.nft", "table inet x { chain y { tcp dport oops accept; } }\n");
  EXPECT_FALSE(runs(nft + tree.path("rules.nft")));  // it does look
}

TEST(firewall_rules, the_scripts_are_shell_and_the_files_xml) {
  const bool xml = runs("xmllint --version") || runs("python3 -c 'import xml.dom.minidom'");
  const Tree tree;
  for (const Firewall& wall : {all_firewalls().at(0), all_firewalls().at(1), all_firewalls().back()}) {
    for (const std::string& script : {ufw_rules(wall, stamp), firewalld_rules(wall, stamp)}) {
      tree.put("/script.sh", script);
      EXPECT_TRUE(runs("sh -n " + tree.path("script.sh"))) << script;
    }
    for (const auto& [name, text] : here_documents(firewalld_rules(wall, stamp))) {
      if (!xml) GTEST_SKIP() << "neither xmllint nor python3 is installed";
      tree.put("/file.xml", text);
      EXPECT_TRUE(runs("xmllint --noout " + tree.path("file.xml")) ||
                  runs("python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"" + tree.path("file.xml") + "\")'"))
          << text;
    }
  }
}

}  // namespace
}  // namespace sizing
