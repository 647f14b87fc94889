// One look at the services of a machine: what their processes take now, and how many connections they hold.
//
// A sum is empty where a part of it could not be read: never a smaller number, never another measure instead.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/host/processes.h"
#include "libsizing/host/root.h"
#include "libsizing/host/services.h"

namespace sizing {

struct Wanted {
  std::vector<const Service*> services;
  std::vector<int> pids;  // these processes and what they started; empty: all
};

struct ServiceSample {
  const Service* service = nullptr;
  double processes = 0;
  double unread = 0;              // processes whose memory could not be read
  std::optional<double> workers;  // where the service has such
  std::optional<double> connections;
  bool connections_by_port = false;  // the open files could not be read: all sockets at the service's ports are counted
  ProcessMemory memory;              // of all its processes, KiB
  std::optional<double> workers_pss;  // KiB
  std::optional<double> descriptors;
};

struct Sample {
  SystemMemory system;
  std::vector<ServiceSample> services;  // those that run, in the order of the table
  std::vector<std::string> unread;      // "PSS of 12 of 14 processes of samba: no right to read it; run as root"
};

/// Takes some milliseconds of the processor. What is asked of a machine without any of the services: no services.
Sample take_sample(const Root& root, const Wanted& wanted);

}  // namespace sizing
