#include "libsizing/host/os_release.h"

#include <algorithm>
#include <span>

#include "libsizing/base/text.h"
#include "libsizing/host/assignments.h"
#include "libsizing/host/fields.h"

namespace sizing {
namespace {

bool has_any(const std::vector<std::string>& names, std::span<const std::string_view> wanted) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view w) { return name == w; });
  });
}

// UCS 5.0 calls itself Debian 10 in /etc/os-release and itself in /etc/lsb-release alone; UCS 5.2 has the id "ucs"
// there.
void name_ucs(const Root& root, OsRelease& os) {
  constexpr char ucs[] = "univention-corporate-server";
  if (os.id == "ucs" || os.id == "univention") os.id = ucs;
  const Assignments lsb = read_assignments(read_text(root, "/etc/lsb-release").text);
  if (lower(lsb.value("DISTRIB_ID")) == "univention") {
    os.id = ucs;
    os.version_id = lsb.value("DISTRIB_RELEASE");
    os.pretty_name = lsb.value("DISTRIB_DESCRIPTION");
  }
  if (os.id != ucs) return;
  os.version_id = os.version_id.substr(0, os.version_id.find_first_of("- "));  // "5.0-8 errata1152" is 5.0
  if (os.pretty_name.empty()) os.pretty_name = "Univention Corporate Server " + os.version_id;
}

}  // namespace

OsRelease read_os_release(std::string_view text) {
  const Assignments file = read_assignments(text);
  OsRelease os;
  os.id = lower(file.value("ID"));
  if (os.id.empty()) os.id = "linux";  // what os-release(5) says is meant then
  const std::string id_like = lower(file.value("ID_LIKE"));
  for (const std::string_view name : words(id_like)) os.id_like.emplace_back(name);
  os.name = file.value("NAME");
  os.pretty_name = file.value("PRETTY_NAME");
  os.version_id = file.value("VERSION_ID");
  os.version_codename = file.value("VERSION_CODENAME");
  return os;
}

Fact<OsRelease> read_distribution(const Root& root) {
  Reading file = read_text(root, "/etc/os-release");
  if (!file.ok()) file = read_text(root, "/usr/lib/os-release");
  if (!file.ok()) return unseen<OsRelease>("/usr/lib/os-release: " + file.problem);
  OsRelease os = read_os_release(file.text);
  name_ucs(root, os);
  return seen(std::move(os));
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
