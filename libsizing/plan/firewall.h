// What a server's firewall has to let through: the rows of the port matrix that its roles take part in, with who may be
// at the other end.
#pragma once

#include <string>
#include <vector>

#include "libsizing/base/network.h"
#include "libsizing/opsi/port_matrix.h"
#include "libsizing/plan/plan.h"

namespace sizing {

struct FirewallOptions {
  // Who is who, by address. A group that is not given may be anywhere; other opsi servers only where the site has some.
  std::vector<Network> clients, servers, admins;
  std::vector<std::string> with, without;  // words of optional rows
  bool restrict_outgoing = false;          // let only the matrix' connections out
};

struct FirewallRow {
  Direction direction = Direction::in;
  std::string protocol;  // "tcp", "udp"
  std::string port;      // as the matrix writes it: "80/443"
  std::vector<PortRange> ranges;
  std::string peer;                // the other end, as the matrix names it
  std::vector<Network> addresses;  // of the other end; empty: any
  std::string purpose, condition, source, option;
  bool open = true;
  std::string why_not;  // it is not open
};

struct Firewall {
  std::string server, opsi;
  std::vector<std::string> roles;
  bool restrict_outgoing = false;
  std::vector<FirewallRow> rows;  // incoming, outgoing, local
  std::string open_to_any;        // a sentence on what addresses were not given for, though some were; else ""
  std::string answer;             // one sentence, and that one
};

/// Throws InputError for a word that the release's matrix does not have, and for leaving SSH out: who is locked out
/// cannot let himself in again.
Firewall make_firewall(const ServerPlan& server, const FirewallOptions& options);

}  // namespace sizing
