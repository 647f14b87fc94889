// Processes and their memory, from /proc of a Root.
//
// PSS (proportional set size) counts a page that n processes share as 1/n for each, so that it may be added up; USS is
// what one process has for itself alone, RSS counts a shared page in full for every process. All in KiB; the kernel
// writes "kB" and means KiB. What the kernel holds for a process beside that is named apart: its page tables.
// A process may end between two reads; it is then no process. What there is no right to read stays empty.
// Source: proc(5), Documentation/filesystems/proc.rst of the Linux kernel.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/root.h"

namespace sizing {

struct Process {
  int pid = 0, parent = 0;
  char state = '?';     // 'Z' has ended, and its parent has not asked for it yet
  std::string command;  // at most 15 characters, as the kernel has it: "smbd-notifyd"
  std::vector<std::string> arguments;
  double start = 0;  // after the machine's start, in the kernel's clock ticks (1/100 s)
};

struct ProcessMemory {
  std::optional<double> pss, uss, rss, swap, page_tables;  // KiB
};

/// The open files, and which of them are sockets; nothing where they cannot be read.
struct Descriptors {
  double count = 0;
  std::vector<std::uint64_t> sockets;  // inodes
};

/// The whole machine, KiB: what is left, and what the kernel itself holds (/proc/meminfo).
struct SystemMemory {
  std::optional<double> total, available, slab, slab_unreclaimable, kernel_stack, page_tables, swap_used;
};

/// All that run, by number; those that have ended are left out.
std::vector<Process> read_processes(const Root& root);

/// Whether it still runs: the same number may be another process by now.
bool still_runs(const Root& root, const Process& process);

ProcessMemory read_memory(const Root& root, const Process& process);
std::optional<Descriptors> read_descriptors(const Root& root, const Process& process);
SystemMemory read_system_memory(const Root& root);

/// The numbers among `pids`, and all that they started, and so on.
std::vector<Process> with_children(const std::vector<Process>& processes, const std::vector<int>& pids);

/// Text of /proc/PID/stat; nothing where it is none.
std::optional<Process> parse_stat(std::string_view text);
/// Lines "Name:   123 kB" of status, smaps_rollup and meminfo; others are passed over.
std::map<std::string, double> parse_sizes(std::string_view text);

}  // namespace sizing
