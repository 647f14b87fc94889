// What can be seen of a host, as plain data: read once from this machine or from a copied tree, then held against
// requirements (host/requirements.h). Reading changes nothing, starts no program and needs no right; what cannot be
// seen says why.
#pragma once

#include <string>
#include <vector>

#include "libsizing/host/assignments.h"
#include "libsizing/host/fact.h"
#include "libsizing/host/hardware.h"
#include "libsizing/host/hosts_file.h"
#include "libsizing/host/listeners.h"
#include "libsizing/host/locale.h"
#include "libsizing/host/os_release.h"
#include "libsizing/host/packages.h"
#include "libsizing/host/proxy.h"
#include "libsizing/host/resolution.h"
#include "libsizing/host/root.h"
#include "libsizing/host/space.h"

namespace sizing {

/// The address of a host's own name, and the name that this address has.
struct Reverse {
  std::string address;
  Fact<std::string> name;
};

struct Facts {
  Root root;
  Fact<Architecture> architecture;
  Fact<Memory> memory;
  Fact<Processors> processors;
  Fact<Space> tmp, var_lib_opsi, logs, database;  // /tmp, /var/lib/opsi, /var/log/opsi, /var/lib/mysql
  Fact<std::vector<Space>> watched;               // the file systems that opsi's health check looks at
  Fact<OsRelease> os;                             // UCS by its own name, also where it calls itself Debian
  Fact<std::string> host_name;
  Fact<Resolved> own_name;       // its canonical name is what `hostname -f` says
  std::vector<Reverse> reverse;  // of the addresses of own_name
  Fact<std::vector<Interface>> interfaces;
  std::string hosts_problem;  // why /etc/hosts could not be read
  HostsFile hosts;
  std::vector<LocaleFile> locale_files;
  std::string locale_problem;       // of a file that is there and cannot be read
  Assignments environment;          // of this process; none of a tree
  std::vector<Variable> variables;  // where proxies are set: the environment and the files that are there
  std::string proxy_problem;        // of a file that is there and cannot be read
  Fact<std::vector<Listener>> listeners;
  Fact<Installed> opsiconfd;
  std::vector<std::string> name_servers;
};

Facts read_facts(const Root& root);

/// The host's fully qualified name: what `hostname -f` says; "" where that cannot be seen.
std::string full_name(const Facts& facts);

}  // namespace sizing
