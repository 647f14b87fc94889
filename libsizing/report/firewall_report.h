// A server's firewall: as a table, and as rules for nftables, ufw and firewalld. Nothing is applied here: the rules are
// text, each with the purpose that the port matrix states, and with what was left out as comments.
//
// The three forms open the same ports. SSH, answers to what the server itself began, its own loopback and ICMP are let
// in by each; what goes out is free unless the firewall restricts it.
#pragma once

#include <string>

#include "libsizing/plan/firewall.h"
#include "libsizing/report/report.h"

namespace sizing {

Report report(const Firewall& firewall, const Stamp& stamp);

/// A file for nft -f: a table of its own, which replaces itself and touches no other.
std::string nftables_rules(const Firewall& firewall, const Stamp& stamp);
/// A shell script of ufw commands.
std::string ufw_rules(const Firewall& firewall, const Stamp& stamp);
/// A shell script that writes a zone's XML file, and a policy's where what goes out is restricted, and loads them.
std::string firewalld_rules(const Firewall& firewall, const Stamp& stamp);

}  // namespace sizing
