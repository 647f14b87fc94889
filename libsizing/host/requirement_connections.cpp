// The connections of the matrix that a server makes itself: to name servers, to the internet, to its config server.
// They are tried where that is asked for; of udp and of connections to clients nothing can be tried.
#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/connect.h"
#include "libsizing/host/requirement_parts.h"
#include "libsizing/opsi/port_matrix.h"

namespace sizing {
namespace {

struct Outgoing {
  std::string id, title, host, source;
  int port = 0;
  std::string problem;  // why it cannot be tried
};

int port_of(const std::string& url) { return url.starts_with("https://") ? 443 : 80; }

// The hosts that a row names in its words: "e.g. packages from https://download.uib.de (opsi-package-updater)".
std::vector<std::string> urls_in(const std::string& text) {
  std::vector<std::string> urls;
  for (const std::string& word : split(text, ' ')) {
    const auto at = std::min(word.find("http://"), word.find("https://"));
    if (at != std::string::npos) urls.push_back(word.substr(at, word.find_first_of(",;)\"", at) - at));
  }
  return urls;
}

std::string host_of(const std::string& url) {
  const std::string rest = url.substr(url.find("//") + 2);
  return rest.substr(0, rest.find_first_of("/:"));
}

void add(std::vector<Outgoing>& all, Outgoing outgoing) {
  const bool known = std::any_of(all.begin(), all.end(), [&](const Outgoing& o) { return o.id == outgoing.id; });
  if (!known) all.push_back(std::move(outgoing));
}

void add_row(std::vector<Outgoing>& all, const Requiring& r, const Port& row) {
  if (row.to.name == "DNS server" && row.protocol == "tcp") {
    for (const std::string& server : r.facts.name_servers)
      add(all,
          {"connection.dns:" + printable(server), "To the name server " + excerpt(server), server, row.source, 53, ""});
    if (r.facts.name_servers.empty())
      add(all, {"connection.dns", "To a name server", "", row.source, 53, "/etc/resolv.conf names none"});
  }
  if (row.to.name == "internet")
    for (const std::string& url : urls_in(row.purpose + " " + row.condition))
      add(all,
          {"connection.internet:" + host_of(url), "To " + host_of(url), host_of(url), row.source, port_of(url), ""});
  if (row.to.config && !row.to.local && row.port == "4447" && !r.has_role("config"))
    add(all, {"connection.config_server", "To the config server", r.demand.config_server, row.source, 4447,
              r.demand.config_server.empty() ? "the site does not name it by its full name" : ""});
}

std::vector<Outgoing> outgoing(const Requiring& r) {
  std::vector<Outgoing> all;
  for (const char* role : {"config", "depot"})
    if (r.has_role(role))
      for (const Port& row : ports())
        if (row.opsi == r.demand.opsi && passes(row, role, Direction::out)) add_row(all, r, row);
  return all;
}

// The proxy that stands between: where one is set, the host itself need not reach the internet.
bool behind_proxy(const Facts& facts, int port, const std::string& host) {
  std::string proxy, exempt;
  for (const Variable& v : facts.variables) {
    if (lower(v.name) == (port == 443 ? "https_proxy" : "http_proxy")) proxy = v.value;
    if (lower(v.name) == "no_proxy") exempt = v.value;
  }
  return !proxy.empty() && !bypasses(exempt, host, port);
}

// The addresses of a host, or why there is none to connect to.
Fact<std::vector<std::string>> addresses_of(const Facts& facts, const Outgoing& o) {
  using Addresses = std::vector<std::string>;
  if (!o.problem.empty()) return unseen<Addresses>(o.problem);
  if (o.id.starts_with("connection.internet") && behind_proxy(facts, o.port, o.host))
    return unseen<Addresses>("goes through the proxy, which is not asked");
  if (parse_address(o.host)) return seen(Addresses{o.host});
  const auto resolved = resolve_name(facts.root, facts.hosts, o.host);
  if (!resolved.seen()) return unseen<Addresses>(resolved.unseen);
  return seen(resolved.value.addresses);
}

void say(Requiring& r, const Outgoing& o, Verdict verdict, const std::string& found, const std::string& advice = "") {
  r.add(o.id, o.title, verdict, found, "a connection to port " + std::to_string(o.port) + "/tcp", o.source, advice);
}

// One of the addresses of a host is enough.
void try_all(Requiring& r, const std::vector<Outgoing>& all) {
  std::vector<ConnectTarget> targets;
  std::vector<std::size_t> owner;
  std::vector<Fact<std::vector<std::string>>> addresses;
  for (std::size_t i = 0; i < all.size(); ++i) {
    addresses.push_back(addresses_of(r.facts, all[i]));
    for (const std::string& address : addresses[i].value) targets.push_back({address, all[i].port}), owner.push_back(i);
  }
  const auto results = try_connections(targets);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!addresses[i].seen()) {
      say(r, all[i], Verdict::unseen, addresses[i].unseen, "Try it from this host by hand");
      continue;
    }
    std::string problem = "the name has no address";
    bool connected = false;
    for (std::size_t t = 0; t < results.size(); ++t) {
      if (owner[t] != i) continue;
      connected = connected || results[t].connected;
      if (!connected) problem = targets[t].address + ": " + results[t].problem;
    }
    if (connected)
      say(r, all[i], Verdict::pass, "connected");
    else
      say(r, all[i], Verdict::fail, problem, "See the firewall, the route and the name server between here and there");
  }
}

}  // namespace

void require_connections(Requiring& r) {
  const auto all = outgoing(r);
  if (r.demand.connect && r.facts.root.live()) return try_all(r, all);
  std::vector<std::string> names;
  for (const Outgoing& o : all) names.push_back(lower(o.title.substr(0, 1)) + o.title.substr(1));
  if (all.empty()) return;
  r.add("connection", "Outgoing connections", Verdict::note, "not tried: " + join_some(names),
        "to reach what the port matrix names", all.front().source,
        r.facts.root.live() ? "--connect tries them"
                            : "A copied tree makes none: run the check on the host itself, with --connect");
}

}  // namespace sizing
