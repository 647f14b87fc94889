// Options: the shared ones, and parsing. Boost.Program_options splits the line; what the values mean is not its
// concern.
#include <algorithm>
#include <cmath>

#include <boost/program_options.hpp>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing::cli {
namespace {

namespace po = boost::program_options;

constexpr char operand_key[] = "an operand";  // with a blank, so that nobody types it as an option

std::vector<std::string> option_names(const Command& command) {
  std::vector<std::string> names;
  for (const OptionGroup& group : command.options)
    for (const Option& option : group.options) names.push_back("--" + option.name);
  names.push_back("--help");
  return names;
}

po::options_description described(const Command& command) {
  po::options_description description;
  const auto add = [&](const Option& option) {
    if (option.argument.empty())
      description.add_options()(option.name.c_str(), po::bool_switch());
    else
      description.add_options()(option.name.c_str(), po::value<std::vector<std::string>>());
  };
  for (const OptionGroup& group : command.options)
    for (const Option& option : group.options) add(option);
  add({"help", "", "", false, {}});
  description.add_options()(operand_key, po::value<std::vector<std::string>>());
  return description;
}

const Option* find_option(const Command& command, const std::string& name) {
  for (const OptionGroup& group : command.options)
    for (const Option& option : group.options)
      if (option.name == name) return &option;
  return nullptr;
}

void check_value(const Option& option, const std::string& value) {
  if (option.values.empty() || std::find(option.values.begin(), option.values.end(), value) != option.values.end())
    return;
  throw InputError({"", 0, 0, "--" + option.name}, "not allowed" + did_you_mean(value, option.values), value,
                   join(option.values, ", "));
}

std::string quoted(const std::string& word) {
  const std::string clean = printable(word);
  const bool plain = !clean.empty() && clean.find_first_of(" '\"$&;|<>()*?`\\!#~{}[]") == std::string::npos;
  return plain ? clean : "'" + replace_all(clean, "'", "'\\''") + "'";
}

// -h and -o are the only short forms; without them "--clients -5" stays a value to refuse with its bounds.
std::vector<std::string> spelled_out(std::vector<std::string> args) {
  for (std::string& arg : args) {
    if (arg == "--") break;
    if (arg == "-h") arg = "--help";
    if (arg == "-o") arg = "--output";
  }
  return args;
}

}  // namespace

std::string Invocation::value(const std::string& option, const std::string& otherwise) const {
  const auto at = values.find(option);
  return at == values.end() ? otherwise : at->second.back();
}

std::vector<std::string> Invocation::all(const std::string& option) const {
  const auto at = values.find(option);
  return at == values.end() ? std::vector<std::string>{} : at->second;
}

double duration_of(const Invocation& call, const std::string& option, double otherwise) {
  if (!call.has(option)) return otherwise;
  try {
    return parse_duration(call.value(option));
  } catch (const InputError& error) {
    throw InputError({"", 0, 0, "--" + option}, error.problem(), error.found(), error.allowed());
  }
}

double whole_of(const Invocation& call, const std::string& option, double otherwise, double least, double most) {
  if (!call.has(option)) return otherwise;
  double value = -1;
  try {
    value = parse_number(call.value(option));
  } catch (const InputError&) {
  }
  if (!(value >= least && value <= most && value == std::floor(value)))
    throw InputError({"", 0, 0, "--" + option}, "not allowed", call.value(option),
                     "a whole number from " + exact(least) + " to " + exact(most));
  return value;
}

Option opsi_option(const std::string& help) { return opsi_option(help, rule_set_names()); }

Option opsi_option(const std::string& help, const std::vector<std::string>& releases) {
  return {"opsi", "RELEASE", help, false, releases};
}

OptionGroup output_options() {
  return {"Output",
          {{"format", "FORMAT", "text (default), json, csv or markdown", false, {"text", "json", "csv", "markdown"}},
           {"output", "FILE", "write there instead of to standard output, whole or not at all (-o)", false, {}}}};
}

