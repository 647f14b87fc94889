// Which distribution a host runs: /etc/os-release (else /usr/lib/os-release), and what UCS says of itself elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"

namespace sizing {

struct OsRelease {
  std::string id;                    // lower case: "debian", "opensuse-leap"; "linux" where the file names none
  std::vector<std::string> id_like;  // "rhel", "fedora"; the nearest first
  std::string name, pretty_name;     // "Debian GNU/Linux", "Debian GNU/Linux 12 (bookworm)"
  std::string version_id;            // "12", "22.04", "15.5"; "" where there is none (rolling releases)
  std::string version_codename;      // "bookworm"
};

OsRelease read_os_release(std::string_view text);

/// Of a host. Unseen where it has no such file.
Fact<OsRelease> read_distribution(const Root& root);

/// The distributions that share tools and places of files.
enum class Family { debian, redhat, suse, other };
Family family(const OsRelease& os);

}  // namespace sizing
