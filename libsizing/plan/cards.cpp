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

SettingCard card_of(const Evaluation& e, const Setting& s) {
  SettingCard card{s.key,  s.file, s.section, s.standard, s.apply, s.why, s.what, s.when, s.sources, s.zero_is_no_limit,
                   0,      0,      0,         "",         true,    true};
  card.least = in_the_file(e, s.least);
  card.usual = in_the_file(e, s.usual);
  card.runs = e.values[s.runs] != 0;
  card.default_is_enough = e.values[s.condition] == 0;
  const double value = in_the_file(e, s.node);
  const bool usual = card.default_is_enough || value < card.usual;
  card.value = usual ? card.usual : value;
  const NodeId node = usual ? s.usual : s.node;
  card.shown = value_text(*e.model, node, e.values[node]);
  return card;
}

}  // namespace

std::vector<SettingCard> cards_of(const Evaluation& e) {
  std::vector<SettingCard> cards;
  for (const Setting& setting : e.model->settings) cards.push_back(card_of(e, setting));
  return cards;
}

bool is_enough(const SettingCard& card, double value) { return limit_of(card, value) >= card.least; }

bool allows_less(const SettingCard& card, double a, double b) { return limit_of(card, a) < limit_of(card, b); }

}  // namespace sizing
