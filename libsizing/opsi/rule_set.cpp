#include "libsizing/opsi/rule_set.h"

#include <map>
#include <mutex>

#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/concerns.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

Release release_of(std::string_view rule_set) {
  const auto names = rule_set_names();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == rule_set) return static_cast<Release>(i);
  throw InputError({}, "unknown rule set" + did_you_mean(rule_set, names), rule_set, join(names, ", "));
}

}  // namespace

const std::vector<RuleSet>& rule_sets() {
  static const std::vector<RuleSet> sets = {
      {"4.1", "the single-process rules: memory and cores by all clients, Samba by connections with a margin of half"},
      {"4.2",
       "the requirements page as published: the worker rules and the older rules that the page still prints, the "
       "larger "
       "of the two"},
      {"4.3", "the worker rules, about 600 clients per worker, and one websocket for each client that is switched on"},
  };
  return sets;
}

std::vector<std::string> rule_set_names() {
  std::vector<std::string> names;
  for (const RuleSet& set : rule_sets()) names.push_back(set.name);
  return names;
}

std::string default_rule_set() { return "4.2"; }

std::shared_ptr<const Model> build_model(std::string_view rule_set, const std::vector<Figure>& figures) {
  const Release release = release_of(rule_set);
  const RuleSet& set = rule_sets()[static_cast<std::size_t>(release)];
  Rules rules(set.name, set.title, figures, sources());
  inputs(rules);
  load(rules, release);
  opsiconfd(rules, release);
  samba(rules);
  database(rules, release);
  redis(rules, release);
  cpu(rules, release);
  memory(rules, release);
  disk(rules, release);
  settings(rules, release);
  return std::make_shared<const Model>(std::move(rules).build());
}

std::shared_ptr<const Model> standard_model(std::string_view rule_set) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Model>, std::less<>> built;
  const std::lock_guard lock(mutex);
  const auto at = built.find(rule_set);
  if (at != built.end()) return at->second;
  return built.emplace(rule_set, build_model(rule_set, figures())).first->second;
}

NodeId quantity_node(const Model& model, std::string_view name, const Place& place) {
  const NodeId node = find_node(model, name);
  if (node != no_node) return node;
  if (find_figure(model, name))
    throw InputError(place, "is a figure, not a quantity", name, "an input or a computed quantity");
  std::vector<std::string> elsewhere;
  for (const std::string& set : rule_set_names())
    if (find_node(*standard_model(set), name) != no_node) elsewhere.push_back(set);
  std::vector<std::string> known = formula_names(model);
  for (const std::string& input : input_names(model)) known.push_back(input);
  const std::string hint =
      elsewhere.empty() ? did_you_mean(name, known) : " (the rules of " + join(elsewhere, " and ") + " have it)";
  throw InputError(place, "opsi " + model.name + " has no such quantity" + hint, name, "a quantity of the plan");
}

}  // namespace sizing
