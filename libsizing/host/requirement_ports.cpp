// The ports of the matrix on which a server of these roles is reached, from outside or by itself: who listens there?
#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/requirement_parts.h"
#include "libsizing/opsi/port_matrix.h"

namespace sizing {
namespace {

// What the rows of one port say together.
struct Wanted {
  int port = 0;
  std::string protocol, purpose, source, condition;
  bool outside = false;  // others connect to it
  bool always = false;   // no condition
};

Wanted& of_port(std::vector<Wanted>& all, int port, const std::string& protocol) {
  for (Wanted& wanted : all)
    if (wanted.port == port && wanted.protocol == protocol) return wanted;
  all.push_back({port, protocol, "", "", ""});
  return all.back();
}

// Where the source does not say who connects to whom, there is nothing to hold a host against.
bool says_who(const Port& row) { return row.from.name != "not stated"; }

void add_rows(std::vector<Wanted>& all, const Requiring& r, const std::string& role, Direction direction) {
  for (const Port& row : ports()) {
    const auto ranges = port_ranges(row.port);
    const bool one = ranges.size() == 1 && ranges[0].low == ranges[0].high;
    if (row.opsi != r.demand.opsi || !passes(row, role, direction) || !one || !says_who(row)) continue;
    Wanted& wanted = of_port(all, ranges[0].low, row.protocol);
    const bool always = row.condition.starts_with("always") || row.condition == "depots";
    const bool better = wanted.source.empty() || (always && !wanted.always);
    if (better) wanted.purpose = row.purpose, wanted.source = row.source, wanted.condition = row.condition;
    wanted.always = wanted.always || always;
    wanted.outside = wanted.outside || direction == Direction::in;
  }
}

// A service that the plan puts elsewhere leaves its port free here.
bool planned(const Requiring& r, int port) {
  if (!r.demand.plan) return true;
  const auto runs = [&](const char* input) { return r.demand.plan->server.evaluation.value(input) != 0; };
  const bool samba = port == 445 || port == 137 || port == 138 || port == 139;
  if (samba) return runs("service.samba") && !runs("depot.webdav");
  if (port == 3306) return runs("service.database");
  if (port == 6379) return runs("service.redis");
  return true;
}

std::vector<Wanted> wanted_ports(const Requiring& r) {
  std::vector<Wanted> all;
  for (const Direction direction : {Direction::in, Direction::local})
    for (const char* role : {"config", "depot"})
      if (r.has_role(role)) add_rows(all, r, role, direction);
  std::erase_if(all, [&](const Wanted& wanted) { return !planned(r, wanted.port); });
  return all;
}

std::vector<std::string> expected_programs(const Wanted& wanted) {
  std::vector<std::string> names;
  for (const PortProgram& row : port_programs())
    if (row.port == wanted.port && row.protocol == wanted.protocol) names.push_back(row.program);
  return names;
}

bool is_expected(const std::string& program, const std::vector<std::string>& expected) {
  return std::any_of(expected.begin(), expected.end(), [&](const std::string& e) { return program.starts_with(e); });
}

struct Answer {
  Verdict verdict = Verdict::pass;
  std::string found, advice;
};

// "smbd on 0.0.0.0, ::".
std::string shown(const std::vector<Listener>& listeners) {
  std::vector<std::string> programs, addresses;
  const auto add = [](std::vector<std::string>& to, const std::string& text) {
    if (std::find(to.begin(), to.end(), text) == to.end()) to.push_back(text);
  };
  for (const Listener& l : listeners) {
    add(programs, l.program.empty() ? "a program that only root sees" : excerpt(l.program));
    add(addresses, l.address);
  }
  return join(programs, ", ") + " on " + join_some(addresses);
}

Answer nobody_listens(const Requiring& r, const Wanted& wanted) {
  const auto& opsi = r.facts.opsiconfd;
  if (!opsi.seen())
    return {Verdict::note, "free; whether opsi is installed cannot be seen",
            "If opsi is installed, see why its service does not run"};
  if (!opsi.value.installed) return {Verdict::pass, "free; opsi is not installed", ""};
  if (!wanted.always)
    return {Verdict::note, "nobody listens, though opsi is installed", "Start the service if this host is to offer it"};
  return {Verdict::fail, "nobody listens, though opsi is installed",
          "Start the service (" + wanted.purpose + ") and see why it stopped"};
}

Answer answer_for(const Requiring& r, const Wanted& wanted, const std::vector<Listener>& there) {
  if (there.empty()) return nobody_listens(r, wanted);
  const auto expected = expected_programs(wanted);
  const std::string found = shown(there);
  for (const Listener& l : there)
    if (!l.program.empty() && !expected.empty() && !is_expected(l.program, expected))
      return {Verdict::fail, found, "Free the port: it is that of " + join(expected, ", ")};
  const bool reachable =
      std::any_of(there.begin(), there.end(), [](const Listener& l) { return l.reach != Reach::loopback; });
  if (wanted.outside && !reachable)
    return {wanted.always ? Verdict::fail : Verdict::warning, found,
            "Clients cannot reach it: let the service listen on the address of the interface, too"};
  if (std::any_of(there.begin(), there.end(), [](const Listener& l) { return l.program.empty(); }))
    return {Verdict::unseen, found, "Run the check as root: then the program is seen"};
  if (!wanted.outside && reachable)
    return {Verdict::note, found, "Only this host needs it: bind it to 127.0.0.1, or keep others out by a firewall"};
  return {Verdict::pass, found, ""};
}

void require_port(Requiring& r, const Wanted& wanted) {
  const std::string name = std::to_string(wanted.port) + "/" + wanted.protocol,
                    id = "port." + replace_all(name, "/", "."), title = "Port " + name;
  const std::string required =
      wanted.purpose + (wanted.outside ? ", from outside" : ", on this host") +
      (wanted.condition.empty() || wanted.condition == "always" ? "" : "; " + wanted.condition);
  if (!r.facts.listeners.seen())
    return (void)r.add_unseen(id, title, r.facts.listeners.unseen, required, wanted.source);
  std::vector<Listener> there;
  for (const Listener& l : r.facts.listeners.value)
    if (l.port == wanted.port && l.protocol == wanted.protocol) there.push_back(l);
  const Answer answer = answer_for(r, wanted, there);
  r.add(id, title, answer.verdict, answer.found, required, wanted.source, answer.advice);
}

}  // namespace

void require_ports(Requiring& r) {
  for (const Wanted& wanted : wanted_ports(r)) require_port(r, wanted);
}

}  // namespace sizing
