#include "libsizing/host/facts.h"

#include <unistd.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

Fact<std::vector<Space>> read_watched(const Root& root) {
  if (!root.live()) return unseen<std::vector<Space>>(read_space(root, "/").unseen);
  const Reading file = read_text(root, "/proc/mounts");
  if (!file.ok()) return unseen<std::vector<Space>>("/proc/mounts: " + file.problem);
  std::vector<Space> spaces;
  for (const std::string& folder : watched_mounts(parse_mounts(file.text)))
    if (auto space = read_space(root, folder); space.seen() && space.value.size > 0) spaces.push_back(space.value);
  return seen(std::move(spaces));
}

std::string own_environment() {
  std::string text;
  for (char** variable = environ; variable && *variable; ++variable) text += std::string(*variable) + '\0';
  return text;
}

// The text of a file that need not be there; one that is there and cannot be read is a problem.
Reading read_where_there(const Root& root, const std::string& path, std::string& problem) {
  Reading file = read_text(root, path);
  if (!file.ok() && file.problem != "not there" && problem.empty()) problem = path + ": " + file.problem;
  return file;
}

void read_locale(Facts& facts) {
  for (const std::string& path : locale_files(family(facts.os.value)))
    if (const Reading file = read_where_there(facts.root, path, facts.locale_problem); file.ok())
      facts.locale_files.push_back({path, file.text});
}

void read_variables(Facts& facts) {
  const auto add = [&](const Assignments& from, const std::string& file) {
    for (const Assignment& a : from.all) facts.variables.push_back({a.key, a.value, place_of(a, file)});
  };
  if (facts.root.live()) add(facts.environment, "");
  for (const char* path : {"/etc/environment", "/etc/sysconfig/proxy"})
    if (const Reading file = read_where_there(facts.root, path, facts.proxy_problem); file.ok())
      add(read_assignments(file.text), path);
}

void read_names(Facts& facts) {
  const Root& root = facts.root;
  facts.host_name = read_host_name(root);
  const Reading hosts = read_text(root, "/etc/hosts");
  facts.hosts_problem = hosts.problem;
  facts.hosts = read_hosts(hosts.text);
  facts.interfaces = read_interfaces(root);
  if (!facts.host_name.seen()) {
    facts.own_name = unseen<Resolved>(facts.host_name.unseen);
    return;
  }
  facts.own_name = resolve_name(root, facts.hosts, facts.host_name.value);
  if (!facts.own_name.seen()) return;
  constexpr std::size_t most = 8;  // addresses that are asked for their name: each may take its time
  for (const std::string& address : facts.own_name.value.addresses)
    if (facts.reverse.size() < most) facts.reverse.push_back({address, resolve_address(root, facts.hosts, address)});
}

}  // namespace

Facts read_facts(const Root& root) {
  Facts facts;
  facts.root = root;
  facts.architecture = read_architecture(root);
  facts.memory = read_memory(root);
  facts.processors = read_processors(root);
  facts.tmp = read_space(root, "/tmp");
  facts.var_lib_opsi = read_space(root, "/var/lib/opsi");
  facts.logs = read_space(root, "/var/log/opsi");
  facts.database = read_space(root, "/var/lib/mysql");
  facts.watched = read_watched(root);
  facts.os = read_distribution(root);
  read_names(facts);
  if (root.live()) facts.environment = read_environment(own_environment());
  read_locale(facts);
  read_variables(facts);
  facts.listeners = read_listeners(root);
  facts.opsiconfd = read_opsiconfd(root);
  facts.name_servers = read_name_servers(root);
  return facts;
}

std::string full_name(const Facts& facts) { return facts.own_name.seen() ? facts.own_name.value.name : ""; }

}  // namespace sizing
