// The commands' own data: examples that run, options that help and completion know.
#include "cli/command.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "tests/cli/call.h"

namespace sizing::cli {
namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Visit>
void each_option(Visit visit) {
  for (const Command& command : commands())
    for (const OptionGroup& group : command.options)
      for (const Option& option : group.options) visit(command, option);
}

TEST(commands, each_example_ends_as_it_declares) {
  for (const Command& command : commands()) {
    EXPECT_FALSE(command.examples.empty()) << command.name;
    for (const Example& example : command.examples) {
      std::string line = example.arguments;
      const bool discarded = contains(line, "/dev/null");
      if (const auto redirection = line.find(" > "); redirection != std::string::npos) line.erase(redirection);
      const Outcome outcome = call_line(line);
      EXPECT_EQ(outcome.code, example.exit_code) << example.arguments << "\n" << outcome.err;
      EXPECT_EQ(outcome.err, "") << example.arguments;
      EXPECT_TRUE(discarded || !outcome.out.empty()) << example.arguments;
      EXPECT_FALSE(example.about.empty()) << example.arguments;
      EXPECT_TRUE(line.starts_with(command.name + " ") || line == command.name) << example.arguments;
    }
  }
}

TEST(commands, the_overview_lists_each_with_its_summary) {
  const std::string overview = call({}).out;
  EXPECT_EQ(call({"--help"}).out, overview);
  EXPECT_EQ(call({"help"}).out, overview);
  for (const Command& command : commands()) {
    EXPECT_TRUE(contains(overview, "\n  " + command.name + " ")) << command.name;
    EXPECT_TRUE(contains(overview, command.summary)) << command.name;
  }
}

TEST(commands, help_is_the_same_by_flag_by_short_flag_and_by_command) {
  for (const Command& command : commands()) {
    const std::string help = call({command.name, "--help"}).out;
    EXPECT_EQ(call({command.name, "-h"}).out, help);
    EXPECT_EQ(call({"help", command.name}).out, help);
    EXPECT_TRUE(contains(help, "Usage: opsi-sizing " + command.name)) << help;
    for (const Example& example : command.examples) EXPECT_TRUE(contains(help, example.arguments)) << help;
  }
}

TEST(commands, help_names_each_option_with_its_help_and_its_words) {
  each_option([](const Command& command, const Option& option) {
    const std::string help = call({command.name, "--help"}).out;
    const std::string flag = "\n  --" + option.name + (option.argument.empty() ? "" : " " + option.argument);
    EXPECT_TRUE(contains(help, flag)) << command.name << " --" << option.name;
    EXPECT_FALSE(option.help.empty()) << command.name << " --" << option.name;
    EXPECT_TRUE(contains(help, option.help)) << command.name << " --" << option.name;
  });
}

TEST(commands, completion_knows_every_command_and_option) {
  const std::string bash = call({"completion", "bash"}).out, zsh = call({"completion", "zsh"}).out,
                    fish = call({"completion", "fish"}).out;
  for (const Command& command : commands()) {
    EXPECT_TRUE(contains(bash, "    " + command.name + ")\n")) << command.name;
    EXPECT_TRUE(contains(zsh, "    " + command.name + ")\n")) << command.name;
    EXPECT_TRUE(contains(fish, "-a " + command.name + " ")) << command.name;
  }
  each_option([&](const Command& command, const Option& option) {
    const auto section = [&](const std::string& text) {
      const auto from = text.find("    " + command.name + ")\n");
      return text.substr(from, text.find("' ;;\n", from) - from);
    };
    EXPECT_TRUE(contains(section(bash), " --" + option.name)) << command.name << " --" << option.name;
    EXPECT_TRUE(contains(section(zsh), "--" + option.name)) << command.name << " --" << option.name;
    EXPECT_TRUE(contains(fish, "from " + command.name + "' -l " + option.name + " ")) << option.name;
    for (const std::string& value : option.values) EXPECT_TRUE(contains(bash, value) && contains(zsh, value)) << value;
  });
}

TEST(commands, have_names_that_can_be_told_apart) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  for (const Command& command : commands()) {
    std::vector<std::string> options;
    for (const OptionGroup& group : command.options)
      for (const Option& option : group.options) options.push_back(option.name);
    std::sort(options.begin(), options.end());
    EXPECT_EQ(std::adjacent_find(options.begin(), options.end()), options.end()) << command.name;
  }
}

TEST(commands, every_input_group_and_resource_is_a_flag_of_plan) {
  const std::string help = call({"plan", "--help"}).out;
  for (const char* flag :
       {"roles", "services", "depot-webdav", "clients", "active-clients", "connections", "samba-connections", "depots",
        "online-clients", "packages", "memory", "cores", "disk-var-lib-opsi", "disk-logs", "opsi", "set", "server"})
    EXPECT_TRUE(contains(help, "\n  --" + std::string(flag) + " ")) << flag;
}

TEST(commands, the_version_is_that_of_the_library) {
  const Outcome outcome = call({"--version"});
  EXPECT_EQ(outcome.code, fits);
  EXPECT_EQ(outcome.out, "opsi-sizing " + std::string(version()) + "\n");
}

TEST(commands, the_same_call_twice_prints_the_same) {
  for (const Command& command : commands())
    for (const Example& example : command.examples) {
      if (contains(example.arguments, ">")) continue;
      EXPECT_EQ(call_line(example.arguments).out, call_line(example.arguments).out) << example.arguments;
    }
}

}  // namespace
}  // namespace sizing::cli
