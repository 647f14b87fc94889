// Where results go: standard output, or a file that is written whole or not at all.
#include <filesystem>
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

// A report over its own site file would lose the site.
void refuse_own_input(const Invocation& call) {
  std::error_code ignored;
  std::vector<std::string> read = call.operands;
  for (const char* option : {"site", "figures", "metrics"})
    for (const std::string& path : call.all(option)) read.push_back(path);
  for (const std::string& operand : read)
    if (std::filesystem::is_regular_file(operand, ignored) &&
        std::filesystem::equivalent(operand, call.value("output"), ignored))
      throw InputError({"", 0, 0, "--output"}, "is the input itself", operand, "another file");
}

}  // namespace

bool to_file(const Invocation& call) {
  if (!call.has("output") || call.value("output") == "-") return false;
  if (call.value("output").empty()) throw InputError({"", 0, 0, "--output"}, "the name of the file is empty");
  refuse_own_input(call);
  return true;
}

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
