// From settings that are to be written to the changes of files: in place of the line that is in force where that would
// win over ours, else in our own file. Each change carries the stamp, the reason, its sources and what to do then.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsizing/host/tuning.h"

namespace sizing {

/// `files`: what was read, by the file's name in the model. A setting whose file cannot be named in a diff becomes one
/// that is left to people.
std::vector<FileChange> changes_of(std::vector<TunedSetting>& settings,
                                   const std::map<std::string, SettingsRead>& files, const TuneOptions& options);

}  // namespace sizing
