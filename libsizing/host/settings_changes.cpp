#include "libsizing/host/settings_changes.h"

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::vector<std::string> comment_of(const TunedSetting& setting, const std::string& stamp) {
  const SettingCard& card = setting.card;
  std::vector<std::string> lines;
  if (!stamp.empty()) lines.push_back("# " + stamp);
  lines.push_back("# " + card.key + ": " + card.why + " (" + join(card.sources, ", ") + "). Then: " + setting.apply +
                  ".");
  return lines;
}

std::string indent_of(const std::string& line) { return line.substr(0, line.find_first_not_of(" \t")); }

// In place of the line that is in force.
Edit replacing(const TunedSetting& setting, Syntax syntax, const std::vector<std::string>& lines,
               const std::string& stamp) {
  const SettingLine& old = *setting.in_force;
  const auto first = static_cast<std::size_t>(old.line - 1);
  const std::string indent = indent_of(lines.at(first));
  Edit edit{first + 1, static_cast<std::size_t>(old.lines), {}};
  for (const std::string& line : comment_of(setting, stamp)) edit.added.push_back(indent + line);
  edit.added.push_back(indent + "# It was " + excerpt(old.value) + ".");
  edit.added.push_back(indent + assignment_line(syntax, setting.card.key, setting.planned));
  return edit;
}

// Behind the first header of the section in smb.conf, whose later includes would else come first; elsewhere at the end.
std::size_t place_of_new(const SettingsRead& read, const std::vector<std::string>& lines, const std::string& section,
                         bool& needs_header) {
  needs_header = !section.empty();
  if (section.empty()) return lines.size() + 1;
  std::string last;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line(trim(replace_all(replace_all(lines[i], "\n", ""), "\r", "")));
    if (line.size() < 2 || line[0] != '[' || line.find(']') == std::string::npos) continue;
    last = std::string(trim(line.substr(1, line.find(']') - 1)));
    if (read.file.syntax == Syntax::samba && same_section(Syntax::samba, last, section)) {
      needs_header = false;
      return i + 2;
    }
  }
  needs_header = last != section;
  return lines.size() + 1;
}

Edit adding(const std::vector<const TunedSetting*>& settings, const SettingsRead& read,
            const std::vector<std::string>& lines, const std::string& stamp) {
  bool needs_header = false;
  const std::string section = settings[0]->card.section;
  Edit edit{place_of_new(read, lines, section, needs_header), 0, {}};
  if (!lines.empty() && edit.at > lines.size()) edit.added.emplace_back();
  if (needs_header) edit.added.push_back("[" + section + "]");
  for (const TunedSetting* setting : settings) {
    for (const std::string& line : comment_of(*setting, setting == settings[0] ? stamp : ""))
      edit.added.push_back(line);
    edit.added.push_back(assignment_line(read.file.syntax, setting->card.key, setting->planned));
  }
  return edit;
}

bool plain_path(const std::string& path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+@").find(c) != std::string_view::npos;
  });
}

// Where a path leads when its links are followed below the root: a diff of a link would replace the link.
std::string resolved(const Root& root, const std::string& path) {
  std::error_code code;
  const std::string real =
      root.live() ? std::filesystem::weakly_canonical(path, code).string() : path_below(root, path);
  if (code || real.empty()) return path;
  return root.live() ? real : real.substr(root.folder.size());
}

// The changes, a file each, in the order in which they are named.
class Changes {
 public:
  explicit Changes(const std::optional<Root>& root) : root_(root) {}

  FileChange& of(const std::string& path) {
    const std::string real = root_ ? resolved(*root_, path) : path;
    for (FileChange& change : changes_)
      if (change.path == real) return change;
    FileChange change{real, std::nullopt, {}, 0644};
    if (root_)
      if (const Reading text = read_text(*root_, path); text.ok()) {
        change.before = text.text;
        struct stat status {};
        if (::stat(path_below(*root_, path).c_str(), &status) == 0) change.mode = status.st_mode & 0777;
      }
    return changes_.emplace_back(std::move(change));
  }
  std::vector<FileChange> take() { return std::move(changes_); }

 private:
  const std::optional<Root>& root_;
  std::vector<FileChange> changes_;
};

}  // namespace

std::vector<FileChange> changes_of(std::vector<TunedSetting>& settings,
                                   const std::map<std::string, SettingsRead>& files, const TuneOptions& options) {
  Changes changes(options.root);
  std::map<std::string, std::vector<const TunedSetting*>> added;  // by the file as the model names it
  std::vector<std::string> order;
  for (TunedSetting& setting : settings) {
    if (setting.action != TuneAction::write) continue;
    const SettingsRead& read = files.at(setting.card.file);
    const bool in_place = setting.in_force && wins_over_ours(read, *setting.in_force);
    const std::string& path = in_place ? setting.in_force->file : read.file.path;
    if (!plain_path(path)) {
      setting.action = TuneAction::by_hand;
      setting.note += "; the name of the file cannot stand in a diff: change it yourself";
    } else if (in_place) {
      FileChange& change = changes.of(path);
      change.edits.push_back(replacing(setting, read.file.syntax, lines_of(*change.before), options.stamp));
    } else {
      if (added[setting.card.file].empty()) order.push_back(setting.card.file);
      added[setting.card.file].push_back(&setting);
    }
  }
  for (const std::string& file : order) {
    const SettingsRead& read = files.at(file);
    FileChange& change = changes.of(read.file.path);
    change.edits.push_back(adding(added[file], read, lines_of(change.before.value_or("")), options.stamp));
  }
  return changes.take();
}

}  // namespace sizing
