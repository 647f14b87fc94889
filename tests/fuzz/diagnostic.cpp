// The reader of diagnostic files, and the way from there to a plan and a site file: whatever the bytes, a diagnostic or
// an InputError; and the site file that an import becomes reads as the same site.
#include <sstream>

#include "libsizing/host/imported_site.h"
#include "libsizing/report/import_report.h"
#include "tests/fuzz/laws.h"
#include "tests/support/same_site.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  std::istringstream in{std::string(fuzz::text_of(data, size))};
  fuzz::reads_or_refuses([&] {
    const Diagnostic diagnostic = read_diagnostic(in, "fuzz");
    const Import import = import_site(diagnostic, to_site(diagnostic));
    const Stamp stamp = {"2026-01-02", "fuzz"};
    for (const Format format : {Format::json, Format::csv, Format::text})
      (void)render(report(import, stamp), format, {});
    const std::string toml = site_file(import, stamp);
    try {
      fuzz::hold(canonical(read_site(toml, "fuzz")) == canonical(import.plan.site), "imported, the same site");
    } catch (const InputError& error) {
      fuzz::hold(false, "a site that is imported can be read", error.what());
    }
  });
  return 0;
}
