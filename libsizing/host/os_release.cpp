#include "libsizing/host/os_release.h"

#include <algorithm>
#include <span>

#include "libsizing/base/text.h"
#include "libsizing/host/assignments.h"

namespace sizing {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string& word : split(text, ' '))
    if (!word.empty()) result.push_back(word);
  return result;
}

bool has_any(const std::vector<std::string>& names, std::span<const std::string_view> wanted) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view w) { return name == w; });
  });
}

}  // namespace

OsRelease read_os_release(std::string_view text) {
  const Assignments file = read_assignments(text);
  OsRelease os;
  os.id = lower(file.value("ID"));
  if (os.id.empty()) os.id = "linux";  // what os-release(5) says is meant then
  os.id_like = words(lower(file.value("ID_LIKE")));
  os.name = file.value("NAME");
  os.pretty_name = file.value("PRETTY_NAME");
  os.version_id = file.value("VERSION_ID");
  os.version_codename = file.value("VERSION_CODENAME");
  return os;
}

Family family(const OsRelease& os) {
  constexpr std::string_view debian[] = {"debian", "ubuntu", "ucs", "univention", "univention-corporate-server"};
  constexpr std::string_view redhat[] = {"rhel", "fedora", "centos", "almalinux", "rocky", "ol"};
  constexpr std::string_view suse[] = {"suse", "sles", "sled", "opensuse", "opensuse-leap", "opensuse-tumbleweed"};
  std::vector<std::string> names = {os.id};
  names.insert(names.end(), os.id_like.begin(), os.id_like.end());
  if (has_any(names, debian)) return Family::debian;
  if (has_any(names, redhat)) return Family::redhat;
  if (has_any(names, suse)) return Family::suse;
  return Family::other;
}

}  // namespace sizing
