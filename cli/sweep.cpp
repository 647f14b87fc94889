#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/sweep_answer.h"

namespace sizing::cli {
namespace {

std::vector<std::string> outputs_of(const Invocation& call) {
  std::vector<std::string> outputs;
  if (!call.has("outputs")) return outputs;
  for (const std::string& name : split(call.value("outputs"), ',')) outputs.emplace_back(trim(name));
  return outputs;
}

Varied varied_of(const std::string& text) {
  const auto equals = text.find('=');
  const std::string name(trim(std::string_view(text).substr(0, equals)));
  if (equals == std::string::npos)
    throw InputError({"", 0, 0, "--vary"}, "no values", text, "NAME=FROM:TO:STEP or NAME=V1,V2,…");
  try {
    return {name, parse_values(std::string_view(text).substr(equals + 1), most_rows)};
  } catch (const InputError& error) {
    throw InputError({"", 0, 0, "--vary " + name}, error.problem(), error.found(), error.allowed());
  }
}

int run_sweep(Invocation& call) {
  const bool charts = call.has("chart");
  if (charts && call.value("format", "text") != "text")
    throw InputError({"", 0, 0, "--chart"}, "is for the text format only", "--format " + call.value("format"));
  if (charts && call.all("vary").size() > 1) throw InputError({"", 0, 0, "--chart"}, "needs a single --vary");
  for (const std::string& axis : call.all("vary"))
    if (const std::string name = axis.substr(0, axis.find('=')); call.has(option_of(name)))
      throw InputError({"", 0, 0, flag_of(name)}, "is given and varied as well");
  const Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  std::vector<Varied> varied;
  for (const std::string& text : call.all("vary")) varied.push_back(varied_of(text));
  const SweepAnswer answer = ask_sweep(site, asked_server(call, site), varied, outputs_of(call));
  write_report(call, report(answer, charts, call.stamp));
  return fits;
}

}  // namespace

Command sweep_command() {
  std::vector<OptionGroup> options = site_options(false);
  options.insert(options.begin(),
                 {"Sweep",
                  {{"vary",
                    "NAME=VALUES",
                    "an input or figure and its values, FROM:TO:STEP or V1,V2,…; several give all combinations",
                    true,
                    {}},
                   {"outputs", "NAMES", "quantities with commas; default: workers, memory and cores", false, {}},
                   {"chart", "", "a chart for each output instead of the table", false, {}}}});
  options.push_back(output_options());
  return {"sweep",
          "A table or chart over a range of an input or figure, and where what decides changes",
          "[SITE] --vary NAME=VALUES",
          1,
          "",
          {{"sweep --vary clients=100:5000:700", "memory and cores over the number of clients"},
           {"sweep data/sites/school.toml --vary clients=100:2000:100 --outputs server.memory,server.cores --chart",
            "the same as charts"},
           {"sweep --clients 1000 --vary connections=20:200:60 --vary samba.memory_per_connection=0.8,4 --format csv",
            "all combinations of two, as CSV"}},
          options,
          run_sweep};
}

}  // namespace sizing::cli
