#include "libsizing/host/services.h"

#include <algorithm>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/host/fields.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

// opsiconfd: opsiconfd/utils (is_manager) of opsi-org/opsiconfd: workers are spawned by Python's multiprocessing, whose
// resource tracker is one more child. Samba: the programs of Debian's samba and winbind packages; the helpers
// smbd-notifyd and cleanupd keep smbd's command line.
constexpr Service all[] = {
    {"opsiconfd", "opsiconfd", true, "log-viewer", "multiprocessing", "resource_tracker", "", "", "opsiconfd"},
    {"samba", "smbd smbd-* nmbd winbindd samba samba-* rpcd_* lpqd", false, "", "", "", "smbd", "", "samba"},
    {"database", "mariadbd mysqld", false, "", "", "", "", "mysqld.sock mysql.sock",
     "mariadb-server mysql-server mariadb-server-10.11 mysql-server-8.0"},
    {"redis", "redis-server redis-sentinel valkey-server", false, "", "", "", "", "redis-server.sock redis.sock",
     "redis-server redis redis-stack-server valkey-server"},
    {"opsipxeconfd", "opsipxeconfd", true, "", "", "", "", "opsipxeconfd.socket", "opsipxeconfd"},
    {"tftpd", "in.tftpd atftpd opsi-tftpd* opsitftpd", false, "", "", "", "", "",
     "opsi-tftpd-hpa opsi-atftpd tftpd-hpa"},
    {"grafana", "grafana grafana-server", false, "", "", "", "", "", "grafana grafana-enterprise"},
};

bool matches(std::string_view name, std::string_view pattern) {
  return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern;
}

bool is_any(std::string_view name, std::string_view patterns) {
  const auto all_of_them = words(patterns);
  return std::any_of(all_of_them.begin(), all_of_them.end(), [&](std::string_view p) { return matches(name, p); });
}

// "smbd" of "/usr/sbin/smbd", of "smbd: client [10.0.0.1]" and of "/usr/sbin/smbd --foreground".
std::string_view program_of(std::string_view title) {
  title = title.substr(0, title.find_first_of(" :"));
  const std::size_t slash = title.rfind('/');
  return slash == std::string_view::npos ? title : title.substr(slash + 1);
}

bool is_program(const Process& process, std::string_view programs) {
  return is_any(process.command, programs) ||
         (!process.arguments.empty() && is_any(program_of(process.arguments.front()), programs));
}

bool runs_module(const Process& process, std::string_view programs) {
  if (!process.command.starts_with("python")) return false;
  return std::any_of(process.arguments.begin(), process.arguments.end(),
                     [&](const std::string& a) { return is_any(program_of(a), programs); });
}

bool any_holds(const Process& process, std::string_view word) {
  return std::any_of(process.arguments.begin(), process.arguments.end(),
                     [&](const std::string& a) { return a.find(word) != std::string::npos; });
}

}  // namespace

std::span<const Service> services() { return all; }

const Service& find_service(const std::string& name) {
  std::vector<std::string> names;
  for (const Service& service : all) {
    if (service.name == name) return service;
    names.emplace_back(service.name);
  }
  throw InputError({"", 0, 0, "service"}, "unknown" + did_you_mean(name, names), name, join(names, ", "));
}

bool belongs(const Process& process, const Service& service) {
  const bool by_name =
      is_program(process, service.programs) || (service.python && runs_module(process, service.programs));
  return by_name && !std::any_of(process.arguments.begin(), process.arguments.end(),
                                 [&](const std::string& argument) { return is_any(argument, service.not_arguments); });
}

bool listens(const Process& process, const Service& service) {
  return service.listener.empty() || is_program(process, service.listener);
}

std::vector<int> usual_ports(const Service& service) {
  std::vector<int> ports;
  for (const PortProgram& row : port_programs())
    if (row.protocol == "tcp" && is_any(row.program, service.listener.empty() ? service.programs : service.listener) &&
        std::find(ports.begin(), ports.end(), row.port) == ports.end())
      ports.push_back(row.port);
  return ports;
}

bool is_worker(const Process& process, const Service& service) {
  return !service.worker.empty() && any_holds(process, service.worker) && !any_holds(process, service.no_worker);
}

}  // namespace sizing
