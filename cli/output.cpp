// Where results go: standard output, or a file that is written whole or not at all.
#include <ostream>

#include "cli/command.h"
#include "libsizing/base/error.h"
#include "libsizing/base/file.h"

namespace sizing::cli {
namespace {

Format format_of(const Invocation& call) {
  const std::string name = call.value("format", "text");
  return name == "json"       ? Format::json
         : name == "csv"      ? Format::csv
         : name == "markdown" ? Format::markdown
                              : Format::text;
}

bool to_file(const Invocation& call) { return call.has("output") && call.value("output") != "-"; }

}  // namespace

void write_text(Invocation& call, const std::string& text) {
  if (to_file(call)) return write_file(call.value("output"), text);
  call.out << text;
  call.out.flush();
  if (!call.out) throw InputError({"standard output", 0, 0, ""}, "cannot be written");
}

void write_report(Invocation& call, const Report& report) {
  const TextStyle style{call.surroundings.colour && !to_file(call), call.surroundings.width};
  write_text(call, render(report, format_of(call), style));
}

}  // namespace sizing::cli
