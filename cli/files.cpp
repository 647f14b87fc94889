// The commands that write files to work with: schemas and a site file to start from.
#include <filesystem>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/number.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/report/schema.h"
#include "libsizing/report/site_template.h"

namespace sizing::cli {
namespace {

Option output_option() {
  return {"output", "FILE", "write there instead of to standard output, whole or not at all (-o)", false, {}};
}

int run_schema(Invocation& call) {
  const std::string what = call.operands.empty() ? "site" : call.operands[0];
  if (what != "site" && what != "plan") throw InputError({"", 0, 0, "schema"}, "no such schema", what, "site, plan");
  write_text(call, what == "site" ? site_schema() : plan_schema());
  return fits;
}

int run_init(Invocation& call) {
  if (std::filesystem::is_regular_file(call.value("output")))
    throw InputError({"", 0, 0, "--output"}, "exists already; a site file is not written over", call.value("output"));
  const Input& clients = *find_input(*standard_model(default_rule_set()), "clients");
  write_text(call, site_template(parse_input(clients, call.value("clients", rounded(template_clients)),
                                             {"", 0, 0, "--clients"})));
  return fits;
}

}  // namespace

Command schema_command() {
  return {"schema",
          "JSON Schema of the site file, or of a plan's JSON",
          "[site|plan]",
          1,
          "Editors check and complete TOML site files against it.",
          {{"schema > /dev/null", "of the site file"}, {"schema plan", "of what 'plan --format json' prints"}},
          {{"Output", {output_option()}}},
          run_schema};
}

Command init_command() {
  return {
      "init",
      "A commented site file to start from",
      "",
      0,
      "",
      {{"init --clients 250", "to standard output"}, {"init -o /dev/null", "to a file"}},
      {{"Output",
        {{"clients", "N", "clients of the site; default: " + rounded(template_clients), false, {}}, output_option()}}},
      run_init};
}

}  // namespace sizing::cli
