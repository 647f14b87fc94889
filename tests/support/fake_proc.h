// A small /proc, made by hand, in a folder of the test's own.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "libsizing/host/root.h"
#include "tests/support/scratch.h"

namespace sizing {

struct FakeMemory {
  int pss = 0, private_clean = 0, private_dirty = 0, rss = 0, page_tables = 0;  // KiB
};

struct FakeProc : Scratch {
  std::string tcp = "  sl  local_address rem_address   st\n", unix_sockets = "Num RefCount Protocol Flags Type St\n";

  FakeProc() {
    write("proc/net/tcp", tcp);
    write("proc/net/unix", unix_sockets);
    write("proc/meminfo",
          "MemTotal:        4000000 kB\nMemAvailable:    3000000 kB\nSwapTotal:        500 kB\nSwapFree:         400 "
          "kB\nSlab:              900 kB\nSUnreclaim:        300 kB\nKernelStack:       70 kB\nPageTables:        80 "
          "kB\n");
  }

  Root root() const { return open_root(folder.string()); }

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((folder / file).parent_path());
    std::ofstream(folder / file, std::ios::binary) << text;
  }

  static std::string of(int pid) { return "proc/" + std::to_string(pid) + "/"; }

  void process(int pid, int parent, const std::string& command, const std::vector<std::string>& arguments,
               char state = 'S') const {
    std::string line, stat = std::to_string(pid) + " (" + command + ") " + state + " " + std::to_string(parent);
    for (const std::string& argument : arguments) line += argument + std::string(1, '\0');
    for (int field = 5; field < 22; ++field) stat += " 0";
    write(of(pid) + "stat", stat + " 1000 0 0\n");
    write(of(pid) + "cmdline", line);
  }

  void memory(int pid, const FakeMemory& m) const {
    const auto line = [](const char* name, int kib) {
      return std::string(name) + ":   " + std::to_string(kib) + " kB\n";
    };
    write(of(pid) + "smaps_rollup", "5600-7ffc ---p 00000000 00:00 0    [rollup]\n" + line("Rss", m.rss) +
                                        line("Pss", m.pss) + line("Private_Clean", m.private_clean) +
                                        line("Private_Dirty", m.private_dirty) + line("SwapPss", 0));
    status(pid, m);
  }

  void status(int pid, const FakeMemory& m) const {
    write(of(pid) + "status", "Name:\tx\nVmRSS:\t" + std::to_string(m.rss) + " kB\nVmPTE:\t" +
                                  std::to_string(m.page_tables) + " kB\nVmSwap:\t0 kB\n");
  }

  /// The open files: as many plain ones, and sockets by their inodes.
  void descriptors(int pid, int files, const std::vector<int>& sockets) const {
    const auto folder_of_them = folder / (of(pid) + "fd");
    std::filesystem::create_directories(folder_of_them);
    int number = 0;
    for (int file = 0; file < files; ++file)
      std::filesystem::create_symlink("/dev/null", folder_of_them / std::to_string(number++));
    for (const int socket : sockets)
      std::filesystem::create_symlink("socket:[" + std::to_string(socket) + "]",
                                      folder_of_them / std::to_string(number++));
  }

  /// A line of /proc/net/tcp on loopback; ports as four hexadecimal digits; `state` "0A" listens, "01" is connected.
  void tcp_socket(const std::string& port, const std::string& remote, const std::string& state, int inode) {
    tcp += "   0: 0100007F:" + port + " 0100007F:" + remote + " " + state + " 0:0 0:0 0 0 0 " + std::to_string(inode) +
           " 1\n";
    write("proc/net/tcp", tcp);
  }

  void unix_socket(const std::string& path, bool listens, int inode) {
    unix_sockets += std::string("0: 00000002 00000000 ") + (listens ? "00010000 0001 01 " : "00000000 0001 03 ") +
                    std::to_string(inode) + (path.empty() ? "" : " " + path) + "\n";
    write("proc/net/unix", unix_sockets);
  }
};

}  // namespace sizing
