#include "libsizing/host/root.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "libsizing/base/error.h"
#include "libsizing/base/file.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as the kernel's own limit (MAXSYMLINKS)

// Adds the parts of `path` to `todo`, the first on top.
void push_parts(std::vector<std::string>& todo, const std::string& path) {
  const auto parts = split(path, '/');
  for (auto part = parts.rbegin(); part != parts.rend(); ++part)
    if (!part->empty() && *part != ".") todo.push_back(*part);
}

std::string why(const std::string& path) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) return code && code.value() != ENOENT ? std::strerror(code.value()) : "not there";
  if (!fs::is_regular_file(status)) return "no regular file";
  return "";
}

}  // namespace

Root open_root(const std::string& folder) {
  std::error_code code;
  const fs::path real = fs::canonical(folder, code);
  if (code) throw InputError({folder, 0, 0, ""}, std::string("cannot be read: ") + std::strerror(code.value()));
  if (!fs::is_directory(real, code)) throw InputError({folder, 0, 0, ""}, "is no folder");
  return {real.string()};
}

std::string path_below(const Root& root, const std::string& path) {
  if (root.live()) return path;
  std::vector<std::string> todo, done;
  push_parts(todo, path);
  const auto here = [&] { return root.folder + (done.empty() ? "" : "/" + join(done, "/")); };
  for (int links = 0; !todo.empty();) {
    const std::string part = todo.back();
    todo.pop_back();
    if (part == "..") {
      if (!done.empty()) done.pop_back();
      continue;
    }
    std::error_code code;
    const fs::path target = fs::read_symlink(here() + "/" + part, code);
    if (code) {
      done.push_back(part);
      continue;
    }
    if (++links > most_links) return "";
    if (target.is_absolute()) done.clear();
    push_parts(todo, target.string());
  }
  return here();
}

Reading read_text(const Root& root, const std::string& path, std::size_t most) {
  const std::string file = path_below(root, path);
  if (file.empty()) return {"", "too many links"};
  if (std::string problem = why(file); !problem.empty()) return {"", problem};
  try {
    return {read_file(file, most), ""};
  } catch (const InputError& error) {
    return {"", error.problem()};
  }
}

std::vector<std::string> list_folder(const Root& root, const std::string& path) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator entry(path_below(root, path), code), end; !code && entry != end; entry.increment(code))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_link(const Root& root, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  const std::string folder = root.live() ? path.substr(0, slash) : path_below(root, path.substr(0, slash));
  if (folder.empty() && !root.live()) return "";
  std::error_code code;
  return fs::read_symlink(folder + path.substr(slash), code).string();
}

}  // namespace sizing
