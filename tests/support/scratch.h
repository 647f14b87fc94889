// A folder for one test, removed with all that is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace sizing {

struct Scratch {
  std::filesystem::path folder;

  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "sizing-test-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  std::string path(const char* name) const { return (folder / name).string(); }
  std::ptrdiff_t files() const { return std::distance(std::filesystem::directory_iterator(folder), {}); }
};

}  // namespace sizing
