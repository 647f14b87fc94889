#include "libsizing/analysis/compare.h"

#include <algorithm>

#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

struct Side {
  std::optional<double> value;
  std::string unit, text = "–", decided_by;
};

Side side(const Evaluation& e, const std::string& quantity) {
  Side s;
  const NodeId node = find_node(*e.model, quantity);
  if (node == no_node) return s;
  s.value = e.values[node];
  s.unit = name(e.model->units[node]);
  s.text = value_text(*e.model, node, *s.value);
  s.decided_by = decided_by(e, node);
  return s;
}

// The inputs and formulas of both, those of `to` first, each new one of `from` behind the one it followed there.
std::vector<std::string> all_names(const Model& from, const Model& to) {
  const auto names = [](const Model& m) {
    std::vector<std::string> result = input_names(m);
    for (const std::string& f : formula_names(m)) result.push_back(f);
    return result;
  };
  std::vector<std::string> result = names(to);
  auto behind = result.begin();
  for (const std::string& n : names(from)) {
    const auto at = std::find(result.begin(), result.end(), n);
    behind = at == result.end() ? result.insert(behind, n) + 1 : at + 1;
  }
  return result;
}

}  // namespace

std::vector<Change> compare(const Evaluation& from, const Evaluation& to) {
  std::vector<Change> changes;
  for (const std::string& quantity : all_names(*from.model, *to.model)) {
    const Side a = side(from, quantity), b = side(to, quantity);
    const bool newly_decided = a.decided_by != b.decided_by && !a.decided_by.empty() && !b.decided_by.empty();
    if (a.value == b.value && !newly_decided) continue;
    const Input* input = find_input(*to.model, quantity);
    changes.push_back({quantity, b.value ? b.unit : a.unit, a.value, b.value, a.text, b.text, a.decided_by,
                       b.decided_by, !(input && input->yes_no)});
  }
  return changes;
}

}  // namespace sizing
