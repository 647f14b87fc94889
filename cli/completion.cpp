// Shell completion, written from the commands' own data.
#include "cli/command.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"

namespace sizing::cli {
namespace {

std::vector<std::string> shells() { return {"bash", "zsh", "fish"}; }

std::string command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return join(names, " ");
}

template <class Visit>
void each_option(const Command& command, Visit visit) {
  for (const OptionGroup& group : command.options)
    for (const Option& option : group.options) visit(option);
}

// In single quotes for a shell.
std::string quoted(const std::string& text) { return "'" + replace_all(text, "'", "'\\''") + "'"; }

std::string bash() {
  std::string cases;
  for (const Command& command : commands()) {
    std::string options = "--help", values;
    each_option(command, [&](const Option& option) {
      options += " --" + option.name;
      if (!option.values.empty())
        values += "        --" + option.name + ") COMPREPLY=($(compgen -W '" + join(option.values, " ") +
                  "' -- \"$word\")); return ;;\n";
    });
    cases += "    " + command.name + ")\n      case \"$before\" in\n" + values +
             "        *) ;;\n      esac\n      options='" + options + "' ;;\n";
  }
  return "# bash completion of opsi-sizing: opsi-sizing completion bash > /etc/bash_completion.d/opsi-sizing\n"
         "_opsi_sizing() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" options=''\n"
         "  COMPREPLY=()\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W '" +
         command_names() +
         " --help --version' -- \"$word\")); return; fi\n"
         "  case \"${COMP_WORDS[1]}\" in\n" +
         cases +
         "    *) return ;;\n  esac\n"
         "  case \"$word\" in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n  esac\n}\ncomplete -o filenames -F _opsi_sizing "
         "opsi-sizing\n";
}

std::string zsh() {
  std::string list, cases;
  for (const Command& command : commands()) {
    list += "    " + quoted(command.name + ":" + replace_all(command.summary, ":", " -")) + "\n";
    cases += "    " + command.name + ")\n      _arguments -S";
    each_option(command, [&](const Option& option) {
      std::string help = replace_all(replace_all(replace_all(option.help, ":", " -"), "[", "("), "]", ")");
      std::string spec = std::string(option.repeated ? "*" : "") + "--" + option.name +
                         (option.argument.empty() ? "" : "=") + "[" + help + "]";
      if (!option.argument.empty())
        spec +=
            ":" + option.argument + ":" +
            (option.values.empty() ? option.argument == "FILE" ? "_files" : " " : "(" + join(option.values, " ") + ")");
      cases += " \\\n        " + quoted(spec);
    });
    cases += " \\\n        '--help[help with examples]' \\\n        '*:file:_files' ;;\n";
  }
  return "#compdef opsi-sizing\n# zsh completion of opsi-sizing: opsi-sizing completion zsh > "
         "\"${fpath[1]}/_opsi-sizing\"\n"
         "_opsi-sizing() {\n  local -a commands\n  commands=(\n" +
         list +
         "  )\n"
         "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
         "  local command=$words[2]\n  shift words; (( CURRENT-- ))\n"
         "  case $command in\n" +
         cases +
         "  esac\n}\n"
         "if [ \"$funcstack[1]\" = _opsi-sizing ]; then _opsi-sizing \"$@\"; else compdef _opsi-sizing opsi-sizing; "
         "fi\n";
}

std::string fish() {
  std::string text =
      "# fish completion of opsi-sizing: opsi-sizing completion fish > ~/.config/fish/completions/opsi-sizing.fish\n";
  for (const Command& command : commands()) {
    text += "complete -c opsi-sizing -n __fish_use_subcommand -f -a " + command.name + " -d " +
            quoted(command.summary) + "\n";
    each_option(command, [&](const Option& option) {
      text += "complete -c opsi-sizing -n '__fish_seen_subcommand_from " + command.name + "' -l " + option.name;
      if (!option.argument.empty())
        text += option.values.empty() ? option.argument == "FILE" ? " -r" : " -x"
                                      : " -x -a '" + join(option.values, " ") + "'";
      text += " -d " + quoted(option.help) + "\n";
    });
  }
  return text;
}

int run_completion(Invocation& call) {
  const std::string shell = call.operands.empty() ? "" : call.operands[0];
  if (shell == "bash")
    write_text(call, bash());
  else if (shell == "zsh")
    write_text(call, zsh());
  else if (shell == "fish")
    write_text(call, fish());
  else
    throw InputError({"", 0, 0, "completion"},
                     shell.empty() ? "the shell is missing" : "unknown shell" + did_you_mean(shell, shells()), shell,
                     join(shells(), ", "));
  return fits;
}

}  // namespace

Command completion_command() {
  return {"completion", "Completion for bash, zsh or fish",
          "SHELL",      1,
          "",           {{"completion bash", "to be sourced, or put where the shell looks for it"}},
          {},           run_completion};
}

}  // namespace sizing::cli
