// The table of host names, /etc/hosts, and what `getent hosts` prints, which has the same form.
//
// The requirements page asks that `getent hosts $(hostname -f)` says "192.168.1.1 server.domain.tld server": an address
// of the interface that the clients reach, the fully qualified name before the short one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/check.h"
#include "libsizing/host/place.h"

namespace sizing {

struct HostsEntry {
  int line = 0;
  std::string address;             // one that parse_address reads
  std::vector<std::string> names;  // as written; at least one
  int address_column = 0;
  std::vector<int> name_columns;  // one for each name
};

struct HostsFile {
  std::vector<HostsEntry> entries;
  std::vector<Fault> faults;  // lines that are no entry: no address, no name
};

HostsFile read_hosts(std::string_view text);

/// The entries of the server's name `fqdn` against the page. `addresses` are those of the host's interfaces; without
/// any, whether the entry's address is among them is said to be unseen. `file` is named in the places.
/// Ids: hosts.lines, hosts.entry, hosts.loopback, hosts.order, hosts.short_name, hosts.contradiction, hosts.interface.
std::vector<Check> check_hosts(const HostsFile& hosts, std::string_view fqdn, const std::vector<std::string>& addresses,
                               const std::string& file = "/etc/hosts");

}  // namespace sizing
