// The answer to `check`: rows, and what they say in one sentence.
#pragma once

#include <map>
#include <optional>
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

/// What is asked of a host, before it is known what it has to be.
struct HostQuestion {
  Site site;                          // may state the release
  std::optional<std::size_t> server;  // of the site: the plan that the host is held against; nothing: none
  std::string root = "/";             // as it was named
  std::string date;                   // YYYY-MM-DD, for end-of-life dates
  bool connect = false;               // try the outgoing connections
};

/// By the rules of the release that choose_release gives. Throws InputError where the site makes no plan.
CheckAnswer check_host(const Facts& facts, const HostQuestion& question);

/// Names of hosts, clients too; those with a domain are held against its rules as well.
CheckAnswer check_names(const std::vector<std::string>& names);

/// "http_proxy", "https_proxy", "no_proxy".
const std::vector<std::string>& proxy_variables();
/// The value of one of them. Throws InputError for another variable.
CheckAnswer check_proxy(const std::string& variable, const std::string& value);

/// How many rows have each verdict.
std::map<Verdict, int> counts(const std::vector<Check>& checks);

}  // namespace sizing
