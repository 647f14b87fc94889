// What is said about a diagnostic file: what of it is not what a plan means, and what stands in it that concerns size.
#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/import.h"
#include "libsizing/host/imported_site.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/remarks.h"

namespace sizing {
namespace {

using Remarks = std::vector<Remark>;

double figure(const Import& import, const char* name) { return find_figure(*import.plan.model, name)->value; }

std::string gigabytes(double bytes) { return rounded(bytes / 1e9) + " GB"; }

void release(const Import& import, Remarks& remarks) {
  if (import.plan.site.opsi_place.key.starts_with("--")) return;  // stated beside the file
  const ImportedRelease found = release_of(import.diagnostic);
  if (found.version.empty())
    remarks.push_back({"release_missing", Severity::warning, "",
                       "The file does not say which opsiconfd it is from; the rules of opsi " + default_rule_set() +
                           ", the default, are used."});
  else if (!found.known)
    remarks.push_back({"release_without_rules", Severity::warning, "",
                       "opsiconfd " + excerpt(found.version) + ": there are no rules for this release; those of opsi " +
                           found.rule_set + " are the nearest."});
}

// The health check of a newer opsi counts by 30 days, the diagnostic file by 365.
void active_clients(const Import& import, Remarks& remarks) {
  const Diagnostic& d = import.diagnostic;
  if (const FoundNumber month = active_within_a_month(d)) {
    remarks.push_back({"active_clients_month", Severity::note, "active_clients",
                       rounded(month->value) +
                           " clients were seen within 30 days, says the health check (it may be a day old)" +
                           (d.active_clients ? "; the " + rounded(d.active_clients->value) + " of " +
                                                   d.active_clients->place.key + " are those of 365 days."
                                             : ".")});
  } else if (d.active_clients) {
    remarks.push_back({"active_clients_year", Severity::warning, "active_clients",
                       d.active_clients->place.key + " counts the " + rounded(d.active_clients->value) +
                           " clients seen within 365 days; the rules mean those of 30 days, so it is the most that "
                           "there can be: state active_clients if fewer are known."});
  }
}

void workers(const Import& import, Remarks& remarks) {
  const Evaluation& e = import.plan.servers.front().server.evaluation;
  for (const InForce& line : import.in_force) {
    if (line.quantity != "opsiconfd.workers") continue;
    const std::string beside = with_unit(rounded(line.there), line.unit) + " in force (" + line.from.key + "), " +
                               rounded(line.planned) + " planned";
    if (line.there < line.planned)
      remarks.push_back({"workers_in_force", Severity::warning, line.quantity, beside + "."});
    if (line.there > line.planned)
      remarks.push_back({"workers_in_force", Severity::note, line.quantity,
                         beside + ": the plan asks for fewer than work today, and its memory counts fewer."});
    const double each = std::floor(e.value("active_clients") / line.there);
    const bool checked_there = find_formula(*e.model, "opsiconfd.workers_by_clients") != nullptr;
    if (checked_there && each > figure(import, "opsiconfd.active_clients_warning"))
      remarks.push_back({"clients_per_worker_in_force", Severity::warning, "opsiconfd.active_clients_per_worker",
                         rounded(each) + " active clients on each worker in force; opsi's health check warns above " +
                             rounded(figure(import, "opsiconfd.active_clients_warning")) + "."});
  }
}

void redis(const Import& import, Remarks& remarks) {
  for (const InForce& line : import.in_force) {
    if (line.quantity != "redis.memory") continue;
    const double error = figure(import, "redis.memory_error"), warning = figure(import, "redis.memory_warning");
    if (line.there < warning) continue;
    const bool is_error = line.there >= error;
    remarks.push_back({"redis_memory_in_force", is_error ? Severity::error : Severity::warning, line.quantity,
                       "Redis uses " + rounded(line.there) + " MB (" + line.from.key + "), planned are " +
                           rounded(line.planned) + " MB; opsi's health check reports " +
                           (is_error ? "an error" : "a warning") + " from " + rounded(is_error ? error : warning) +
                           " MB."});
  }
}

void disks(const Import& import, Remarks& remarks) {
  const Diagnostic& d = import.diagnostic;
  const double least = figure(import, "disk.free_space") * 1e9;
  for (const Mount& mount : d.mounts)
    if (mount.free && mount.free->value < least)
      remarks.push_back({"disk_free", Severity::warning, "",
                         gigabytes(mount.free->value) + " free on " + excerpt(mount.folder) +
                             "; opsi's health check warns below " + gigabytes(least) + "."});
  const Mount *packages = packages_mount(d), *tmp = mount_of(d, "/tmp");
  if (packages && !holds_opsi_alone(*packages))
    remarks.push_back({"packages_unknown", Severity::note, "packages",
                       "/var/lib/opsi lies on " + excerpt(packages->folder) +
                           " with other files: the size of the packages is not in the file, and not all of the disk is "
                           "theirs; state packages."});
  if (packages && packages == tmp)
    remarks.push_back(
        {"disk_shared", Severity::note, "disk.tmp",
         "/tmp and /var/lib/opsi share the mount " + excerpt(tmp->folder) + ": what one takes the other has not."});
}

void container(const Import& import, Remarks& remarks) {
  if (import.diagnostic.docker && import.diagnostic.docker->value)
    remarks.push_back({"container", Severity::warning, "",
                       "opsiconfd runs in a container: memory and cores are those of the machine, not what the "
                       "container may use, and the disks are those that the container sees."});
}

void depots(const Import& import, Remarks& remarks) {
  const ImportedDepots found = depots_of(import.diagnostic);
  const std::size_t count = import.diagnostic.depots.size();
  if (count > 1)
    remarks.push_back({"depots_counted", Severity::note, "depots",
                       with_unit(std::to_string(count - 1), parse_unit("depot")) +
                           " besides this server: counted as depots, since the file has neither their hardware nor "
                           "their clients."});
  if (count > 1 && found.own.empty())
    remarks.push_back({"server_not_among_depots", Severity::warning, "",
                       "None of the depot servers has the name of this server; it is taken to be the config server and "
                       "one of them."});
}

bool is_about_size(const std::string& id) {
  const bool redis = id.starts_with("redis") && id.find("memory") != std::string::npos;
  return redis || id.starts_with("disk_usage") || id.starts_with("opsi_worker_capacity") || id.starts_with("mysql");
}

void health(const Import& import, Remarks& remarks) {
  std::size_t others = 0;
  for (const HealthResult& result : import.diagnostic.health) {
    const bool error = result.status == "error";
    if (result.parts || (!error && result.status != "warning")) continue;
    if (!is_about_size(result.id)) ++others;
    if (is_about_size(result.id))
      remarks.push_back({"health_check", error ? Severity::error : Severity::warning, "",
                         "opsi's health check, " + result.id + ": " + result.message});
  }
  if (others > 0)
    remarks.push_back({"health_check_others", Severity::note, "",
                       std::to_string(others) + (others == 1 ? " other finding" : " other findings") +
                           " of opsi's health check, not about size."});
}

}  // namespace

Remarks import_remarks(const Import& import) {
  Remarks remarks;
  for (const auto& part : {release, active_clients, workers, redis, disks, container, depots, health})
    part(import, remarks);
  sort_by_severity(remarks);
  return remarks;
}

std::vector<Taken> taken_from(const Diagnostic& d) {
  std::vector<Taken> taken;
  const auto text = [&](const char* what, const FoundText& found) {
    if (found) taken.push_back({what, found->value, found->place});
  };
  const auto number = [&](const char* what, const FoundNumber& found, const char* unit) {
    if (found) taken.push_back({what, with_unit(rounded(found->value), parse_unit(unit)), found->place});
  };
  const auto bytes = [&](const std::string& what, const FoundNumber& found) {
    if (found) taken.push_back({what, gigabytes(found->value), found->place});
  };
  text("opsiconfd", d.opsiconfd_version ? d.opsiconfd_version : d.opsiconfd_package);
  text("node", d.node_name ? d.node_name : d.host_name);
  text("operating system", d.system);
  text("processor", d.processor);
  number("cores", d.cores, "core");
  bytes("memory", d.memory);
  bytes("memory available", d.memory_available);
  for (const Mount& mount : d.mounts) {
    bytes(excerpt(mount.folder) + ", total", mount.total);
    bytes(excerpt(mount.folder) + ", used", mount.used);
    bytes(excerpt(mount.folder) + ", free", mount.free);
  }
  number("clients", d.clients, "client");
  number("clients seen within 365 days", d.active_clients, "client");
  number("clients seen within 30 days", active_within_a_month(d), "client");
  if (!d.depots.empty()) taken.push_back({"depot servers", std::to_string(d.depots.size()), d.depots[0].place});
  for (const DepotProducts& products : d.products)
    taken.push_back({"products on " + products.depot, rounded(products.count), {d.file, 0, 0, "products"}});
  number("workers", d.workers, "worker");
  number("threads of a worker", d.executor_workers, "thread");
  if (d.redis_memory)
    taken.push_back({"memory of Redis", rounded(d.redis_memory->value / 1e6) + " MB", d.redis_memory->place});
  return taken;
}

}  // namespace sizing
