#include "libsizing/report/site_template.h"

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"

namespace sizing {
namespace {

std::string group_lines(const Model& model, const Group& group, const Evaluation& e) {
  std::string text, listed;
  bool follows = false;  // other inputs, so that the list is better left to its default
  for (const Input& input : model.inputs) {
    if (!input.name.starts_with(group.prefix)) continue;
    const std::string member = input.name.substr(group.prefix.size());
    text += "# \"" + member + "\": " + input.help + "\n";
    follows = follows || model.nodes[input.fallback].op != Op::constant;
    if (e.values[input.node] != 0) listed += (listed.empty() ? "\"" : ", \"") + member + "\"";
  }
  return text + (follows ? "# Default, for these roles:\n# " : "") + group.key + " = [" + listed + "]\n\n";
}

bool in_group(const Model& model, const Input& input) {
  for (const Group& group : model.groups)
    if (input.name.starts_with(group.prefix)) return true;
  return false;
}

std::string input_lines(const Model& model, const Input& input, double value) {
  const std::string text = "# " + input.help + "; " + allowed_values(input) + "\n";
  if (input.fallback == no_node) return text + input.name + " = " + exact(value) + "\n\n";
  const std::string example = input.yes_no ? (value != 0 ? "true" : "false") : exact(value);
  // The help says in words what a default that depends on others is.
  const bool plain = model.nodes[input.fallback].op == Op::constant;
  return text + (plain ? "# Default: " + default_text(model, input) + "\n" : "") + "# " + input.name + " = " + example +
         "\n\n";
}

// The first as an example, the others beside it.
std::string presets_text() {
  auto presets = routine_presets();
  std::string text = "\"" + presets.at(0) + "\"";
  presets.erase(presets.begin());
  return text + "   # or " + join(presets, ", ") + "\n";
}

}  // namespace

std::string site_template(double clients) {
  const auto model = standard_model(default_rule_set());
  Given given = nothing_given(*model);
  given.inputs[input_index(*model, "clients")] = clients;
  const Evaluation e = evaluate(model, given);

  std::string sets;
  for (const RuleSet& set : rule_sets()) sets += "# " + set.name + ": " + set.title + "\n";
  std::string text =
      "# A site for opsi-sizing. 'opsi-sizing plan FILE' turns it into a plan; lines behind # are defaults.\n\n"
      "name = \"My site\"\n\n# The rule set, by opsi release.\n" +
      sets + "opsi = \"" + default_rule_set() +
      "\"\n\n# One [[server]] for each server: one config server, any number of depot servers.\n"
      "[[server]]\nname = \"opsi1\"\n\n";
  for (const Group& group : model->groups) text += group_lines(*model, group, e);
  for (const Input& input : model->inputs)
    if (!in_group(*model, input)) text += input_lines(*model, input, e.values[input.node]);
  text =
      text +
      "# What the server has or is offered: the plan says whether it fits.\n# [server.hardware]\n# memory = \"16 "
      "GiB\"\n# cores = 4\n"
      "# disk.var_lib_opsi = \"200 GB\"\n\n"
      "# What the clients do in a day, instead of connections above: 'opsi-sizing load' shows the peaks that follow.\n"
      "# [[routine]]\n# name = \"first lesson\"\n# preset = " +
      presets_text() +
      "# share = \"60 %\"     # of the clients\n# start = \"07:45\"\n# window = \"15 min\"\n\n"
      "# A figure of your own instead of the table's, with a word on where it comes from; 'opsi-sizing figures' lists "
      "them.\n"
      "# [figures.\"samba.memory_per_connection\"]\n# value = 0.76\n# kind = \"measured\"\n# note = \"smbd on opsi1, "
      "120 sessions, May 2026\"\n";
  return text;
}

}  // namespace sizing
