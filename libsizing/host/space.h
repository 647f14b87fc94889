// Free space of the folders that opsi fills, by statvfs. Only this machine's: of a copied tree the space of its own
// disks cannot be told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"

namespace sizing {

struct Space {
  std::string folder;             // asked for: "/var/lib/opsi"
  std::string at;                 // what was looked at: the folder, or where it is not there its nearest parent that is
  double size = 0;                // bytes of the file system
  double free = 0;                // bytes that may still be written without being root
  unsigned long long device = 0;  // the same for two folders on one file system
};

Fact<Space> read_space(const Root& root, const std::string& folder);

/// The folders where file systems are mounted, from the text of /proc/mounts, sorted; octal escapes are undone.
std::vector<std::string> parse_mounts(std::string_view text);

/// Of the mounted folders those whose free space opsi's health check looks at: "/", "/tmp", the innermost of "/var",
/// "/var/lib" and "/var/lib/opsi", and all below "/var/lib/opsi".
std::vector<std::string> watched_mounts(const std::vector<std::string>& mounts);

}  // namespace sizing
