// Help, from the commands' own data.
#include <algorithm>
#include <ostream>

#include "cli/command.h"
#include "cli/man.h"
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

std::string exit_line() {
  std::vector<std::string> codes;
  for (const ExitMeaning& exit : exit_meanings()) codes.push_back(std::to_string(exit.code) + " " + exit.meaning);
  return "\nExit code: " + join(codes, ", ") + ".\n";
}

int run_help(Invocation& call) {
  const bool man = call.has("man");
  if (call.operands.empty()) {
    write_text(call, man ? overview_man_page(call.stamp.date) : overview_text());
    return fits;
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    names.push_back(command.name);
    if (command.name != call.operands[0]) continue;
    write_text(call, man ? man_page(command, call.stamp.date) : help_text(command));
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
  return text + exit_line();
}

const std::vector<ExitMeaning>& exit_meanings() {
  static const std::vector<ExitMeaning> all = {{fits, "fits"},
                                               {falls_short, "falls short"},
                                               {bad_input, "bad input"},
                                               {internal_fault, "a fault of the program"}};
  return all;
}

const std::vector<Example>& overview_examples() {
  static const std::vector<Example> all = {{"plan --clients 1000 --connections 100", "a plan from flags alone"},
                                           {"plan data/sites/school.toml", "a plan of a site file"},
                                           {"explain opsiconfd.memory --clients 1000", "where a number comes from"}};
  return all;
}

std::string tagline() { return "from a description of an opsi site to its servers, every number explained"; }

std::string overview_text() {
  constexpr std::size_t example_width = 43, command_width = 16;
  const auto padded = [](const std::string& text, std::size_t to) {
    return text + std::string(text.size() < to ? to - text.size() : 1, ' ');
  };
  std::string text =
      "opsi-sizing " + std::string(version()) + ": " + tagline() + "\n\nUsage: opsi-sizing COMMAND [ARGUMENTS]\n\n";
  for (const Example& example : overview_examples())
    text += "  opsi-sizing " + padded(example.arguments, example_width) + example.about + "\n";
  text += "\nCommands:\n";
  for (const Command& command : commands()) text += "  " + padded(command.name, command_width) + command.summary + "\n";
  return text + "\n'opsi-sizing COMMAND --help' says more; --version prints the version." + exit_line();
}

Command help_command() {
  return {"help",
          "Help on a command",
          "[COMMAND]",
          1,
          "",
          {{"help plan", "the options of plan, with examples"},
           {"help plan --man", "its man page, to be read by 'man -l -'"}},
          {{"Output", {{"man", "", "as a man page, in roff", false, {}}}}},
          run_help};
}

}  // namespace sizing::cli
