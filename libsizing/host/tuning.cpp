#include "libsizing/host/tuning.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <sys/stat.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

// The trees of files that the cards name, each read once.
class Files {
 public:
  Files(const std::optional<Root>& root, Family family) : root_(root), family_(family) {}

  const SettingsRead& of(const std::string& debian_path) {
    const auto at = read_.find(debian_path);
    if (at != read_.end()) return at->second;
    const SettingsFile file = settings_file(debian_path, family_, root_ ? &*root_ : nullptr);
    return read_.emplace(debian_path, root_ ? read_settings(*root_, file) : SettingsRead{file, {}, {}, {}, true})
        .first->second;
  }

 private:
  const std::optional<Root>& root_;
  Family family_;
  std::map<std::string, SettingsRead> read_;
};

// What the plan counts with as a figure and finds set otherwise, it can be told.
std::string counted_otherwise(const SettingCard& card, const SettingLine& line) {
  if (card.counted_by.empty()) return "";
  return "the plan counts with " + rounded(card.usual) + "; with this value: --set " + card.counted_by + "=" +
         excerpt(line.value);
}

void decide_in_force(TunedSetting& setting, Syntax syntax, bool lower) {
  const SettingCard& card = setting.card;
  const auto value = parse_setting(syntax, setting.in_force->value);
  setting.action = TuneAction::keep;
  if (!value) {
    setting.action = TuneAction::by_hand;
    setting.note = "what is in force is no number that can be compared: look at it";
  } else if (*value == card.value) {
    setting.note = "as planned";
  } else if (allows_less(card, card.value, *value)) {
    setting.note = "the plan is below the value in force, which is " + std::string(lower ? "lowered" : "kept");
    if (lower) setting.action = TuneAction::write;
  } else if (is_enough(card, *value)) {
    setting.note = "what is in force is enough";
  } else {
    setting.action = TuneAction::write;
    setting.note = "what is in force is too little";
  }
  if (value && *value != card.value)
    if (const std::string counted = counted_otherwise(card, *setting.in_force); !counted.empty())
      setting.note += "; " + counted;
}

TunedSetting tuned(const SettingCard& card, const SettingsRead& read, const TuneOptions& options, Family family) {
  TunedSetting setting{card,
                       exact(card.value),
                       read.file.path,
                       apply_command(card.apply, family),
                       in_force(read, card.section, card.key),
                       TuneAction::leave,
                       ""};
  if (setting.in_force)
    decide_in_force(setting, read.file.syntax, options.lower);
  else if (!card.default_is_enough)
    setting.action = TuneAction::write;
  const auto by_hand = [&](const std::string& why) {
    setting.action = TuneAction::by_hand;
    setting.note += (setting.note.empty() ? "" : "; ") + why;
  };
  if (setting.action == TuneAction::write && !read.file.written)
    by_hand("the file holds a password and is not written: put the line there yourself");
  if (setting.action == TuneAction::write && !read.reached)
    by_hand("no file that the program reads includes the folder of this one");
  if (!read.unread.empty()) {
    const Place& unread = read.unread.front();
    setting.note += (setting.note.empty() ? "" : "; ") + printable(unread.file) + " cannot be read: " + unread.key;
  }
  return setting;
}

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

std::vector<FileChange> changes_of(std::vector<TunedSetting>& settings, Files& files, const TuneOptions& options) {
  Changes changes(options.root);
  std::map<std::string, std::vector<const TunedSetting*>> added;  // by the file as the model names it
  std::vector<std::string> order;
  for (TunedSetting& setting : settings) {
    if (setting.action != TuneAction::write) continue;
    const SettingsRead& read = files.of(setting.card.file);
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
    const SettingsRead& read = files.of(file);
    FileChange& change = changes.of(read.file.path);
    change.edits.push_back(adding(added[file], read, lines_of(change.before.value_or("")), options.stamp));
  }
  return changes.take();
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string answer_of(const Tuning& tuning) {
  std::map<TuneAction, std::size_t> counts;
  std::vector<std::string> names;
  for (const TunedSetting& setting : tuning.settings) {
    ++counts[setting.action];
    if (setting.action == TuneAction::write) names.push_back(setting.card.key + " = " + setting.planned);
  }
  std::string text = tuning.server + ": ";
  text += names.empty()
              ? "nothing is to be written"
              : counted(names.size(), "setting is", "settings are") + " to be written (" + join(names, ", ") + ")";
  if (counts[TuneAction::keep] > 0)
    text += ", " + counted(counts[TuneAction::keep], "value in force is", "values in force are") + " kept";
  if (counts[TuneAction::by_hand] > 0)
    text += ", " + counted(counts[TuneAction::by_hand], "is", "are") + " to be looked at";
  return text + "; " + counted(counts[TuneAction::leave], "default is", "defaults are") + " right.";
}

}  // namespace

std::string_view name(TuneAction action) {
  switch (action) {
    case TuneAction::leave: return "leave it";
    case TuneAction::keep: return "keep";
    case TuneAction::write: return "write";
    case TuneAction::by_hand: break;
  }
  return "by hand";
}

Tuning tune(const ServerPlan& server, const TuneOptions& options) {
  const Evaluation& e = server.server.evaluation;
  const Family family = options.family ? *options.family : options.root ? family_of(*options.root) : Family::debian;
  Tuning tuning{server.server.name,
                e.model->name,
                server.roles,
                family,
                options.root ? options.root_name : "",
                options.lower,
                {},
                {},
                {},
                ""};
  Files files(options.root, family);
  for (const SettingCard& card : cards_of(e))
    if (card.runs) tuning.settings.push_back(tuned(card, files.of(card.file), options, family));
  tuning.changes = changes_of(tuning.settings, files, options);
  for (const TunedSetting& setting : tuning.settings)
    if (setting.action == TuneAction::write)
      for (const Place& place : files.of(setting.card.file).unread) tuning.unread.push_back(place);
  tuning.answer = answer_of(tuning);
  return tuning;
}

void refuse_unread(const Tuning& tuning) {
  for (const Place& place : tuning.unread)
    throw InputError({place.file, 0, 0, ""},
                     "cannot be read: " + place.key + "; a change of the settings would not know what is in force");
}

std::string unified_diff(const Tuning& tuning) {
  std::string text;
  for (const FileChange& change : tuning.changes) text += unified_diff(change);
  return text;
}

}  // namespace sizing
