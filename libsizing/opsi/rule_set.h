// The rule sets: the published rules of an opsi release as a model.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/model/model.h"

namespace sizing {

struct RuleSet {
  std::string name;   // "4.2"
  std::string title;  // what it holds
};

/// Oldest first.
const std::vector<RuleSet>& rule_sets();

std::vector<std::string> rule_set_names();

/// The one used until a site says otherwise: the requirements page.
std::string default_rule_set();

/// Builds the model of a rule set over `figures`, which have the names of the embedded table.
/// Throws InputError for an unknown rule set.
std::shared_ptr<const Model> build_model(std::string_view rule_set, const std::vector<Figure>& figures);

/// The node of an input or a formula. Throws InputError with `place` where the model has none of this name: with the
/// nearest, or with the rule sets that have it.
NodeId quantity_node(const Model& model, std::string_view name, const Place& place);

/// The same over the embedded figures, built once and shared.
std::shared_ptr<const Model> standard_model(std::string_view rule_set);

}  // namespace sizing
