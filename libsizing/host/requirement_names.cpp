// Domain, host name, `hostname -f`, resolution, locale, proxy: what the pure rules say of what this host has.
#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/names.h"
#include "libsizing/host/requirement_parts.h"

namespace sizing {
namespace {

constexpr char page[] = "req42";

bool alarms(const Check& check) { return check.verdict == Verdict::fail || check.verdict == Verdict::warning; }

std::string rule_of(const Check& check) { return check.id.substr(check.id.find('.') + 1); }

// The rows of a name that say something; where none is against it, one row for all rules that it keeps. What is in
// `said`, by the rule's name, is left out: the same breach in a part of the name.
void add_name(Requiring& r, const std::string& id, const std::string& title, const std::string& name,
              const std::string& required, const std::vector<Check>& rows, std::vector<std::string>& said) {
  bool any = false;
  for (const Check& check : rows) {
    if (alarms(check)) any = true;
    if (check.verdict == Verdict::pass || std::find(said.begin(), said.end(), rule_of(check)) != said.end()) continue;
    r.result.checks.push_back(check);
    said.push_back(rule_of(check));
  }
  if (!any) r.add(id, title, Verdict::pass, excerpt(name), required, page);
}

std::string advice_of(const Requiring& r) {
  return r.facts.root.live() ? "Correct /etc/hosts or the name server, until `hostname -f` says the full name"
                             : "Run the check on the host itself";
}

void require_own_names(Requiring& r) {
  constexpr char host_rule[] = "letters, digits and hyphens; no underscore",
                 full_rule[] = "at least two dots, as in opsiserver.domain.local",
                 domain_rule[] = "a domain and a top-level domain of two characters or more";
  const std::string full = full_name(r.facts);
  std::vector<std::string> said;
  const auto dot = full.find('.');
  if (dot != std::string::npos) {
    const std::string domain = full.substr(dot + 1);
    add_name(r, "domain", "Domain", domain, domain_rule, check_domain(domain), said);
  } else {
    r.add("domain", "Domain", full.empty() ? Verdict::unseen : Verdict::fail,
          full.empty() ? "`hostname -f` says nothing" : "none in " + excerpt(full), domain_rule, page, advice_of(r));
  }
  if (r.facts.host_name.seen())
    add_name(r, "host_name", "Host name", r.facts.host_name.value, host_rule, check_host_name(r.facts.host_name.value),
             said);
  else
    r.add_unseen("host_name", "Host name", r.facts.host_name.unseen, host_rule, page);
  if (!r.facts.own_name.seen())
    r.add_unseen("fqdn", "Fully qualified name", r.facts.own_name.unseen, full_rule, page);
  else if (full.empty())
    r.add("fqdn", "Fully qualified name", Verdict::fail,
          excerpt(r.facts.host_name.value) + " is not known to the resolver", full_rule, page, advice_of(r));
  else
    add_name(r, "fqdn", "Fully qualified name", full, full_rule, check_fqdn(full), said);
}

// The name to look for in /etc/hosts: where `hostname -f` gives only the short one, because it comes first in its line,
// the full one of that line.
std::string expected_name(const Facts& facts) {
  const std::string full = full_name(facts);
  if (full.empty() || full.find('.') != std::string::npos) return full;
  for (const HostsEntry& entry : facts.hosts.entries)
    for (const std::string& name : entry.names)
      if (lower(name).starts_with(lower(full) + ".")) return name;
  return full;
}

// The rows of /etc/hosts; those of its address are left to what the resolver says, which reads this file, too.
std::vector<Check> hosts_rows(Requiring& r, const std::vector<std::string>& addresses) {
  const std::string name = expected_name(r.facts);
  if (name.empty()) return {};
  std::vector<Check> of_address;
  const bool has_domain = name.find('.') != std::string::npos;  // without one the name itself is what is wrong
  for (const Check& check : check_hosts(r.facts.hosts, name, addresses)) {
    if (!has_domain && (check.id == "hosts.entry" || check.id == "hosts.order")) continue;
    const bool address = check.id == "hosts.loopback" || check.id == "hosts.interface";
    (address ? of_address : r.result.checks).push_back(check);
  }
  return of_address;
}

Place place_of_breach(const std::vector<Check>& rows, const std::string& id) {
  for (const Check& check : rows)
    if (check.id == id && check.verdict == Verdict::fail) return check.place;
  return {};
}

bool loops_back(const std::string& address) {
  const auto parsed = parse_address(address);
  return parsed && is_loopback(*parsed);
}

bool of_an_interface(const std::string& address, const std::vector<std::string>& own) {
  const auto wanted = parse_address(address);
  return std::any_of(own.begin(), own.end(), [&](const std::string& a) { return parse_address(a) == wanted; });
}

// "opsi1.example.org opsi1", with a domain to fill in where the name has none.
std::string example_of(const std::string& name) {
  const auto dot = name.find('.');
  if (name.empty()) return "server.domain.tld server";
  return dot == std::string::npos ? name + ".domain.tld " + name : name + " " + name.substr(0, dot);
}

void require_forward(Requiring& r, const std::vector<Check>& hosts) {
  constexpr char required[] = "an address that clients reach, not of the loopback interface";
  const Resolved& own = r.facts.own_name.value;
  const auto loop = std::find_if(own.addresses.begin(), own.addresses.end(), loops_back);
  const bool fits = !own.addresses.empty() && loop == own.addresses.end();
  Check& row = r.add(
      "resolution.forward", "Resolution of the own name", fits ? Verdict::pass : Verdict::fail,
      own.addresses.empty() ? "no address" : excerpt(own.name) + " is " + excerpt(join(own.addresses, ", ")), required,
      page, fits ? "" : "Write into /etc/hosts: <address of the interface> " + excerpt(example_of(own.name)));
  row.place = place_of_breach(hosts, "hosts.loopback");
}

void require_interface(Requiring& r, const std::vector<std::string>& own, const std::vector<Check>& hosts) {
  constexpr char required[] = "an address of an interface of this host", id[] = "resolution.interface",
                 title[] = "Address of the own name";
  if (!r.facts.interfaces.seen()) return (void)r.add_unseen(id, title, r.facts.interfaces.unseen, required, page);
  const auto& addresses = r.facts.own_name.value.addresses;
  if (std::all_of(addresses.begin(), addresses.end(), loops_back)) return;  // said already
  std::vector<std::string> foreign;
  for (const std::string& address : addresses)
    if (!loops_back(address) && !of_an_interface(address, own)) foreign.push_back(address);
  const bool fits = foreign.empty();
  Check& row = r.add(
      id, title, fits ? Verdict::pass : Verdict::fail,
      fits ? "this host has " + join_some(own) : excerpt(join(foreign, ", ")) + " is on no interface here", required,
      page, fits ? "" : "This host has " + join_some(own) + ": let the name have the one that clients reach");
  row.place = place_of_breach(hosts, "hosts.interface");
}

void require_reverse(Requiring& r) {
  constexpr char required[] = "the own full name", id[] = "resolution.reverse", title[] = "Name of the own address";
  const std::string full = full_name(r.facts);
  for (const Reverse& reverse : r.facts.reverse) {
    if (loops_back(reverse.address)) continue;
    const std::string address = excerpt(reverse.address);
    if (!reverse.name.seen()) {
      r.add_unseen(id, title, address + ": " + reverse.name.unseen, required, page);
      continue;
    }
    const bool fits = lower(reverse.name.value) == lower(full);
    r.add(id, title, fits ? Verdict::pass : Verdict::warning,
          address + " is " + (reverse.name.value.empty() ? "nobody" : excerpt(reverse.name.value)), required, page,
          fits ? "" : "Correct the reverse entry of the name server, or write the full name first into /etc/hosts");
  }
}

void require_resolution(Requiring& r) {
  if (!r.facts.own_name.seen())
    return (void)r.add_unseen("resolution.forward", "Resolution of the own name", r.facts.own_name.unseen,
                              "an address that clients reach", page);
  std::vector<std::string> own;
  for (const Interface& interface : r.facts.interfaces.value) own.push_back(interface.address);
  std::vector<Check> hosts;
  if (r.facts.hosts_problem.empty())
    hosts = hosts_rows(r, own);
  else
    r.add_unseen("hosts", "/etc/hosts", "/etc/hosts: " + r.facts.hosts_problem, "the own name with its address", page);
  require_forward(r, hosts);
  require_interface(r, own, hosts);
  require_reverse(r);
}

}  // namespace

void require_names(Requiring& r) {
  require_own_names(r);
  require_resolution(r);
}

void require_locale(Requiring& r) {
  const Locale locale = find_locale(r.facts.locale_files, r.facts.environment);
  const auto& rest = r.facts.locale_problem;
  if (locale.value.empty() && !rest.empty())
    return (void)r.add_unseen("locale.set", "Locale", rest, "LANG or LC_ALL set for the whole system", page);
  for (const Check& check : check_locale(locale, family(r.facts.os.value))) r.result.checks.push_back(check);
}

void require_proxy(Requiring& r) {
  const std::string full = full_name(r.facts);
  const auto dot = full.find('.');
  const std::string domain = dot == std::string::npos ? "" : full.substr(dot + 1);
  if (!r.facts.proxy_problem.empty())
    r.add_unseen("proxy", "Proxy variables", r.facts.proxy_problem, "as the page says, where a proxy is used", page);
  for (const Check& check : check_proxy_environment(r.facts.variables, domain)) r.result.checks.push_back(check);
}

}  // namespace sizing
