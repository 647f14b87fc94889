// Changes of a text file line by line: the file that results, and the unified diff that patch and git apply take.
// Whatever is not named by an edit stays as it is, byte for byte.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sizing {

/// Takes `removed` lines out from line `at` (from 1) and puts `added` there; with none removed they are put before
/// line `at`. Lines are without their ends. Edits of one file do not overlap.
struct Edit {
  std::size_t at = 1, removed = 0;
  std::vector<std::string> added;
};

struct FileChange {
  std::string path;                   // below the root: "/etc/opsi/opsiconfd.conf"
  std::optional<std::string> before;  // nothing: the file is new
  std::vector<Edit> edits;
  unsigned mode = 0644;  // of a new file, or as it is
};

/// The lines of a text with their ends; the last may have none.
std::vector<std::string> lines_of(const std::string& text);

/// The file after the change. Added lines end as the file's first line does.
std::string after(const FileChange& change);

/// "--- a/etc/opsi/opsiconfd.conf …" with three lines around each change; "" where nothing changes.
std::string unified_diff(const FileChange& change);

}  // namespace sizing
