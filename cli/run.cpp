#include "cli/run.h"

#include <algorithm>
#include <new>
#include <ostream>

#include "cli/command.h"
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

int dispatch(const std::vector<std::string>& args, std::istream& in, std::ostream& out,
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
  Invocation call = parse(command, {args.begin() + 1, args.end()}, surroundings, in, out);
  if (call.has("help")) {
    out << help_text(command);
    return fits;
  }
  return command.run(call);
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      plan_command(),    explain_command(), compare_command(),    capacity_command(),      sweep_command(),
      figures_command(), sources_command(), ports_command(),      distributions_command(), method_command(),
      schema_command(),  init_command(),    completion_command(), help_command()};
  return all;
}

int run(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
        const Surroundings& surroundings) {
  try {
    const int code = dispatch(args, in, out, surroundings);
    out.flush();
    if (!out) throw InputError({"standard output", 0, 0, ""}, "cannot be written");
    return code;
  } catch (const InputError& error) {
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
