#include <ostream>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/host/imported_site.h"
#include "libsizing/report/import_report.h"

namespace sizing::cli {
namespace {

Diagnostic read_operand(Invocation& call) {
  if (call.operands.empty())
    throw InputError({"", 0, 0, "import"}, "the diagnostic file is missing", "", "a path, or - for standard input");
  const std::string& path = call.operands[0];
  return path == "-" ? read_diagnostic(call.in, "standard input") : load_diagnostic(path);
}

int run_import(Invocation& call) {
  const Diagnostic diagnostic = read_operand(call);
  Site site = to_site(diagnostic);
  apply_flags(call, site);
  apply_sets(call, site);
  const Import import = import_site(diagnostic, site);
  if (call.value("format", "toml") == "toml")
    write_text(call, site_file(import, call.stamp));
  else
    write_report(call, report(import, call.stamp));
  if (to_file(call)) call.err << import.answer << '\n';
  return import.too_small() ? falls_short : fits;
}

OptionGroup import_output() {
  return {"Output",
          {{"format",
            "FORMAT",
            "toml (default): the site file; text, json, csv or markdown: the report",
            false,
            {"toml", "text", "json", "csv", "markdown"}},
           {"output", "FILE", "write there instead of to standard output, whole or not at all (-o)", false, {}}}};
}

}  // namespace

Command import_command() {
  return {
      "import",
      "opsiconfd's diagnostic file as a site file, and its hardware against the plan",
      "FILE",
      1,
      "FILE is what 'opsiconfd diagnostic-data' writes, unpacked (lz4 -d), or - for standard input. What the file "
      "does not know\nis said in the site file: fill it in, then plan. With -o the verdict goes to standard error.",
      {{"import data/diagnostic/school.json", "the site file"},
       {"import data/diagnostic/school.json --format text", "what was read, and hardware against the plan"},
       {"import data/diagnostic/school.json --opsi 4.2 --set connections=60 --format json",
        "with what is known better"},
       {"import data/diagnostic/outgrown.json --format text", "hardware that is too small: exit code 1", falls_short}},
      {{"Site",
        {opsi_option("rule set; default: that of the file's opsiconfd"),
         {"set", "NAME=VALUE", "an input or a figure in place of the file's", true, {}}}},
       import_output()},
      run_import};
}

}  // namespace sizing::cli
