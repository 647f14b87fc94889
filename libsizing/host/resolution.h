// The names and addresses of a host: its own name, what `hostname -f` and `getent hosts` say, its interfaces.
//
// On this machine the system's resolver is asked, with a deadline: a name server that does not answer costs
// `resolver_seconds` at most, then the answer is unseen. Of a copied tree, /etc/hosts alone answers.
#pragma once

#include <string>
#include <vector>

#include "libsizing/host/fact.h"
#include "libsizing/host/hosts_file.h"
#include "libsizing/host/root.h"

namespace sizing {

inline constexpr int resolver_seconds = 5;  // for one question

/// Of this machine gethostname(2); of a tree /etc/hostname, or SUSE's older /etc/HOSTNAME.
Fact<std::string> read_host_name(const Root& root);

struct Resolved {
  std::string name;                    // the canonical one: what `hostname -f` says
  std::vector<std::string> addresses;  // in the resolver's order, without repetition
};

/// A name's addresses and canonical name.
Fact<Resolved> resolve_name(const Root& root, const HostsFile& hosts, const std::string& name);

/// The name of an address.
Fact<std::string> resolve_address(const Root& root, const HostsFile& hosts, const std::string& address);

struct Interface {
  std::string name, address;
};

/// The addresses of the interfaces that are up, those of the loopback interface left out. Of a tree unseen.
Fact<std::vector<Interface>> read_interfaces(const Root& root);

/// The name servers of /etc/resolv.conf.
std::vector<std::string> read_name_servers(const Root& root);

}  // namespace sizing
