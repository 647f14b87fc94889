// Which packages are installed on a host, in which version, by dpkg's list; opsi first of all.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"

namespace sizing {

struct Installed {
  bool installed = false;
  std::string version;  // of opsiconfd: "4.3.24.1-1"; "" where it is not installed or cannot be seen
  std::string from;     // what told it: "/var/lib/dpkg/status", "/usr/bin/opsiconfd"
};

/// Versions by name.
using Packages = std::map<std::string, std::string, std::less<>>;

inline constexpr char dpkg_list[] = "/var/lib/dpkg/status";

/// The installed packages in the text of dpkg's list.
Packages parse_packages(std::string_view dpkg_status);

/// Those of a host. Unseen where it has no such list.
Fact<Packages> read_packages(const Root& root);

/// opsiconfd by dpkg's list of packages; where there is none (RPM), by whether its program is there.
Fact<Installed> read_opsiconfd(const Root& root);

/// "4.3" of "4.3.24.1-1"; "" for anything else.
std::string release_of(const std::string& version);

}  // namespace sizing
