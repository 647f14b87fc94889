// The files in which a server's settings stand, and what is in force in them: which line of which file wins.
//
// Files are read in the order in which the program reads them, with what they include; the last line that sets a name
// wins. For a drop-in of ours it is known which files come after it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/host/os_release.h"
#include "libsizing/host/root.h"
#include "libsizing/host/settings_syntax.h"

namespace sizing {

/// The families that settings are written for: all but Family::other.
std::vector<std::string> family_names();
/// Throws InputError for a name that there is not.
Family parse_family(const std::string& name);
std::string_view name(Family family);
/// By ID and ID_LIKE of /etc/os-release; Debian where that does not say (UCS, Ubuntu and Debian are one family).
Family family_of(const Root& root);

/// A file for settings, named in the model by its path on Debian.
struct SettingsFile {
  Syntax syntax = Syntax::opsiconfd;
  std::string path;      // where the family has it
  bool written = true;   // false: it holds a password, and is shown but never written
  bool drop_in = false;  // a file of our own beside others
};

/// Redis' file has several places: the first that is there below `root`, else the family's usual one.
SettingsFile settings_file(const std::string& debian_path, Family family, const Root* root);

/// An apply command of the model with the family's names of the services.
std::string apply_command(const std::string& debian_command, Family family);

/// A line that sets something, and where.
struct SettingLine {
  std::string section, key, value, file;
  int line = 0, lines = 1;
};

/// What the files say, as far as they can be read.
struct SettingsRead {
  SettingsFile file;
  std::vector<std::string> order;  // the files in reading order; a drop-in of ours that is not there yet has its place
  std::vector<SettingLine> lines;  // of all files, in reading order
  std::vector<Place> unread;       // files that are there and cannot be read: file, and why in `key`
  bool reached = true;             // false: no file that is read includes the folder of our drop-in
};

SettingsRead read_settings(const Root& root, const SettingsFile& file);

/// The line that wins; nothing where no file sets it, or where the last one sets it back (LimitNOFILE= of systemd).
std::optional<SettingLine> in_force(const SettingsRead& read, const std::string& section, const std::string& key);

/// Whether a line stands where it would win over what is added to our own file.
bool wins_over_ours(const SettingsRead& read, const SettingLine& line);

}  // namespace sizing
