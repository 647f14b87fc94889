#include "libsizing/host/sampling.h"

#include <algorithm>
#include <set>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/fields.h"
#include "libsizing/host/socket_tables.h"

namespace sizing {
namespace {

struct Seen {
  Process process;
  ProcessMemory memory;
  std::optional<Descriptors> descriptors;
};

// Those that ended between two reads are no part of the sample.
std::vector<Seen> see(const Root& root, const std::vector<Process>& processes, const Service& service) {
  std::vector<Seen> all;
  for (const Process& process : processes) {
    if (!belongs(process, service)) continue;
    Seen seen{process, read_memory(root, process), read_descriptors(root, process)};
    const bool whole = seen.memory.pss && seen.descriptors;
    if (whole || still_runs(root, process)) all.push_back(std::move(seen));
  }
  return all;
}

template <class Get>
std::optional<double> total(const std::vector<Seen>& all, Get get) {
  double sum = 0;
  for (const Seen& seen : all) {
    const std::optional<double> part = get(seen);
    if (!part) return std::nullopt;
    sum += *part;
  }
  return sum;
}

ProcessMemory memory_of(const std::vector<Seen>& all) {
  const auto of = [&](std::optional<double> ProcessMemory::*part) {
    return total(all, [&](const Seen& seen) { return seen.memory.*part; });
  };
  return {of(&ProcessMemory::pss), of(&ProcessMemory::uss), of(&ProcessMemory::rss), of(&ProcessMemory::swap),
          of(&ProcessMemory::page_tables)};
}

std::vector<Seen> workers_of(const std::vector<Seen>& all, const Service& service) {
  std::vector<Seen> workers;
  std::copy_if(all.begin(), all.end(), std::back_inserter(workers),
               [&](const Seen& seen) { return is_worker(seen.process, service); });
  return workers;
}

// The tables of every network that one of the processes is in; of a container it is not this one's.
Sockets sockets_of(const Root& root, const std::vector<std::vector<Seen>>& services) {
  const std::string own = read_link(root, "/proc/self/ns/net");
  Sockets all = read_sockets(root);
  std::set<std::string> read = {own, ""};
  for (const auto& service : services)
    for (const Seen& seen : service) {
      const std::string folder = "/proc/" + std::to_string(seen.process.pid);
      if (!read.insert(read_link(root, folder + "/ns/net")).second) continue;
      const Sockets more = read_sockets(root, folder + "/net");
      all.internet.insert(all.internet.end(), more.internet.begin(), more.internet.end());
      all.unix_domain.insert(all.unix_domain.end(), more.unix_domain.begin(), more.unix_domain.end());
    }
  return all;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Where a service listens, and which sockets are its own.
struct Doors {
  bool own_known = true;  // whose the sockets are is known of each process
  std::set<std::uint64_t> own;
  std::set<int> ports;
  std::set<std::string> paths;
};

bool anybody_listens(const Sockets& sockets, int port) {
  return std::any_of(sockets.internet.begin(), sockets.internet.end(), [&](const InternetSocket& socket) {
    return socket.transport == Transport::tcp && socket.state == SocketState::listening && socket.port == port;
  });
}

Doors doors_of(const std::vector<Seen>& all, const Service& service, const Sockets& sockets) {
  Doors doors;
  std::set<std::uint64_t> listeners;
  for (const Seen& seen : all) {
    if (!seen.descriptors) {
      doors.own_known = false;
      continue;
    }
    doors.own.insert(seen.descriptors->sockets.begin(), seen.descriptors->sockets.end());
    if (listens(seen.process, service))
      listeners.insert(seen.descriptors->sockets.begin(), seen.descriptors->sockets.end());
  }
  for (const InternetSocket& socket : sockets.internet)
    if (socket.state == SocketState::listening && listeners.contains(socket.inode)) doors.ports.insert(socket.port);
  for (const UnixSocket& socket : sockets.unix_domain)
    if (!service.socket_files.empty() && socket.state == SocketState::listening && listeners.contains(socket.inode))
      doors.paths.insert(socket.path);
  if (doors.own_known) return doors;
  for (const int port : usual_ports(service))
    if (anybody_listens(sockets, port)) doors.ports.insert(port);
  const auto names = words(service.socket_files);
  for (const UnixSocket& socket : sockets.unix_domain)
    if (std::find(names.begin(), names.end(), file_name(socket.path)) != names.end()) doors.paths.insert(socket.path);
  return doors;
}

// Connections at the doors; of both ends of one on loopback only the service's has the door's port or path. A socket
// that several processes share is one connection. Nothing where the service has no door that is known.
std::optional<double> connections_of(const Doors& doors, const Sockets& sockets) {
  if (doors.ports.empty() && doors.paths.empty()) return std::nullopt;
  const auto counts = [&](const auto& socket) {
    return socket.state == SocketState::established && (!doors.own_known || doors.own.contains(socket.inode));
  };
  std::set<std::uint64_t> connections;
  for (const InternetSocket& socket : sockets.internet)
    if (counts(socket) && socket.transport == Transport::tcp && doors.ports.contains(socket.port))
      connections.insert(socket.inode);
  for (const UnixSocket& socket : sockets.unix_domain)
    if (counts(socket) && doors.paths.contains(socket.path)) connections.insert(socket.inode);
  return static_cast<double>(connections.size());
}

bool tcp_is_read(const Sockets& sockets) {
  return std::none_of(sockets.unread.begin(), sockets.unread.end(),
                      [](const std::string& table) { return table.find("/tcp:") != std::string::npos; });
}

ServiceSample sample_of(const std::vector<Seen>& all, const Service& service, const Sockets& sockets) {
  ServiceSample sample;
  sample.service = &service;
  sample.processes = static_cast<double>(all.size());
  for (const Seen& seen : all) sample.unread += seen.memory.pss ? 0 : 1;
  sample.memory = memory_of(all);
  sample.descriptors = total(
      all, [](const Seen& seen) { return seen.descriptors ? std::optional(seen.descriptors->count) : std::nullopt; });
  if (!service.worker.empty()) {
    const auto workers = workers_of(all, service);
    sample.workers = static_cast<double>(workers.size());
    sample.workers_pss = memory_of(workers).pss;
  }
  const Doors doors = doors_of(all, service, sockets);
  sample.connections_by_port = !doors.own_known;
  if (tcp_is_read(sockets)) sample.connections = connections_of(doors, sockets);
  return sample;
}

void note_unread(const ServiceSample& sample, bool live, std::vector<std::string>& notes) {
  const std::string name(sample.service->name), advice = live ? "; run as root" : "";
  if (sample.unread > 0)
    notes.push_back(exact(sample.unread) + " of " + exact(sample.processes) + " processes of " + name +
                    " not readable (PSS, USS)" + advice);
  if (sample.connections_by_port)
    notes.push_back("open files of " + name + " not readable: its connections are " +
                    (sample.connections ? "all those at its usual ports and socket files" : "not known") + advice);
}

}  // namespace

Sample take_sample(const Root& root, const Wanted& wanted) {
  auto processes = read_processes(root);
  if (!wanted.pids.empty()) processes = with_children(processes, wanted.pids);
  std::vector<std::vector<Seen>> seen;
  for (const Service* service : wanted.services) seen.push_back(see(root, processes, *service));
  const Sockets sockets = sockets_of(root, seen);
  Sample sample{read_system_memory(root), {}, {}};
  for (std::size_t s = 0; s < seen.size(); ++s) {
    if (seen[s].empty()) continue;
    sample.services.push_back(sample_of(seen[s], *wanted.services[s], sockets));
    note_unread(sample.services.back(), root.live(), sample.unread);
  }
  if (!tcp_is_read(sockets)) sample.unread.push_back("connections: " + join(sockets.unread, "; "));
  return sample;
}

}  // namespace sizing
