#include "libsizing/host/tuning.h"

#include <map>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/settings_changes.h"

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

  const std::map<std::string, SettingsRead>& all() const { return read_; }

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
  tuning.changes = changes_of(tuning.settings, files.all(), options);
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
