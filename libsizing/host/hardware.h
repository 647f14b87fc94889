// Architecture, memory and processors of a host, from the kernel's files or from what a copied tree tells of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libsizing/host/fact.h"
#include "libsizing/host/root.h"

namespace sizing {

struct Architecture {
  std::string name;  // as the published requirement names it where it does: "x86-64", "ARM64"; else as found: "i386"
  std::string from;  // what told it: "uname", "/var/lib/dpkg/arch"
};

/// Of this machine the kernel's; of a tree that of its packages and programs.
Fact<Architecture> read_architecture(const Root& root);

/// "x86-64" of "amd64" and "x86_64", "ARM64" of "aarch64"; other names stay.
std::string architecture_name(std::string_view name);

struct Memory {
  double total = 0;             // bytes that can be used here
  std::optional<double> limit;  // bytes, of a container that allows less than the machine has
};

Fact<Memory> read_memory(const Root& root);

/// Bytes of the MemTotal of /proc/meminfo; nothing where the text has none.
std::optional<double> parse_meminfo(std::string_view text);

struct Processors {
  double usable = 0;            // processors that the kernel schedules on, or the part of them that a container may use
  int cores = 0;                // physical cores; 0 where they cannot be told
  std::optional<double> limit;  // processors, of a container that allows fewer than the machine has
};

Fact<Processors> read_processors(const Root& root);

/// The number of processors of a list such as "0-3,8"; nothing for anything else.
std::optional<int> parse_processor_list(std::string_view text);

struct CpuInfo {
  int processors = 0;
  int cores = 0;  // distinct cores; 0 where the text does not tell them (ARM, some virtual machines)
};
CpuInfo parse_cpuinfo(std::string_view text);

}  // namespace sizing
