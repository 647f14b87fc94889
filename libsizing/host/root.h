// A file system to read a host's facts from: this machine's, or a copied tree (an image, a support archive).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sizing {

struct Root {
  std::string folder = "/";

  /// This machine itself; then the kernel may be asked as well as its files.
  bool live() const { return folder == "/"; }
};

/// Throws InputError where `folder` is none. "/" and what leads there is this machine.
Root open_root(const std::string& folder);

/// The text of a file, or why there is none: "not there", "no right to read it", "too large", …
struct Reading {
  std::string text, problem;

  bool ok() const { return problem.empty(); }
};

inline constexpr std::size_t most_of_a_file = 16 << 20;  // bytes; a package list has some 5 MB

/// Reads `path`, such as "/etc/hosts", below the root. Links are followed inside the root, absolute ones too, and never
/// out of it. A folder, pipe or device of a copied tree is a problem, not read.
Reading read_text(const Root& root, const std::string& path, std::size_t most = most_of_a_file);

/// The names in a folder below the root, sorted; none where it cannot be read.
std::vector<std::string> list_folder(const Root& root, const std::string& path);

/// What the link `path` itself says, such as "socket:[4711]" of /proc/PID/fd/3; "" where it is none or cannot be read.
std::string read_link(const Root& root, const std::string& path);

/// Where `path` below the root is in this machine's file system, links resolved as for read_text; "" where that leads
/// nowhere.
std::string path_below(const Root& root, const std::string& path);

}  // namespace sizing
