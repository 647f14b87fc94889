#include "libsizing/host/hardware.h"

#include <algorithm>
#include <set>
#include <sys/utsname.h>

#include "libsizing/base/text.h"
#include "libsizing/host/fields.h"

namespace sizing {
namespace {

// The value behind "key:", trimmed; nothing on other lines.
std::optional<std::string_view> value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return std::nullopt;
  const std::string_view rest = trim(line.substr(key.size()));
  if (!rest.starts_with(':')) return std::nullopt;
  return trim(rest.substr(1));
}

// The machine that a program was built for, from the head of its file (ELF: e_machine, in the byte order that e_ident
// names).
std::string machine_of(const std::string& elf) {
  if (elf.size() < 20 || !elf.starts_with("\x7f"
                                          "ELF"))
    return "";
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(elf[at]); };
  const int machine = elf[5] == 1 ? byte(18) | byte(19) << 8 : byte(19) | byte(18) << 8;
  switch (machine) {
    case 0x03: return "i386";
    case 0x28: return "arm";
    case 0x3e: return "x86-64";
    case 0xb7: return "ARM64";
    case 0xf3: return "riscv64";
    default: return "ELF machine " + std::to_string(machine);
  }
}

// A limit file of the control group that everything here runs in: only a container has one at its root. "max" is none,
// and so is the huge number that version 1 writes instead.
std::optional<double> limit_in(const Root& root, const char* path) {
  const Reading file = read_text(root, path);
  const auto bytes = whole_number<long long>(trim(split(file.text, '\n')[0]));
  constexpr long long none = 1LL << 60;
  if (!bytes || *bytes <= 0 || *bytes >= none) return std::nullopt;
  return static_cast<double>(*bytes);
}

// Processors that the quota of a container allows: "200000 100000" of version 2 is two.
std::optional<double> quota(const Root& root) {
  const auto both = split(split(read_text(root, "/sys/fs/cgroup/cpu.max").text, '\n')[0], ' ');
  if (both.size() == 2) {
    const auto part = whole_number<long long>(both[0]), period = whole_number<long long>(both[1]);
    if (part && period && *part > 0 && *period > 0) return static_cast<double>(*part) / static_cast<double>(*period);
    return std::nullopt;
  }
  const auto part = limit_in(root, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us"),
             period = limit_in(root, "/sys/fs/cgroup/cpu/cpu.cfs_period_us");
  if (!part || !period) return std::nullopt;
  return *part / *period;
}

}  // namespace

std::string architecture_name(std::string_view name) {
  if (name == "amd64" || name == "x86_64") return "x86-64";
  if (name == "arm64" || name == "aarch64") return "ARM64";
  return printable(name);
}

Fact<Architecture> read_architecture(const Root& root) {
  utsname kernel{};
  if (root.live() && uname(&kernel) == 0) return seen(Architecture{architecture_name(kernel.machine), "uname"});
  if (const Reading dpkg = read_text(root, "/var/lib/dpkg/arch"); dpkg.ok() && !trim(dpkg.text).empty())
    return seen(Architecture{architecture_name(trim(split(dpkg.text, '\n')[0])), "/var/lib/dpkg/arch"});
  for (const char* program : {"/usr/bin/env", "/bin/ls", "/bin/sh", "/usr/lib/systemd/systemd"}) {
    const std::string machine = machine_of(read_text(root, program).text);
    if (!machine.empty()) return seen(Architecture{machine, program});
  }
  if (const Reading rpm = read_text(root, "/etc/rpm/platform"); rpm.ok())
    return seen(
        Architecture{architecture_name(rpm.text.substr(0, rpm.text.find_first_of("-\n"))), "/etc/rpm/platform"});
  return unseen<Architecture>("the tree has neither a program nor a list of packages that tells it");
}

std::optional<double> parse_meminfo(std::string_view text) {
  for (const std::string& line : split(text, '\n')) {
    const auto value = value_of(line, "MemTotal");
    if (!value || !value->ends_with(" kB")) continue;
    const auto kib = whole_number<long long>(trim(value->substr(0, value->size() - 3)));
    constexpr long long most = 1LL << 50;
    if (kib && *kib > 0 && *kib < most) return static_cast<double>(*kib) * 1024;
  }
  return std::nullopt;
}

Fact<Memory> read_memory(const Root& root) {
  const Reading file = read_text(root, "/proc/meminfo");
  if (!file.ok()) return unseen<Memory>("/proc/meminfo: " + file.problem);
  const auto total = parse_meminfo(file.text);
  if (!total) return unseen<Memory>("/proc/meminfo has no MemTotal");
  Memory memory{*total, std::nullopt};
  for (const char* path : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"})
    if (const auto limit = limit_in(root, path); limit && *limit < memory.total) memory = {*limit, limit};
  return seen(memory);
}

std::optional<int> parse_processor_list(std::string_view text) {
  constexpr int most = 1 << 20;
  int count = 0;
  for (const std::string& part : split(trim(text), ',')) {
    const auto dash = part.find('-');
    const auto first = whole_number<int>(std::string_view(part).substr(0, dash));
    const auto last = dash == std::string::npos ? first : whole_number<int>(std::string_view(part).substr(dash + 1));
    if (!first || !last || *first < 0 || *last < *first || *last >= most) return std::nullopt;
    count += *last - *first + 1;
    if (count > most) return std::nullopt;
  }
  return count;
}

CpuInfo parse_cpuinfo(std::string_view text) {
  CpuInfo info;
  std::set<std::string> cores;
  std::string socket;
  for (const std::string& line : split(text, '\n')) {
    if (value_of(line, "processor")) ++info.processors, socket.clear();
    if (const auto id = value_of(line, "physical id")) socket = *id;
    if (const auto id = value_of(line, "core id")) cores.insert(socket + "/" + std::string(*id));
  }
  info.cores = static_cast<int>(cores.size());
  return info;
}

Fact<Processors> read_processors(const Root& root) {
  const CpuInfo info = parse_cpuinfo(read_text(root, "/proc/cpuinfo").text);
  const auto list = [&](const char* path) { return parse_processor_list(split(read_text(root, path).text, '\n')[0]); };
  const int online = list("/sys/devices/system/cpu/online").value_or(info.processors);
  if (online == 0) return unseen<Processors>("neither /sys/devices/system/cpu/online nor /proc/cpuinfo tells them");
  Processors processors{static_cast<double>(online), info.cores, std::nullopt};
  std::optional<double> limit = quota(root);
  for (const char* path : {"/sys/fs/cgroup/cpuset.cpus.effective", "/sys/fs/cgroup/cpuset/cpuset.effective_cpus"})
    if (const auto set = list(path)) limit = std::min(limit.value_or(*set), static_cast<double>(*set));
  if (limit && *limit < processors.usable) processors.usable = *limit, processors.limit = limit;
  return seen(processors);
}

}  // namespace sizing
