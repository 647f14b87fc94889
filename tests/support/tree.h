// A folder with files in it, for tests that read or write a host's tree.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "libsizing/host/root.h"
#include "tests/support/scratch.h"

namespace sizing {

struct Tree : Scratch {
  void put(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = folder.string() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  std::string get(const std::string& path) const {
    std::ifstream file(folder.string() + path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  /// Every file with its text, by its path below the folder.
  std::map<std::string, std::string> all() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && !entry.is_symlink()) {
        const std::string path = entry.path().string().substr(folder.string().size());
        files[path] = get(path);
      }
    return files;
  }
  Root root() const { return open_root(folder.string()); }
};

}  // namespace sizing
