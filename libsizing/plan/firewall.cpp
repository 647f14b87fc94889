#include "libsizing/plan/firewall.h"

#include <algorithm>
#include <set>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void check_words(const FirewallOptions& options, const std::string& opsi) {
  const auto known = port_options(opsi);
  for (const auto& [key, words] : {std::pair{"with", options.with}, std::pair{"without", options.without}})
    for (const std::string& word : words)
      if (!has(known, word))
        throw InputError({"", 0, 0, key},
                         "the port matrix of opsi " + opsi + " has no such option" + did_you_mean(word, known), word,
                         join(known, ", "));
  if (has(options.without, "ssh"))
    throw InputError({"", 0, 0, "without"},
                     "SSH is always let in, so that nobody is locked out; --admins-from says from where", "ssh");
  for (const std::string& word : options.with)
    if (has(options.without, word)) throw InputError({"", 0, 0, "with"}, "is left out by --without as well", word);
}

bool is_server(const Endpoint& end) { return end.config || end.depot; }

// Whether the site has no opsi server beside this one.
bool alone(const Evaluation& e, const FirewallOptions& options) {
  return options.servers.empty() && e.value("role.config") != 0 && e.value("depots") == 0;
}

// The addresses of everybody at the other end; none where one of them may be anywhere.
std::vector<Network> addresses_of(const Endpoint& peer, const std::string& option, bool other_servers,
                                  const FirewallOptions& options) {
  if (option == "ssh") return options.admins;
  if (option == "wol" || option == "unstated") return {};  // broadcasts; nobody is named
  std::vector<Network> all;
  bool anywhere = !peer.client && !peer.config && !peer.depot && !peer.admin;
  const auto add = [&](bool takes_part, const std::vector<Network>& group) {
    if (!takes_part) return;
    anywhere = anywhere || group.empty();
    for (const Network& network : group)
      if (std::find(all.begin(), all.end(), network) == all.end()) all.push_back(network);
  };
  add(peer.client, options.clients);
  add(is_server(peer) && other_servers, options.servers);
  add(peer.admin, options.admins);
  return anywhere ? std::vector<Network>{} : all;
}

// Why a row is left out; "" where it is open.
std::string why_not(const Evaluation& e, const Port& port, Direction direction, const FirewallOptions& options) {
  const Endpoint& peer = direction == Direction::in ? port.from : port.to;
  if (is_server(peer) && !peer.client && !peer.admin && alone(e, options))
    return "the site has no other opsi server; --servers-from names one";
  if (has(options.with, port.option)) return "";
  if (has(options.without, port.option)) return "left out by --without " + port.option;
  if (direction != Direction::in) return "";
  const auto yes = [&](const char* input) { return e.value(input) != 0; };
  if (port.option == "samba" && yes("depot.webdav")) return "the depot is read by WebDAV; --with samba opens it";
  if (port.option == "samba" && !yes("service.samba")) return "Samba does not run here; --with samba opens it";
  if (port.option == "grafana") return "--with grafana opens it";
  if (port.option == "unstated") return "its source does not state who connects to whom; --with unstated opens it";
  return "";
}

FirewallRow row_of(const Evaluation& e, const Port& port, Direction direction, const FirewallOptions& options) {
  const Endpoint& peer = direction == Direction::in ? port.from : port.to;
  FirewallRow row{direction,    port.protocol,
                  port.port,    port_ranges(port.port),
                  peer.name,    {},
                  port.purpose, port.condition,
                  port.source,  port.option,
                  true,         ""};
  if (direction == Direction::local) return row;
  row.addresses = addresses_of(peer, direction == Direction::in ? port.option : "", !alone(e, options), options);
  if (direction == Direction::out && port.option == "wol") row.addresses.clear();
  row.why_not = why_not(e, port, direction, options);
  row.open = row.why_not.empty();
  return row;
}

// The matrix of 4.2 names SSH for the config server alone; nobody is to be locked out of a depot server either.
void add_ssh(std::vector<FirewallRow>& rows, const FirewallOptions& options) {
  const auto is_ssh = [](const FirewallRow& r) { return r.direction == Direction::in && r.option == "ssh"; };
  if (std::any_of(rows.begin(), rows.end(), is_ssh)) return;
  rows.push_back({Direction::in,
                  "tcp",
                  "22",
                  {{22, 22}},
                  "admin devices",
                  options.admins,
                  "SSH",
                  "not in the matrix for this role; let in so that nobody is locked out",
                  "",
                  "ssh",
                  true,
                  ""});
}

// What stays open to anybody although addresses were given, and which option would say whose it is.
std::string open_to_any(const Evaluation& e, const Firewall& firewall, const FirewallOptions& options) {
  std::set<std::string> ports;
  for (const FirewallRow& row : firewall.rows)
    if (row.direction == Direction::in && row.open && row.addresses.empty())
      ports.insert(row.port + "/" + row.protocol);
  std::vector<std::string> missing;
  if (options.clients.empty()) missing.emplace_back("--clients-from");
  if (options.servers.empty() && !alone(e, options)) missing.emplace_back("--servers-from");
  if (options.admins.empty()) missing.emplace_back("--admins-from");
  const bool none_given = options.clients.empty() && options.servers.empty() && options.admins.empty();
  if (ports.empty() || missing.empty() || none_given) return "";
  return "Without " + join(missing, " and ") + " any address reaches " +
         join(std::vector<std::string>(ports.begin(), ports.end()), ", ") + ".";
}

std::string answer_of(const Firewall& firewall) {
  std::set<std::string> open;
  std::size_t closed = 0;
  for (const FirewallRow& row : firewall.rows) {
    if (row.direction != Direction::in) continue;
    if (row.open)
      open.insert(row.port + "/" + row.protocol);
    else
      ++closed;
  }
  return firewall.server + " (" + join(firewall.roles, " and ") + " server, opsi " + firewall.opsi +
         ") has to accept " + join(std::vector<std::string>(open.begin(), open.end()), ", ") +
         (closed > 0 ? "; " + std::to_string(closed) + (closed == 1 ? " row" : " rows") + " of the matrix left out"
                     : "") +
         ".";
}

}  // namespace

Firewall make_firewall(const ServerPlan& server, const FirewallOptions& options) {
  const Evaluation& e = server.server.evaluation;
  Firewall firewall{server.server.name, e.model->name, server.roles, options.restrict_outgoing, {}, "", ""};
  check_words(options, firewall.opsi);
  for (const Direction direction : {Direction::in, Direction::out, Direction::local}) {
    for (const Port& port : ports()) {
      const auto takes_part = [&](const std::string& role) { return passes(port, role, direction); };
      if (port.opsi == firewall.opsi && std::any_of(server.roles.begin(), server.roles.end(), takes_part))
        firewall.rows.push_back(row_of(e, port, direction, options));
    }
    if (direction == Direction::in) add_ssh(firewall.rows, options);
  }
  firewall.open_to_any = open_to_any(e, firewall, options);
  firewall.answer = answer_of(firewall) + (firewall.open_to_any.empty() ? "" : " " + firewall.open_to_any);
  return firewall;
}

}  // namespace sizing
