#include "libsizing/host/packages.h"

#include <algorithm>
#include <filesystem>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

// The value on a line "Name: value"; "" on others.
std::string_view field(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") return "";
  return trim(line.substr(name.size() + 1));
}

bool is_there(const Root& root, const std::string& path) {
  std::error_code ignored;
  const std::string below = path_below(root, path);
  return !below.empty() && std::filesystem::exists(below, ignored);
}

}  // namespace

Packages parse_packages(std::string_view dpkg_status) {
  Packages packages;
  std::string_view name, status, version;
  const auto end_entry = [&] {
    if (!name.empty() && !version.empty() && status.ends_with(" installed"))
      packages.try_emplace(std::string(name), printable(version));
    name = status = version = "";
  };
  for (std::size_t from = 0; from < dpkg_status.size();) {
    const std::size_t to = std::min(dpkg_status.find('\n', from), dpkg_status.size());
    const std::string_view line = dpkg_status.substr(from, to - from);
    from = to + 1;
    if (trim(line).empty()) end_entry();
    if (const auto value = field(line, "Package"); !value.empty()) name = value;
    if (const auto value = field(line, "Status"); !value.empty()) status = value;
    if (const auto value = field(line, "Version"); !value.empty()) version = value;
  }
  end_entry();
  return packages;
}

Fact<Packages> read_packages(const Root& root) {
  constexpr std::size_t most = 64 << 20;  // bytes; the list of a large installation has some 5 MB
  const Reading list = read_text(root, dpkg_list, most);
  if (!list.ok()) return unseen<Packages>(std::string(dpkg_list) + ": " + list.problem);
  return seen(parse_packages(list.text));
}

Fact<Installed> read_opsiconfd(const Root& root) {
  const auto packages = read_packages(root);
  if (packages.seen()) {
    const auto at = packages.value.find("opsiconfd");
    const bool installed = at != packages.value.end();
    return seen(Installed{installed, installed ? at->second : "", dpkg_list});
  }
  for (const char* program : {"/usr/bin/opsiconfd", "/usr/lib/opsiconfd/opsiconfd"})
    if (is_there(root, program)) return seen(Installed{true, "", program});
  if (is_there(root, "/usr/bin")) return seen(Installed{false, "", "/usr/bin/opsiconfd"});
  return unseen<Installed>(packages.unseen + ", and no /usr/bin to look into");
}

std::string release_of(const std::string& version) {
  const auto parts = split(version, '.');
  if (parts.size() < 2) return "";
  for (std::size_t i = 0; i < 2; ++i)
    if (parts[i].empty() || parts[i].find_first_not_of("0123456789") != std::string::npos) return "";
  return parts[0] + "." + parts[1];
}

}  // namespace sizing
