// Is opsi installed on a host, and which version of it?
#pragma once

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

/// opsiconfd by dpkg's list of packages; where there is none (RPM), by whether its program is there.
Fact<Installed> read_opsiconfd(const Root& root);

/// The version of an installed package in the text of /var/lib/dpkg/status; "" where it is not installed.
std::string installed_version(std::string_view dpkg_status, const std::string& package);

/// "4.3" of "4.3.24.1-1"; "" for anything else.
std::string release_of(const std::string& version);

}  // namespace sizing
