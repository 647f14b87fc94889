#include "libsizing/host/hardware.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace sizing {
namespace {

struct Tree : Scratch {
  Root root() const { return open_root(folder.string()); }
  void put(const std::string& path, const std::string& text) const {
    const auto file = folder / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
};

std::string elf(char bits_of_order, char low, char high) {
  std::string head(
      "\x7f"
      "ELF\x02",
      5);
  head += bits_of_order;
  head += std::string(12, '\0');
  head += low;
  head += high;
  return head + std::string(44, '\0');
}

TEST(read_architecture, knows_a_program_by_its_head) {
  // e_machine of the ELF specification: 62 x86-64, 183 AArch64, 3 i386; 2 in byte 5 is the other byte order.
  const auto of = [](const std::string& program) {
    const Tree tree;
    tree.put("usr/bin/env", program);
    return read_architecture(tree.root()).value.name;
  };
  EXPECT_EQ(of(elf(1, 62, 0)), "x86-64");
  EXPECT_EQ(of(elf(1, static_cast<char>(183), 0)), "ARM64");
  EXPECT_EQ(of(elf(1, 3, 0)), "i386");
  EXPECT_EQ(of(elf(2, 0, 22)), "ELF machine 22");
  EXPECT_EQ(of("#!/bin/sh\n"), "");
  EXPECT_EQ(of("\x7f"
               "ELF"),
            "");
}

TEST(read_architecture, asks_the_list_of_packages_first_and_rpm_last) {
  const Tree tree;
  tree.put("etc/rpm/platform", "x86_64-redhat-linux\n");
  EXPECT_EQ(read_architecture(tree.root()).value.from, "/etc/rpm/platform");
  EXPECT_EQ(read_architecture(tree.root()).value.name, "x86-64");
  tree.put("var/lib/dpkg/arch", "arm64\namd64\n");
  EXPECT_EQ(read_architecture(tree.root()).value.name, "ARM64");
}

TEST(parse_meminfo, reads_the_total_in_bytes) {
  EXPECT_EQ(parse_meminfo("MemTotal:        2048 kB\nMemFree: 1 kB\n"), 2048.0 * 1024);
  EXPECT_EQ(parse_meminfo("MemFree: 1 kB\nMemTotal:\t7 kB"), 7.0 * 1024);
  for (const char* text : {"", "MemTotal:", "MemTotal: kB", "MemTotal: -5 kB", "MemTotal: 5", "MemTotal: 5 MB",
                           "MemTotal: 99999999999999999999 kB", "MemTotalX: 5 kB"})
    EXPECT_FALSE(parse_meminfo(text)) << text;
}

TEST(parse_processor_list, counts_ranges) {
  EXPECT_EQ(parse_processor_list("0"), 1);
  EXPECT_EQ(parse_processor_list("0-3,8,10-11"), 7);
  for (const char* text : {"", "3-1", "a", "0-", "-1", "0,,1", "0-99999999"})
    EXPECT_FALSE(parse_processor_list(text)) << text;
}

TEST(parse_cpuinfo, tells_cores_from_threads_where_they_are_told) {
  const CpuInfo two = parse_cpuinfo(
      "processor: 0\nphysical id: 0\ncore id: 0\n\nprocessor: 1\nphysical id: 0\ncore id: 0\n"
      "\nprocessor: 2\nphysical id: 1\ncore id: 0\n");
  EXPECT_EQ(two.processors, 3);
  EXPECT_EQ(two.cores, 2);
  EXPECT_EQ(parse_cpuinfo("processor\t: 0\nBogoMIPS\t: 50\n").cores, 0);
  EXPECT_EQ(parse_cpuinfo("").processors, 0);
}

TEST(read_memory, takes_the_limit_of_a_container) {
  const Tree tree;
  EXPECT_EQ(read_memory(tree.root()).unseen, "/proc/meminfo: not there");
  tree.put("proc/meminfo", "MemTotal: 4000000 kB\n");
  EXPECT_EQ(read_memory(tree.root()).value.total, 4000000.0 * 1024);
  tree.put("sys/fs/cgroup/memory.max", "max\n");
  EXPECT_FALSE(read_memory(tree.root()).value.limit);
  tree.put("sys/fs/cgroup/memory.max", "1000000000\n");
  EXPECT_EQ(read_memory(tree.root()).value.total, 1e9);
  tree.put("sys/fs/cgroup/memory.max", "9223372036854771712\n");  // what version 1 writes for none
  EXPECT_FALSE(read_memory(tree.root()).value.limit);
}

TEST(read_processors, takes_the_quota_and_the_set_of_a_container) {
  const Tree tree;
  EXPECT_FALSE(read_processors(tree.root()).seen());
  tree.put("sys/devices/system/cpu/online", "0-7\n");
  EXPECT_EQ(read_processors(tree.root()).value.usable, 8);
  tree.put("sys/fs/cgroup/cpuset.cpus.effective", "0-3\n");
  EXPECT_EQ(read_processors(tree.root()).value.usable, 4);
  tree.put("sys/fs/cgroup/cpu.max", "250000 100000\n");
  EXPECT_EQ(read_processors(tree.root()).value.usable, 2.5);
  tree.put("sys/fs/cgroup/cpu.max", "max 100000\n");
  EXPECT_EQ(read_processors(tree.root()).value.usable, 4);
}

TEST(facts_of_this_machine, can_be_read_without_being_root) {
  EXPECT_TRUE(read_architecture({}).seen());
  EXPECT_GT(read_memory({}).value.total, 1e6);
  EXPECT_GE(read_processors({}).value.usable, 0.1);
}

}  // namespace
}  // namespace sizing
