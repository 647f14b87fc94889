// A site as a site file: TOML that read_site reads as the same site.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsizing/opsi/site.h"

namespace sizing {

/// What stands beside the site as comments. Foreign text in them is made printable.
struct SiteComments {
  std::vector<std::string> head;              // paragraphs above it
  std::map<std::string, std::string> values;  // by key of the first server: "clients", "hardware.memory"
  std::vector<std::string> unstated;          // lines in the first server, below what is stated
  std::vector<std::string> foot;              // lines below it
};

std::string site_toml(const Site& site, const SiteComments& comments = {});

}  // namespace sizing
