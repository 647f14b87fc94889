// Lines KEY=value, and what is read from them: the distribution, the locale.
#include "libsizing/host/assignments.h"

#include "libsizing/host/locale.h"
#include "tests/fuzz/laws.h"

namespace {

// In single quotes each character but the quote itself stands for itself.
std::string quoted(const std::string& value) { return "'" + sizing::replace_all(value, "'", "'\\''") + "'"; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view text = fuzz::text_of(data, size);
  const Assignments read = read_assignments(text);
  std::string again;
  for (const Assignment& a : read.all) again += a.key + "=" + quoted(a.value) + "\n";
  const Assignments second = read_assignments(again);
  fuzz::hold(second.faults.empty() && second.all.size() == read.all.size(), "written again, the same lines");
  for (std::size_t i = 0; i < read.all.size(); ++i)
    fuzz::hold(second.all[i].value == read.all[i].value && second.all[i].key == read.all[i].key,
               "written again, the same key and value");

  const Family distribution = family(read_os_release(text));
  fuzz::hold_rows(
      check_locale(find_locale({{"/etc/default/locale", std::string(text)}}, read_environment(text)), distribution));
  return 0;
}
