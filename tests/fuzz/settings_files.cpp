// The readers of configuration files. What is read holds on to the text: lines that exist, and a value that is written
// as the program's own line reads the same again.
#include "libsizing/base/number.h"
#include "libsizing/host/file_edit.h"
#include "libsizing/host/settings_syntax.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  using fuzz::hold;
  if (size < 1) return 0;
  const auto syntax = static_cast<Syntax>(data[0] % 6);
  const std::string text(fuzz::text_of(data, size).substr(1));
  const std::size_t lines = lines_of(text + "\n").size();
  for (const SettingAssignment& a : read_assignments(syntax, text)) {
    hold(a.line >= 1 && a.lines >= 1 && static_cast<std::size_t>(a.line + a.lines - 1) <= lines, "its lines exist");
    hold(same_key(syntax, a.key, a.key), "a key is itself");
    if (const auto value = parse_setting(syntax, a.value); value && *value >= 0 && *value < 1e15) {
      const auto again = read_assignments(syntax, assignment_line(syntax, "key", exact(*value)));
      hold(again.size() == 1 && parse_setting(syntax, again[0].value) == value, "written again, the same value");
    }
    (void)same_section(syntax, a.section, "mysqld");
  }
  // An edit of any line keeps the others.
  const std::string before = text;
  const std::size_t at = 1 + data[0] / 6 % (lines + 1);
  const FileChange change{"/x", before, {{at, 0, {"added"}}}, 0644};
  hold(after(change).size() >= before.size(), "an edit that adds takes nothing away");
  (void)unified_diff(change);
  return 0;
}
