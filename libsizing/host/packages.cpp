#include "libsizing/host/packages.h"

#include <filesystem>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::string field(const std::string& line, const std::string& name) {
  return line.starts_with(name + ":") ? std::string(trim(std::string_view(line).substr(name.size() + 1))) : "";
}

bool is_there(const Root& root, const std::string& path) {
  std::error_code ignored;
  const std::string below = path_below(root, path);
  return !below.empty() && std::filesystem::exists(below, ignored);
}

}  // namespace

std::string installed_version(std::string_view dpkg_status, const std::string& package) {
  std::string name, status, version;
  for (std::size_t from = 0; from <= dpkg_status.size();) {
    const std::size_t to = std::min(dpkg_status.find('\n', from), dpkg_status.size());
    const std::string line(dpkg_status.substr(from, to - from));
    from = to + 1;
    if (trim(line).empty()) {
      if (name == package && status.ends_with(" installed")) return printable(version);
      name = status = version = "";
    }
    if (const std::string value = field(line, "Package"); !value.empty()) name = value;
    if (const std::string value = field(line, "Status"); !value.empty()) status = value;
    if (const std::string value = field(line, "Version"); !value.empty()) version = value;
  }
  return name == package && status.ends_with(" installed") ? printable(version) : "";
}

Fact<Installed> read_opsiconfd(const Root& root) {
  const char* list = "/var/lib/dpkg/status";
  const Reading dpkg = read_text(root, list);
  if (dpkg.ok()) {
    const std::string version = installed_version(dpkg.text, "opsiconfd");
    return seen(Installed{!version.empty(), version, list});
  }
  for (const char* program : {"/usr/bin/opsiconfd", "/usr/lib/opsiconfd/opsiconfd"})
    if (is_there(root, program)) return seen(Installed{true, "", program});
  if (is_there(root, "/usr/bin")) return seen(Installed{false, "", "/usr/bin/opsiconfd"});
  return unseen<Installed>(std::string(list) + ": " + dpkg.problem + ", and no /usr/bin to look into");
}

std::string release_of(const std::string& version) {
  const auto parts = split(version, '.');
  if (parts.size() < 2) return "";
  for (std::size_t i = 0; i < 2; ++i)
    if (parts[i].empty() || parts[i].find_first_not_of("0123456789") != std::string::npos) return "";
  return parts[0] + "." + parts[1];
}

}  // namespace sizing
