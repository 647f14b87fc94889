#include "libsizing/host/processes.h"

#include <algorithm>
#include <set>

#include "libsizing/base/text.h"
#include "libsizing/host/fields.h"

namespace sizing {
namespace {

constexpr std::size_t most_of_one = 1 << 20;  // bytes of a file of /proc/PID

std::string folder_of(int pid) { return "/proc/" + std::to_string(pid); }

std::vector<std::string> arguments_of(std::string text) {
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text.empty() ? std::vector<std::string>{} : split(text, '\0');
}

std::optional<double> size(const std::map<std::string, double>& sizes, const char* name) {
  const auto at = sizes.find(name);
  return at == sizes.end() ? std::nullopt : std::optional(at->second);
}

std::map<std::string, double> read_sizes(const Root& root, const std::string& path) {
  return parse_sizes(read_text(root, path, most_of_one).text);
}

std::optional<double> sum(const std::optional<double>& a, const std::optional<double>& b) {
  return a && b ? std::optional(*a + *b) : std::nullopt;
}

}  // namespace

std::optional<Process> parse_stat(std::string_view text) {
  // "PID (command) state ppid …": the command may hold blanks and brackets, so its end is the last bracket.
  const std::size_t open = text.find(" ("), close = text.rfind(") ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open + 2) return std::nullopt;
  constexpr std::size_t state_field = 0, parent_field = 1, start_field = 19;  // behind the command
  const auto fields = split(trim(text.substr(close + 2)), ' ');
  const auto pid = whole_number<int>(text.substr(0, open));
  if (!pid || fields.size() <= start_field || fields[state_field].size() != 1) return std::nullopt;
  const auto parent = whole_number<int>(fields[parent_field]);
  std::string_view start_text = fields[start_field];
  if (start_text.ends_with('\n')) start_text.remove_suffix(1);
  const auto start = whole_number<std::uint64_t>(start_text);
  if (!parent || !start) return std::nullopt;
  return Process{*pid,
                 *parent,
                 fields[state_field][0],
                 std::string(text.substr(open + 2, close - open - 2)),
                 {},
                 static_cast<double>(*start)};
}

std::map<std::string, double> parse_sizes(std::string_view text) {
  std::map<std::string, double> sizes;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || !line.ends_with(" kB")) continue;
    const std::string_view number = trim(std::string_view(line).substr(colon + 1, line.size() - colon - 4));
    if (const auto kib = whole_number<std::uint64_t>(number))
      sizes.emplace(line.substr(0, colon), static_cast<double>(*kib));
  }
  return sizes;
}

std::vector<Process> read_processes(const Root& root) {
  std::vector<Process> processes;
  for (const std::string& name : list_folder(root, "/proc")) {
    const auto pid = whole_number<int>(name);
    if (!pid || *pid <= 0) continue;
    auto process = parse_stat(read_text(root, folder_of(*pid) + "/stat", most_of_one).text);
    if (!process || process->pid != *pid || process->state == 'Z' || process->state == 'X') continue;
    process->arguments = arguments_of(read_text(root, folder_of(*pid) + "/cmdline", most_of_one).text);
    processes.push_back(std::move(*process));
  }
  std::sort(processes.begin(), processes.end(), [](const Process& a, const Process& b) { return a.pid < b.pid; });
  return processes;
}

bool still_runs(const Root& root, const Process& process) {
  const auto now = parse_stat(read_text(root, folder_of(process.pid) + "/stat", most_of_one).text);
  return now && now->start <= process.start && process.start <= now->start && now->state != 'Z' && now->state != 'X';
}

ProcessMemory read_memory(const Root& root, const Process& process) {
  const auto rollup = read_sizes(root, folder_of(process.pid) + "/smaps_rollup");
  const auto status = read_sizes(root, folder_of(process.pid) + "/status");
  return {size(rollup, "Pss"), sum(size(rollup, "Private_Clean"), size(rollup, "Private_Dirty")), size(status, "VmRSS"),
          rollup.contains("SwapPss") ? size(rollup, "SwapPss") : size(status, "VmSwap"), size(status, "VmPTE")};
}

std::optional<Descriptors> read_descriptors(const Root& root, const Process& process) {
  const std::string folder = folder_of(process.pid) + "/fd";
  const auto names = list_folder(root, folder);
  if (names.empty()) return std::nullopt;  // a service has some; none means that there is no right to see them
  Descriptors descriptors{static_cast<double>(names.size()), {}};
  constexpr std::string_view socket = "socket:[";
  for (const std::string& name : names) {
    const std::string target = read_link(root, folder + "/" + name);
    if (!target.starts_with(socket) || !target.ends_with(']')) continue;
    const std::string_view number = std::string_view(target).substr(socket.size(), target.size() - socket.size() - 1);
    if (const auto inode = whole_number<std::uint64_t>(number)) descriptors.sockets.push_back(*inode);
  }
  return descriptors;
}

SystemMemory read_system_memory(const Root& root) {
  const auto sizes = read_sizes(root, "/proc/meminfo");
  const auto total = size(sizes, "SwapTotal"), free = size(sizes, "SwapFree");
  return {size(sizes, "MemTotal"),
          size(sizes, "MemAvailable"),
          size(sizes, "Slab"),
          size(sizes, "SUnreclaim"),
          size(sizes, "KernelStack"),
          size(sizes, "PageTables"),
          total && free ? std::optional(*total - *free) : std::nullopt};
}

std::vector<Process> with_children(const std::vector<Process>& processes, const std::vector<int>& pids) {
  std::set<int> wanted(pids.begin(), pids.end());
  // A child may have a smaller number than its parent, so until nothing is added.
  for (std::size_t before = 0; before != wanted.size();) {
    before = wanted.size();
    for (const Process& process : processes)
      if (wanted.contains(process.parent)) wanted.insert(process.pid);
  }
  std::vector<Process> chosen;
  std::copy_if(processes.begin(), processes.end(), std::back_inserter(chosen),
               [&](const Process& process) { return wanted.contains(process.pid); });
  return chosen;
}

}  // namespace sizing
