// The answer to `check`: rows, and what they say in one sentence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsizing/host/requirements.h"

namespace sizing {

struct CheckAnswer {
  std::string subject;          // what was checked: "opsi1.example.org", "host name opsi_1"
  std::string tree;             // the folder of a copied tree; "" for this machine
  std::string opsi, opsi_from;  // the release and where its choice is from; "" where none was needed
  std::string server;           // of the site whose plan the host was held against; "" without a plan
  std::vector<Check> checks;
  std::vector<Measure> measures;
  std::string answer;  // one sentence

  Verdict verdict() const { return worst(checks); }
};

/// Which release's requirements a host is held against: the site's where it states one (a flag counts as the site's),
/// else that of the opsiconfd that is installed, where there are rules for it, else the default.
struct ReleaseChoice {
  std::string opsi, from;
};
ReleaseChoice choose_release(const Site& site, const Facts& facts);

/// The server of a site that a host is: the one of its name, short or full; site.servers.size() where none is.
std::size_t server_of_host(const Site& site, const Facts& facts);

/// `demand.opsi` and `demand.date` are given; a plan names its server.
CheckAnswer check_host(const Facts& facts, const Demand& demand, const std::string& opsi_from);

/// Names of hosts, clients too; those with a domain are held against its rules as well.
CheckAnswer check_names(const std::vector<std::string>& names);

/// The value of a proxy variable: "http_proxy", "https_proxy" or "no_proxy".
CheckAnswer check_proxy(const std::string& variable, const std::string& value);

/// How many rows have each verdict.
std::map<Verdict, int> counts(const std::vector<Check>& checks);

}  // namespace sizing
