#include "libsizing/host/settings_files.h"

#include <algorithm>
#include <map>
#include <set>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr int deepest_include = 10;                              // MariaDB's and Samba's own limits are of this size
constexpr std::size_t most_files = 1000, most_bytes = 64 << 20;  // of all that one program reads

struct KnownFile {
  const char* debian;
  Syntax syntax;
  std::vector<std::string> redhat, suse;  // the first that is there; the first of all where none is
  bool written = true, drop_in = false;
};

// Sources: the packages' own file lists; opsi's manual names /etc/redis/redis.conf for every distribution (redis43).
const std::vector<KnownFile>& known_files() {
  static const std::vector<KnownFile> files = {
      {"/etc/opsi/opsiconfd.conf", Syntax::opsiconfd, {}, {}},
      {"/etc/opsi/backends/mysql.conf", Syntax::python, {}, {}, false},
      {"/etc/systemd/system/opsiconfd.service.d/limits.conf", Syntax::systemd, {}, {}, true, true},
      {"/etc/mysql/mariadb.conf.d/60-opsi.cnf",
       Syntax::my_cnf,
       {"/etc/my.cnf.d/60-opsi.cnf"},
       {"/etc/my.cnf.d/60-opsi.cnf"},
       true,
       true},
      {"/etc/redis/redis.conf",
       Syntax::redis,
       {"/etc/redis/redis.conf", "/etc/redis.conf"},
       {"/etc/redis/redis.conf", "/etc/redis/default.conf"}},
      {"/etc/samba/smb.conf", Syntax::samba, {}, {}},
  };
  return files;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

bool is_there(const Root& root, const std::string& path) { return read_text(root, path).problem != "not there"; }

// Reads one tree of files into a SettingsRead.
class TreeReader {
 public:
  TreeReader(const Root& root, SettingsRead& read) : root_(root), read_(read) {}

  void file(const std::string& path, int depth = 0) {
    if (depth > deepest_include || read_.order.size() >= most_files || bytes_ > most_bytes) return;
    const Reading text = read_text(root_, path);
    bytes_ += text.text.size();
    const bool ours = path == read_.file.path;
    if (text.problem == "not there" && !ours) return;
    read_.order.push_back(path);
    if (!text.ok() && text.problem != "not there") read_.unread.push_back({path, 0, 0, text.problem});
    if (!text.ok()) return;
    for (const SettingAssignment& a : read_assignments(read_.file.syntax, text.text)) {
      if (!a.include)
        read_.lines.push_back({a.section, a.key, a.value, path, a.line, a.lines});
      else if (a.key == "!includedir")
        folder(a.value, ".cnf", depth + 1);
      else if (!a.value.empty())
        file(a.value[0] == '/' ? a.value : folder_of(path) + "/" + a.value, depth + 1);
    }
  }

  // The files of a folder in the order of their names, with the place of ours among them.
  void folder(std::string path, const std::string& ending, int depth) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    std::vector<std::string> names = list_folder(root_, path);
    const std::string& ours = read_.file.path;
    if (read_.file.drop_in && folder_of(ours) == path) names.push_back(ours.substr(path.size() + 1));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const std::string& name : names)
      if (name.ends_with(ending)) file(path + "/" + name, depth);
  }

 private:
  const Root& root_;
  SettingsRead& read_;
  std::size_t bytes_ = 0;
};

void read_mariadb(const Root& root, SettingsRead& read) {
  TreeReader reader(root, read);
  const std::vector<std::string> mains = {"/etc/my.cnf", "/etc/mysql/my.cnf"};
  for (const std::string& main : mains) reader.file(main);
  const auto ours = [&] { return std::find(read.order.begin(), read.order.end(), read.file.path) != read.order.end(); };
  if (ours()) return;
  read.reached = read.order.empty();  // without any main file the distribution's order is taken
  reader.folder(folder_of(read.file.path), ".cnf", 1);
}

// The unit itself, then the drop-ins by name: of one name /etc's wins over /run's and /usr/lib's.
void read_unit(const Root& root, SettingsRead& read) {
  TreeReader reader(root, read);
  const std::string folder = folder_of(read.file.path), drop_ins = folder.substr(folder.rfind('/')),
                    unit = drop_ins.substr(0, drop_ins.size() - 2);
  const std::vector<std::string> places = {"/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system",
                                           "/lib/systemd/system"};
  for (const std::string& place : places)
    if (is_there(root, place + unit)) {
      reader.file(place + unit);
      break;
    }
  std::map<std::string, std::string> by_name = {{read.file.path.substr(folder.size() + 1), read.file.path}};
  for (const std::string& place : places)
    for (const std::string& name : list_folder(root, place + drop_ins))
      if (name.ends_with(".conf")) by_name.emplace(name, place + drop_ins + "/" + name);
  for (const auto& [name, path] : by_name) reader.file(path);
}

std::size_t position(const SettingsRead& read, const std::string& file) {
  return static_cast<std::size_t>(std::find(read.order.begin(), read.order.end(), file) - read.order.begin());
}

}  // namespace

std::vector<std::string> family_names() { return {"debian", "redhat", "suse"}; }

std::string_view name(Family family) {
  return family == Family::debian ? "debian" : family == Family::redhat ? "redhat" : "suse";
}

Family parse_family(const std::string& word) {
  const auto names = family_names();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == word) return static_cast<Family>(i);
  throw InputError({"", 0, 0, "family"}, "no such family of distributions" + did_you_mean(word, names), word,
                   join(names, ", "));
}

Family family_of(const Root& root) {
  const Family found = family(read_os_release(read_text(root, "/etc/os-release").text));
  return found == Family::other ? Family::debian : found;
}

SettingsFile settings_file(const std::string& debian_path, Family family, const Root* root) {
  for (const KnownFile& known : known_files()) {
    if (known.debian != debian_path) continue;
    SettingsFile file{known.syntax, debian_path, known.written, known.drop_in};
    const auto& places = family == Family::redhat ? known.redhat : known.suse;
    if (family == Family::debian || places.empty()) return file;
    file.path = places[0];
    if (!known.drop_in && root)
      for (auto place = places.rbegin(); place != places.rend(); ++place)
        if (is_there(*root, *place)) file.path = *place;
    return file;
  }
  throw ModelError("no settings file " + debian_path);
}

std::string apply_command(const std::string& command, Family family) {
  if (family == Family::debian) return command;
  const std::string redis = family == Family::suse ? "redis@default" : "redis";
  return replace_all(replace_all(command, "redis-server", redis), "smbd", "smb");
}

SettingsRead read_settings(const Root& root, const SettingsFile& file) {
  SettingsRead read{file, {}, {}, {}, true};
  if (file.syntax == Syntax::my_cnf)
    read_mariadb(root, read);
  else if (file.syntax == Syntax::systemd)
    read_unit(root, read);
  else
    TreeReader(root, read).file(file.path);
  return read;
}

std::optional<SettingLine> in_force(const SettingsRead& read, const std::string& section, const std::string& key) {
  const Syntax syntax = read.file.syntax;
  std::optional<SettingLine> found;
  for (const SettingLine& line : read.lines)
    if (same_section(syntax, line.section, section) && same_key(syntax, line.key, key)) found = line;
  if (found && syntax == Syntax::systemd && found->value.empty()) return std::nullopt;
  return found;
}

bool wins_over_ours(const SettingsRead& read, const SettingLine& line) {
  if (line.file == read.file.path) return true;
  if (read.file.syntax == Syntax::redis) return false;  // ours stands at the end, behind every include
  return !read.file.drop_in || position(read, line.file) > position(read, read.file.path);
}

}  // namespace sizing
