// Help, from the commands' own data.
#include <algorithm>
#include <ostream>

#include "cli/command.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"

namespace sizing::cli {
namespace {

constexpr std::size_t column = 34;

std::string option_line(const Option& option) {
  std::string left = "  --" + option.name + (option.argument.empty() ? "" : " " + option.argument);
  left += left.size() + 1 < column ? std::string(column - left.size(), ' ') : "\n" + std::string(column, ' ');
  return left + option.help + (option.repeated ? " (may be repeated)" : "") + "\n";
}

int run_help(Invocation& call) {
  if (call.operands.empty()) {
    write_text(call, overview_text());
    return fits;
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    names.push_back(command.name);
    if (command.name != call.operands[0]) continue;
    write_text(call, help_text(command));
    return fits;
  }
  throw InputError({"", 0, 0, "help"}, "unknown command" + did_you_mean(call.operands[0], names), call.operands[0],
                   join(names, ", "));
}

}  // namespace

std::string help_text(const Command& command) {
  std::string text = command.summary + "\n\nUsage: opsi-sizing " + command.name +
                     (command.operands.empty() ? "" : " " + command.operands) +
                     (command.options.empty() ? "" : " [OPTIONS]") + "\n";
  if (!command.examples.empty()) text += "\nExamples:\n";
  for (const Example& example : command.examples)
    text += "  opsi-sizing " + example.arguments + "\n      " + example.about + "\n";
  if (!command.about.empty()) text += "\n" + command.about + "\n";
  for (const OptionGroup& group : command.options) {
    text += "\n" + group.title + ":\n";
    for (const Option& option : group.options) text += option_line(option);
  }
  return text + "\nExit code: 0 fits, 1 falls short, 2 bad input, 3 a fault of the program.\n";
}

std::string overview_text() {
  std::string text =
      "opsi-sizing " + std::string(version()) +
      ": from a description of an opsi site to its servers, every number explained\n\n"
      "Usage: opsi-sizing COMMAND [ARGUMENTS]\n\n"
      "  opsi-sizing plan --clients 1000 --connections 100      a plan from flags alone\n"
      "  opsi-sizing plan data/sites/school.toml                a plan of a site file\n"
      "  opsi-sizing explain opsiconfd.memory --clients 1000    where a number comes from\n\nCommands:\n";
  for (const Command& command : commands())
    text += "  " + command.name + std::string(command.name.size() < 16 ? 16 - command.name.size() : 1, ' ') +
            command.summary + "\n";
  return text +
         "\n'opsi-sizing COMMAND --help' says more; --version prints the version.\n"
         "Exit code: 0 fits, 1 falls short, 2 bad input, 3 a fault of the program.\n";
}

Command help_command() {
  return {"help",  "Help on a command", "[COMMAND]", 1, "", {{"help plan", "the options of plan, with examples"}}, {},
          run_help};
}

}  // namespace sizing::cli
