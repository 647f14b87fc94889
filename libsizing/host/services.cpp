#include "libsizing/host/services.h"

#include <algorithm>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

// opsiconfd: opsiconfd/utils (is_manager) of opsi-org/opsiconfd: workers are spawned by Python's multiprocessing, whose
// resource tracker is one more child. Samba: the programs of Debian's samba and winbind packages; the helpers
// smbd-notifyd and cleanupd keep smbd's command line. Ports: the port matrix; MariaDB's and Redis' own defaults.
constexpr Service all[] = {
    {"opsiconfd", "opsiconfd", true, "log-viewer", "multiprocessing", "resource_tracker", "", "4447", "", "opsiconfd"},
    {"samba", "smbd smbd-* nmbd winbindd samba samba-* rpcd_* lpqd", false, "", "", "", "smbd", "445 139", "", "samba"},
    {"database", "mariadbd mysqld", false, "", "", "", "", "3306", "mysqld.sock mysql.sock",
     "mariadb-server mysql-server mariadb-server-10.11 mysql-server-8.0"},
    {"redis", "redis-server redis-sentinel valkey-server", false, "", "", "", "", "6379",
     "redis-server.sock redis.sock", "redis-server redis redis-stack-server valkey-server"},
    {"opsipxeconfd", "opsipxeconfd", true, "", "", "", "", "", "opsipxeconfd.socket", "opsipxeconfd"},
    {"tftpd", "in.tftpd atftpd opsi-tftpd* opsitftpd", false, "", "", "", "", "", "",
     "opsi-tftpd-hpa opsi-atftpd tftpd-hpa"},
    {"grafana", "grafana grafana-server", false, "", "", "", "", "3000", "", "grafana grafana-enterprise"},
};

bool matches(std::string_view name, std::string_view pattern) {
  return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern;
}

bool is_any(std::string_view name, std::string_view patterns) {
  const auto words = column_words(patterns);
  return std::any_of(words.begin(), words.end(), [&](const std::string& p) { return matches(name, p); });
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

std::vector<std::string> column_words(std::string_view column) {
  return column.empty() ? std::vector<std::string>{} : split(column, ' ');
}

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

bool is_worker(const Process& process, const Service& service) {
  return !service.worker.empty() && any_holds(process, service.worker) && !any_holds(process, service.no_worker);
}

}  // namespace sizing
