// From opsiconfd's diagnostic file to a site: one config server, its clients, and what it has as hardware.
//
// The file knows the server that it was made on. Of further depot servers it has the names alone: they are counted as
// the config server's depots. What it does not know (the simultaneous connections, the size of the packages on a disk
// that holds other things, too) stays at its default.
#pragma once

#include <string>
#include <vector>

#include "libsizing/host/diagnostic.h"
#include "libsizing/opsi/site.h"

namespace sizing {

/// The site that a diagnostic file describes. Every statement and offer has the place it was read from; its place's key
/// is the path there ("memory.total"). Where the clients are missing the site does not state them.
/// Throws InputError for a value that a site may not have.
Site to_site(const Diagnostic& diagnostic);

/// The rule set for an opsiconfd.
struct ImportedRelease {
  std::string rule_set;  // "" where the version is missing: the default one
  std::string version;   // as the file has it
  Place place{};
  bool known = true;  // else the nearest rule set stands for a release that has none of its own
};
/// Throws InputError where the version is none.
ImportedRelease release_of(const Diagnostic& diagnostic);

/// The depot servers that are not the server itself, and whether the file tells which one that is.
struct ImportedDepots {
  std::vector<std::string> others;
  std::string own;  // "" where none of them has the server's name
};
ImportedDepots depots_of(const Diagnostic& diagnostic);

/// The mount that holds the packages, null where none is known; and whether it holds opsi's files alone.
const Mount* packages_mount(const Diagnostic& diagnostic);
bool holds_opsi_alone(const Mount& mount);

}  // namespace sizing
