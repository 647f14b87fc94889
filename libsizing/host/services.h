// The services that an opsi server runs, and by what each is known: one table, that everything here reads.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/processes.h"

namespace sizing {

/// Words are split by blanks. A process belongs to a service by its program's name, that of its process title or its
/// command; or, of one written in Python, where an argument is or ends in "/" and a name of the service.
struct Service {
  std::string_view name{};      // as inputs and commands call it: "samba"
  std::string_view programs{};  // "smbd nmbd rpcd_*"; a star at the end stands for any ending
  bool python = false;
  std::string_view not_arguments{};  // processes with one of these arguments are a person's tool, not the service
  std::string_view worker{};         // workers are those with an argument that holds the first word …
  std::string_view no_worker{};      // … and none that holds this
  std::string_view listener{};       // programs whose listening sockets are the service's; "" is all
  std::string_view socket_files{};   // where it listens by default, names of unix sockets; "" where such connections
                                     // are not the service's
  std::string_view packages{};       // whose version is the service's
};

std::span<const Service> services();

/// Throws InputError with what there is.
const Service& find_service(const std::string& name);

bool belongs(const Process& process, const Service& service);
/// Whether the sockets that it listens on are those of the service itself, not of a helper.
bool listens(const Process& process, const Service& service);
bool is_worker(const Process& process, const Service& service);

/// The TCP ports that it listens at by default: those of its programs in data/tables/programs.csv.
std::vector<int> usual_ports(const Service& service);

}  // namespace sizing
