// A command is data: its name, what it takes, examples, and a function. Help, parsing, completion, the reference page
// and the tests of the examples all read the same rows.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/run.h"
#include "libsizing/report/report.h"

namespace sizing::cli {

struct Option {
  std::string name;      // without dashes: "samba-connections"
  std::string argument;  // "N", "FILE"; "" for a switch
  std::string help;
  bool repeated = false;
  std::vector<std::string> values;  // the words that are allowed, where they are few
};

struct Example {
  std::string arguments;  // behind "opsi-sizing "
  std::string about;
  int exit_code = fits;
};

struct OptionGroup {
  std::string title;
  std::vector<Option> options;
};

struct Invocation;

struct Command {
  std::string name, summary;
  std::string operands;  // in the usage line: "[SITE]"
  std::size_t most_operands = 0;
  std::string about;  // paragraphs for the help
  std::vector<Example> examples;
  std::vector<OptionGroup> options;
  std::function<int(Invocation&)> run;
};

/// One call of a command.
struct Invocation {
  const Command& command;
  std::vector<std::string> operands;
  std::map<std::string, std::vector<std::string>> values;  // by option; a switch has one empty value
  Stamp stamp;
  const Surroundings& surroundings;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;

  bool has(const std::string& option) const { return values.contains(option); }
  /// The value of an option that is given at most once; `otherwise` where it is not given.
  std::string value(const std::string& option, const std::string& otherwise = "") const;
  std::vector<std::string> all(const std::string& option) const;
};

/// All commands, in the order of the help.
const std::vector<Command>& commands();

Command plan_command();
Command import_command();
Command explain_command();
Command compare_command();
Command capacity_command();
Command sweep_command();
Command load_command();
Command simulate_command();
Command check_command();
Command calibrate_command();
Command figures_command();
Command sources_command();
Command ports_command();
Command distributions_command();
Command observe_command();
Command method_command();
Command schema_command();
Command init_command();
Command completion_command();
Command tune_command();
Command firewall_command();
Command help_command();

/// The value of an option as a duration in seconds, or as a whole number within bounds. Throws InputError.
double duration_of(const Invocation& call, const std::string& option, double otherwise);
double whole_of(const Invocation& call, const std::string& option, double otherwise, double least, double most);

/// Options that several commands share.
OptionGroup output_options();
std::vector<OptionGroup> site_options(bool hardware);
/// --opsi with the rule sets, or with the releases that a table has.
Option opsi_option(const std::string& help);
Option opsi_option(const std::string& help, const std::vector<std::string>& releases);

/// Writes a report in the format asked for, to --output or to `out`.
void write_report(Invocation& call, const Report& report);
/// Writes finished text in the same way.
void write_text(Invocation& call, const std::string& text);
/// Whether --output names a file. Throws InputError where it cannot be one: no name, an input of the call.
bool to_file(const Invocation& call);

/// Monitoring reads standard output: where `args` ask for one of its formats, a refusal is written there as a status,
/// and the exit code is given; nothing for all other calls.
std::optional<int> refuse_to_monitoring(const std::vector<std::string>& args, const std::string& problem,
                                        std::ostream& out);

/// Parses `args` behind the command's name. Throws InputError.
Invocation parse(const Command& command, const std::vector<std::string>& args, const Surroundings& surroundings,
                 std::istream& in, std::ostream& out, std::ostream& err);

std::string help_text(const Command& command);
std::string overview_text();

/// What help and man pages say of the program as a whole.
struct ExitMeaning {
  int code;
  std::string meaning;
};
const std::vector<ExitMeaning>& exit_meanings();
const std::vector<Example>& overview_examples();
/// What the program does, in half a sentence.
std::string tagline();

}  // namespace sizing::cli
