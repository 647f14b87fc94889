#include "libsizing/plan/cards.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsizing/model/formula.h"

namespace sizing {
namespace {

double in_the_file(const Evaluation& e, NodeId node) {
  const Unit& unit = e.model->units[node];
  const Unit bytes = parse_unit("B");
  return std::ceil(same_dimension(unit, bytes) ? convert(e.values[node], unit, bytes) : e.values[node]);
}

double limit_of(const SettingCard& card, double value) {
  return card.zero_is_no_limit && value == 0 ? std::numeric_limits<double>::infinity() : value;
}

// What the formulas rest on.
std::vector<bool> counted(const Model& model) {
  std::vector<NodeId> roots;
  for (const Formula& formula : model.formulas) roots.push_back(formula.node);
  return reachable(model, roots);
}

std::string figure_of(const Model& model, NodeId node) {
  return model.nodes[node].op == Op::figure ? model.figures[model.nodes[node].index].name : "";
}

SettingCard card_of(const Evaluation& e, const Setting& s, const std::vector<bool>& counted) {
  SettingCard card{s.key, s.file, s.section, s.standard, s.apply, s.why, s.what, s.when, s.sources, s.zero_is_no_limit,
                   0,     0,      0,         "",         "",      true,  true};
  card.least = in_the_file(e, s.least);
  card.usual = in_the_file(e, s.usual);
  card.runs = e.values[s.runs] != 0;
  card.default_is_enough = e.values[s.condition] == 0;
  const double value = in_the_file(e, s.node);
  const bool usual = card.default_is_enough || value < card.usual;
  card.value = usual ? card.usual : value;
  const NodeId node = usual ? s.usual : s.node;
  card.shown = value_text(*e.model, node, e.values[node]);
  if (s.node == s.usual && counted[s.node]) card.counted_by = figure_of(*e.model, s.node);
  return card;
}

}  // namespace

std::vector<SettingCard> cards_of(const Evaluation& e) {
  std::vector<SettingCard> cards;
  const std::vector<bool> in_formulas = counted(*e.model);
  for (const Setting& setting : e.model->settings) cards.push_back(card_of(e, setting, in_formulas));
  return cards;
}

bool is_enough(const SettingCard& card, double value) { return limit_of(card, value) >= card.least; }

bool allows_less(const SettingCard& card, double a, double b) { return limit_of(card, a) < limit_of(card, b); }

}  // namespace sizing
