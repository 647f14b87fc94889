// The lines of configuration files that set something, in the syntax of each program; nothing is executed or looked up.
//
// opsiconfd.conf is read as ConfigArgParse does: "key = value", "key: value" or "key value", sections are comments.
// my.cnf: sections, - and _ are one in names, "loose-" counts as the name behind it, !include and !includedir.
// redis.conf: "key value", include. systemd units: sections, lines that go on behind a backslash. smb.conf: sections,
// names without regard to case and blanks, include. mysql.conf of opsi is Python: its "key": value pairs are found
// without running it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

enum class Syntax { opsiconfd, python, my_cnf, redis, systemd, samba };

struct SettingAssignment {
  std::string section;  // as written; "" where there is none
  std::string key, value;
  int line = 0;          // of its start, from 1
  int lines = 1;         // that it takes
  bool include = false;  // `value` is a file to read here; with the key "!includedir" a folder
};

/// The assignments of a file in their order. Lines that are none are passed over.
std::vector<SettingAssignment> read_assignments(Syntax syntax, std::string_view text);

/// Whether two names are one to the program.
bool same_key(Syntax syntax, std::string_view a, std::string_view b);

/// Whether what stands under `section` holds for the service that reads `wanted`: all of the server's groups in my.cnf.
bool same_section(Syntax syntax, std::string_view section, std::string_view wanted);

/// A whole number as the program reads it: "512M" is 536870912 in my.cnf, "1k" 1000 and "1kb" 1024 in redis.conf,
/// "infinity" of systemd is infinity, and of its "soft:hard" the soft one. Nothing for other text.
std::optional<double> parse_setting(Syntax syntax, std::string_view value);

/// The line that sets `key`, without its end.
std::string assignment_line(Syntax syntax, const std::string& key, const std::string& value);

}  // namespace sizing
