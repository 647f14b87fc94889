// Writing changed files below a folder: all of them or none, and never outside of it.
#pragma once

#include <string>
#include <vector>

#include "libsizing/host/file_edit.h"

namespace sizing {

/// Writes each change to its path below `folder`, which is made where it is not there. Links below the folder are not
/// followed but refused. A file that is there with another content is refused, unless `over` is said; one with the same
/// content is left alone. Returns the paths that were written, below the folder.
/// Throws InputError, leaving everything as it was, also where `folder` is this machine's / or /etc, lies in /etc, or
/// leads there.
std::vector<std::string> write_below(const std::string& folder, const std::vector<FileChange>& changes, bool over);

}  // namespace sizing
