#include <algorithm>
#include <set>

#include "libsizing/base/text.h"
#include "libsizing/report/firewall_report.h"

namespace sizing {
namespace {

// One line for a comment of any of the forms: without quotes, backslashes, "--" and line ends, and not too long for
// nft, which takes 128 bytes.
std::string remark(const std::string& text, std::size_t longest = 100) {
  std::string clean;
  for (const char c : printable(text))
    if (c != '"' && c != '\\' && c != '\'' && c != '<' && c != '>' && c != '&' && c != '`' && c != '$') clean += c;
  while (clean.find("--") != std::string::npos) clean = replace_all(clean, "--", "-");
  while (!clean.empty() && clean.back() == '-') clean.pop_back();
  if (clean.size() <= longest) return clean;
  clean.resize(longest);
  while (!clean.empty() && (clean.back() == ' ' || static_cast<unsigned char>(clean.back()) >= 0x80U))
    clean.pop_back();  // no half character
  return clean;
}

std::string purpose_of(const FirewallRow& row) {
  const bool said = row.condition.empty() || row.condition == "always";
  return remark(row.purpose + (said ? "" : ", " + row.condition));
}

std::string head_of(const Firewall& firewall, const Stamp& stamp) {
  const std::string roles = firewall.server + ", " + join(firewall.roles, " and ") + " server";
  std::string head = "# " + printable(stamp_line(stamp, firewall.opsi)) + " .\n# " + printable(roles) + ".\n";
  if (!firewall.open_to_any.empty()) head += "# " + firewall.open_to_any + "\n";
  for (const FirewallRow& row : firewall.rows)
    if (!row.open && row.direction == Direction::in)
      head += "# Left out: " + row.protocol + " " + row.port + " from " + printable(row.peer) + ", " + purpose_of(row) +
              " (" + printable(row.why_not) + ").\n";
  return head;
}

std::vector<const FirewallRow*> open_rows(const Firewall& firewall, Direction direction) {
  std::vector<const FirewallRow*> rows;
  for (const FirewallRow& row : firewall.rows)
    if (row.open && row.direction == direction) rows.push_back(&row);
  return rows;
}

bool serves_tftp(const Firewall& firewall) {
  const auto rows = open_rows(firewall, Direction::in);
  return std::any_of(rows.begin(), rows.end(), [](const FirewallRow* r) { return r->option == "tftp"; });
}

std::string range_text(const PortRange& range, const char* between) {
  return std::to_string(range.low) + (range.low == range.high ? "" : between + std::to_string(range.high));
}

// ---- nftables

std::string nft_ports(const FirewallRow& row) {
  std::vector<std::string> parts;
  for (const PortRange& range : row.ranges) parts.push_back(range_text(range, "-"));
  return parts.size() == 1 ? parts[0] : "{ " + join(parts, ", ") + " }";
}

std::string nft_rule(const FirewallRow& row, const std::string& addresses, const std::string& verdict) {
  return "    " + addresses + row.protocol + " dport " + nft_ports(row) + " " + verdict + " comment \"" +
         purpose_of(row) + "\"\n";
}

// A rule, or one for each family of the addresses.
std::string nft_rules(const FirewallRow& row, const std::string& side) {
  if (row.addresses.empty()) return nft_rule(row, "", "accept");
  std::string rules;
  for (const bool ipv6 : {false, true}) {
    std::vector<std::string> texts;
    for (const Network& network : row.addresses)
      if (network.ipv6 == ipv6) texts.push_back(network.text);
    if (!texts.empty())
      rules += nft_rule(row, (ipv6 ? "ip6 " : "ip ") + side + " { " + join(texts, ", ") + " } ", "accept");
  }
  return rules;
}

std::string nft_chain(const Firewall& firewall, Direction direction) {
  const bool in = direction == Direction::in;
  std::string chain = std::string("  chain ") + (in ? "input" : "output") + " {\n    type filter hook " +
                      (in ? "input" : "output") + " priority 0; policy drop;\n    " + (in ? "iifname" : "oifname") +
                      " \"lo\" accept\n    ct state established,related accept\n" +
                      "    meta l4proto { icmp, ipv6-icmp } accept\n";
  for (const FirewallRow* row : open_rows(firewall, direction)) chain += nft_rules(*row, in ? "saddr" : "daddr");
  return chain + "  }\n";
}

// ---- ufw and firewalld: shell scripts

std::string shell_word(const std::string& text) { return "'" + replace_all(text, "'", "'\\''") + "'"; }

std::string ufw_ports(const FirewallRow& row) {
  std::vector<std::string> parts;
  for (const PortRange& range : row.ranges) parts.push_back(range_text(range, ":"));
  return join(parts, ",");
}

std::string ufw_commands(const FirewallRow& row) {
  const bool in = row.direction == Direction::in;
  std::vector<std::string> peers;
  for (const Network& network : row.addresses) peers.push_back(network.text);
  if (peers.empty()) peers.emplace_back("any");
  std::string commands;
  for (const std::string& peer : peers)
    commands += std::string("ufw allow ") + (in ? "in" : "out") + " proto " + row.protocol + " from " +
                (in ? peer + " to any" : "any to " + peer) + " port " + ufw_ports(row) + " comment " +
                shell_word(purpose_of(row)) + "\n";
  return commands;
}

// What stands in a zone for a row: ports, or a rule for each address.
std::vector<std::string> firewalld_elements(const FirewallRow& row) {
  const bool in = row.direction == Direction::in;
  std::vector<std::string> what;
  if (in && row.option == "tftp" && row.port == "69")
    what.emplace_back("<service name=\"tftp\"/>");  // 69/udp with its connection tracking helper
  else
    for (const PortRange& range : row.ranges)
      what.push_back("<port port=\"" + range_text(range, "-") + "\" protocol=\"" + row.protocol + "\"/>");
  if (row.addresses.empty()) return what;
  std::vector<std::string> rules;
  for (const Network& network : row.addresses)
    for (const std::string& element : what)
      rules.push_back(std::string("<rule family=\"") + (network.ipv6 ? "ipv6" : "ipv4") + "\"><" +
                      (in ? "source" : "destination") + " address=\"" + network.text + "\"/>" + element +
                      "<accept/></rule>");
  return rules;
}

std::string firewalld_body(const Firewall& firewall, Direction direction) {
  std::set<std::string> seen;
  std::string body;
  for (const FirewallRow* row : open_rows(firewall, direction)) {
    std::string lines;
    for (const std::string& element : firewalld_elements(*row))
      if (seen.insert(element).second) lines += "  " + element + "\n";
    if (!lines.empty()) body += "  <!-- " + purpose_of(*row) + " -->\n" + lines;
  }
  return body;
}

std::string here_document(const std::string& file, const std::string& text) {
  return "cat > " + file + " <<'END_OF_FILE'\n" + text + "END_OF_FILE\n";
}

constexpr char xml_head[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

std::string zone_xml(const Firewall& firewall) {
  return std::string(xml_head) + "<zone>\n  <short>opsi-sizing</short>\n  <description>" +
         remark("The incoming connections of an opsi " + firewall.opsi + " " + join(firewall.roles, " and ") +
                " server") +
         "</description>\n" + firewalld_body(firewall, Direction::in) + "</zone>\n";
}

std::string policy_xml(const Firewall& firewall) {
  std::string icmp;
  for (const char* protocol : {"icmp", "ipv6-icmp"})
    icmp += std::string("  <rule><protocol value=\"") + protocol + "\"/><accept/></rule>\n";
  return std::string(xml_head) + "<policy target=\"REJECT\">\n  <short>opsi-sizing-out</short>\n" +
         "  <ingress-zone name=\"HOST\"/>\n  <egress-zone name=\"ANY\"/>\n" + icmp +
         firewalld_body(firewall, Direction::out) + "</policy>\n";
}

}  // namespace

std::string nftables_rules(const Firewall& firewall, const Stamp& stamp) {
  std::string text = "#!/usr/sbin/nft -f\n" + head_of(firewall, stamp) +
                     "# This table alone is replaced: the first two lines let it be loaded again.\n"
                     "add table inet opsi_sizing\ndelete table inet opsi_sizing\n\ntable inet opsi_sizing {\n";
  if (serves_tftp(firewall))
    text +=
        "  # TFTP answers from another port; the kernel module nf_conntrack_tftp follows it.\n"
        "  ct helper tftp {\n    type \"tftp\" protocol udp\n    l3proto inet\n  }\n\n"
        "  chain prerouting {\n    type filter hook prerouting priority 0; policy accept;\n"
        "    udp dport 69 ct helper set \"tftp\"\n  }\n\n";
  text += nft_chain(firewall, Direction::in);
  if (firewall.restrict_outgoing) text += "\n" + nft_chain(firewall, Direction::out);
  return text + "}\n";
}

std::string ufw_rules(const Firewall& firewall, const Stamp& stamp) {
  std::string text = "#!/bin/sh\n" + head_of(firewall, stamp) +
                     "# ufw itself lets in answers, its own loopback and ICMP. Rules that are there already stay.\n";
  if (serves_tftp(firewall))
    text +=
        "# TFTP answers from another port: load nf_conntrack_tftp (a line in /etc/modules) where what goes out is\n"
        "# restricted by other rules.\n";
  text += "set -e\n";
  for (const FirewallRow* row : open_rows(firewall, Direction::in)) text += ufw_commands(*row);
  if (firewall.restrict_outgoing)
    for (const FirewallRow* row : open_rows(firewall, Direction::out)) text += ufw_commands(*row);
  return text + "ufw default deny incoming\nufw default " + (firewall.restrict_outgoing ? "deny" : "allow") +
         " outgoing\nufw enable\n";
}

std::string firewalld_rules(const Firewall& firewall, const Stamp& stamp) {
  std::string text = "#!/bin/sh\n" + head_of(firewall, stamp) +
                     "# firewalld itself lets in answers, its own loopback and, in such a zone, ICMP.\nset -e\n" +
                     here_document("opsi-sizing.xml", zone_xml(firewall)) +
                     "firewall-cmd --permanent --new-zone-from-file=opsi-sizing.xml --name=opsi-sizing\n";
  if (firewall.restrict_outgoing)
    text += here_document("opsi-sizing-out.xml", policy_xml(firewall)) +
            "firewall-cmd --permanent --new-policy-from-file=opsi-sizing-out.xml --name=opsi-sizing-out\n";
  return text +
         "firewall-cmd --reload\n# The zone holds for every interface without another one:\n"
         "firewall-cmd --set-default-zone=opsi-sizing\n";
}

}  // namespace sizing
