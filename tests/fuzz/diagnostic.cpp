// The reader of diagnostic files, and the way from there to a plan and a site file: whatever the bytes, a diagnostic or
// an InputError; and the site file that an import becomes reads as the same site.
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "libsizing/base/error.h"
#include "libsizing/host/imported_site.h"
#include "libsizing/report/import_report.h"
#include "tests/support/same_site.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  std::istringstream in(std::string(data, data + size));
  try {
    const Diagnostic diagnostic = read_diagnostic(in, "fuzz");
    const Import import = import_site(diagnostic, to_site(diagnostic));
    const std::string toml = site_file(import, {"2026-01-02", "fuzz"});
    (void)render(report(import, {"2026-01-02", "fuzz"}), Format::json, {});
    (void)render(report(import, {"2026-01-02", "fuzz"}), Format::csv, {});
    (void)render(report(import, {"2026-01-02", "fuzz"}), Format::text, {});
    try {
      if (canonical(read_site(toml, "fuzz")) != canonical(import.plan.site)) std::abort();
    } catch (const InputError&) {
      std::abort();
    }
  } catch (const InputError&) {
  }
  return 0;
}