std::vector<OptionGroup> site_options(bool hardware) {
  const Model& model = *standard_model(default_rule_set());
  OptionGroup general{
      "Site",
      {opsi_option("rule set; default: the site's, else " + default_rule_set()),
       {"server", "NAME", "the server that flags and questions mean; default: the config server", false, {}},
       {"figures",
        "FILE",
        "own figures over those of the site file, as 'calibrate' writes them; a later file wins, --set over all",
        true,
        {}},
       {"routine",
        "PRESET",
        "a routine of all clients, beside those of the site file: " + join(routine_presets(), ", "),
        true,
        {}},
       {"set", "NAME=VALUE", "an input or a figure for this call only", true, {}}}};
  OptionGroup inputs{"Inputs of the server (they win over the site file)", {}};
  for (const Group& group : model.groups)
    inputs.options.push_back(
        {option_of(group.key), "LIST", "with commas; what is listed is so, the rest is not", false, {}});
  for (const Input& input : model.inputs) {
    const std::string unit = name(input.unit);
    inputs.options.push_back({option_of(input.name),
                              input.yes_no ? "yes|no" : "N",
                              input.help + (unit.empty() ? "" : " [" + unit + "]"),
                              false,
                              {}});
  }
  std::vector<OptionGroup> groups = {general, inputs};
  if (!hardware) return groups;
  OptionGroup offered{"Hardware that the server has or is offered", {}};
  for (const Resource& resource : model.resources) {
    const Formula& formula = model.formulas[resource.formula];
    const bool bytes = same_dimension(formula.unit, parse_unit("B"));
    offered.options.push_back({option_of(resource.name),
                               bytes ? "SIZE" : "N",
                               (bytes ? "with its unit, such as 16GB or 16GiB; against " : "against ") + formula.name,
                               false,
                               {}});
  }
  groups.push_back(offered);
  return groups;
}

Invocation parse(const Command& command, const std::vector<std::string>& args, const Surroundings& surroundings,
                 std::istream& in, std::ostream& out, std::ostream& err) {
  std::string line = "opsi-sizing " + command.name;
  for (const std::string& arg : args) line += " " + quoted(arg);
  Invocation call{command, {}, {}, {surroundings.date, line}, surroundings, in, out, err};
  po::positional_options_description operands;
  operands.add(operand_key, -1);
  const auto description = described(command);
  const int style = po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent |
                    po::command_line_style::long_allow_next;
  try {
    const auto parsed =
        po::command_line_parser(spelled_out(args)).options(description).positional(operands).style(style).run();
    for (const auto& option : parsed.options) {
      auto& values = call.values[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
      if (option.value.empty()) values.emplace_back();
    }
  } catch (const po::unknown_option& error) {
    throw InputError({"", 0, 0, command.name},
                     "unknown option" + did_you_mean(error.get_option_name(), option_names(command)),
                     error.get_option_name(), "what 'opsi-sizing " + command.name + " --help' lists");
  } catch (const po::error& error) {
    throw InputError({"", 0, 0, command.name}, printable(error.what()));
  }
  call.operands = call.all(operand_key);
  call.values.erase(operand_key);
  for (const std::string& operand : call.operands)
    if (operand.empty()) throw InputError({"", 0, 0, command.name}, "an argument is empty");
  const bool literal = std::find(args.begin(), args.end(), "--") != args.end();
  for (const std::string& operand : call.operands)
    if (!literal && operand.size() > 1 && operand[0] == '-')
      throw InputError({"", 0, 0, command.name}, "unknown option" + did_you_mean("-" + operand, option_names(command)),
                       operand);
  if (call.operands.size() > command.most_operands && !call.has("help"))
    throw InputError(
        {"", 0, 0, command.name}, "one argument too many", call.operands[command.most_operands],
        "opsi-sizing " + command.name + (command.operands.empty() ? "" : " " + command.operands) + " [OPTIONS]");
  for (const auto& [name, values] : call.values) {
    const Option* option = find_option(command, name);
    if (!option) continue;
    if (values.size() > 1 && !option->repeated) throw InputError({"", 0, 0, "--" + name}, "given twice", values[1]);
    for (const std::string& value : values)
      if (!option->argument.empty()) check_value(*option, value);
  }
  return call;
}

}  // namespace sizing::cli
