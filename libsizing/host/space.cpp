#include "libsizing/host/space.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

bool is_octal(std::string_view digits) {
  return digits.size() == 3 && digits.find_first_not_of("01234567") == std::string_view::npos;
}

// "\040" is a blank.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || !is_octal(text.substr(i + 1, 3))) {
      result += text[i];
      continue;
    }
    result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
    i += 3;
  }
  return result;
}

}  // namespace

Fact<Space> read_space(const Root& root, const std::string& folder) {
  if (!root.live()) return unseen<Space>("a copied tree does not tell the space of its disks");
  std::filesystem::path at = folder;
  struct statvfs disk {};
  while (statvfs(at.c_str(), &disk) != 0) {
    if (errno != ENOENT || at == at.parent_path()) return unseen<Space>(at.string() + ": " + std::strerror(errno));
    at = at.parent_path();
  }
  const double block = static_cast<double>(disk.f_frsize);
  struct stat status {};
  if (stat(at.c_str(), &status) != 0) return unseen<Space>(at.string() + ": " + std::strerror(errno));
  return seen(Space{folder, at.string(), block * static_cast<double>(disk.f_blocks),
                    block * static_cast<double>(disk.f_bavail), status.st_dev});
}

std::vector<std::string> parse_mounts(std::string_view text) {
  std::vector<std::string> folders;
  for (const std::string& line : split(text, '\n')) {
    const auto words = split(line, ' ');
    if (words.size() > 2) folders.push_back(unescaped(words[1]));
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  return folders;
}

std::vector<std::string> watched_mounts(const std::vector<std::string>& mounts) {
  std::vector<std::string> watched;
  const auto is_mount = [&](const std::string& f) {
    return std::find(mounts.begin(), mounts.end(), f) != mounts.end();
  };
  for (const std::string folder : {"/", "/tmp"})
    if (folder == "/" || is_mount(folder)) watched.push_back(folder);
  for (const std::string folder : {"/var/lib/opsi", "/var/lib", "/var"})
    if (is_mount(folder)) {
      watched.push_back(folder);
      break;
    }
  for (const std::string& folder : mounts)
    if (folder.starts_with("/var/lib/opsi/")) watched.push_back(folder);
  return watched;
}

}  // namespace sizing
