// Tuning: the settings that follow from a server's plan, held against those that are in force, and the changes of files
// that put them there. A value in force that allows more than the plan needs is kept unless lowering is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/host/file_edit.h"
#include "libsizing/host/settings_files.h"
#include "libsizing/plan/cards.h"
#include "libsizing/plan/plan.h"

namespace sizing {

/// What is to be done about a setting. `leave`: its default is right and nothing is set. `keep`: what is in force is
/// enough. `write`: the planned value is put into the file. `by_hand`: it has to be looked at, see the note.
enum class TuneAction { leave, keep, write, by_hand };
std::string_view name(TuneAction action);

struct TunedSetting {
  SettingCard card;
  std::string planned;                  // as it stands in the file: "200000000"
  std::string file, apply;              // with the family's names
  std::optional<SettingLine> in_force;  // nothing where no file sets it
  TuneAction action = TuneAction::leave;
  std::string note;  // "" where there is nothing to say
};

struct Tuning {
  std::string server, opsi;
  std::vector<std::string> roles;
  Family family = Family::debian;
  std::string root;  // as it was named: where existing files were read; "" where none were
  bool lower = false;
  std::vector<TunedSetting> settings;
  std::vector<FileChange> changes;
  std::vector<Place> unread;  // of what is to be written, files that cannot be read: file, and why in `key`
  std::string answer;         // one sentence
};

struct TuneOptions {
  std::optional<Root> root;      // existing files are read there; nothing: every file counts as new
  std::string root_name;         // as it is to be named
  std::optional<Family> family;  // nothing: the root's, or Debian
  bool lower = false;            // write a planned value below the one in force as well
  std::string stamp;             // one line that what is written carries
};

Tuning tune(const ServerPlan& server, const TuneOptions& options);

/// Throws InputError where a file to change cannot be read: writing it would lose what it says.
void refuse_unread(const Tuning& tuning);

/// The diffs of all files.
std::string unified_diff(const Tuning& tuning);

}  // namespace sizing
