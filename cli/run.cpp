#include "cli/run.h"

#include <algorithm>
#include <new>
#include <ostream>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"

namespace sizing::cli {
namespace {

const Command& find_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  std::vector<std::string> known = names;
  for (const char* option : {"--help", "--version"}) known.emplace_back(option);
  throw InputError({}, "unknown command" + did_you_mean(name, known), name, join(names, ", "));
}

// The library names what was asked by its key ("samba.connections", "vary clients"); here it was typed as an option.
// "" where no option is meant.
std::string as_typed(const Command& command, const Place& place) {
  if (!place.file.empty() || place.key.starts_with("--")) return "";
  const auto blank = std::min(place.key.find(' '), place.key.size());
  const std::string option = option_of(place.key.substr(0, blank));
  for (const OptionGroup& group : command.options)
    for (const Option& known : group.options)
      if (known.name == option) return "--" + option + place.key.substr(blank);
  return "";
}

int dispatch(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
             const Surroundings& surroundings) {
  if (args.empty() || args[0] == "--help" || args[0] == "-h") {
    out << overview_text();
    return fits;
  }
  if (args[0] == "--version") {
    out << "opsi-sizing " << version() << '\n';
    return fits;
  }
  const Command& command = find_command(args[0]);
  Invocation call = parse(command, {args.begin() + 1, args.end()}, surroundings, in, out, err);
  if (call.has("help")) {
    out << help_text(command);
    return fits;
  }
  try {
    return command.run(call);
  } catch (const InputError& error) {
    const std::string key = as_typed(command, error.place());
    if (key.empty()) throw;
    throw InputError({"", 0, 0, key}, error.problem(), error.found(), error.allowed());
  }
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      plan_command(),       explain_command(),       compare_command(),  capacity_command(), sweep_command(),
      load_command(),       simulate_command(),      check_command(),    import_command(),   observe_command(),
      calibrate_command(),  tune_command(),          firewall_command(), figures_command(),  sources_command(),
      ports_command(),      distributions_command(), method_command(),   schema_command(),   init_command(),
      completion_command(), help_command()};
  return all;
}

int run(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
        const Surroundings& surroundings) {
  try {
    const int code = dispatch(args, in, out, err, surroundings);
    out.flush();
    if (!out) throw InputError({"standard output", 0, 0, ""}, "cannot be written");
    return code;
  } catch (const InputError& error) {
    if (const auto code = refuse_to_monitoring(args, error.what(), out)) return *code;
    err << "opsi-sizing: " << error.what() << '\n';
    return bad_input;
  } catch (const std::bad_alloc&) {
    err << "opsi-sizing: not enough memory for this question\n";
    return bad_input;
  } catch (const std::exception& error) {
    err << "opsi-sizing: a fault of this program, please report it: " << printable(error.what()) << '\n';
    return internal_fault;
  }
}

}  // namespace sizing::cli
