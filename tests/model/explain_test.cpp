#include "libsizing/model/explain.h"

#include <set>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "tests/support/formula_reader.h"
#include "tests/support/random_sites.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

// The curve of an explanation at x: its range reads "100:500|2000:1000 client:MB".
reader::Amount read_curve(const Explanation& curve, reader::Amount x) {
  const auto parts = split(curve.range, ' '), units = split(parts.at(1), ':');
  std::vector<std::pair<double, double>> points;
  for (const std::string& point : split(parts[0], '|'))
    points.emplace_back(std::stod(split(point, ':')[0]), std::stod(split(point, ':')[1]));
  const double at = x.base / reader::scale_of(units[0]), scale = reader::scale_of(units[1]);
  if (at <= points[0].first) return {points[0].second * scale, scale};
  std::size_t to = 1;
  while (to + 1 < points.size() && at > points[to].first) ++to;
  const auto [x0, y0] = points[to - 1];
  const auto [x1, y1] = points[to];
  return {(y0 + (y1 - y0) * ((at - x0) / (x1 - x0))) * scale, scale};
}

// Every formula of the tree gives its value when it is read from its text over the values of its operands.
void expect_recomputes(const Explanation& e, std::set<std::string>& seen) {
  if (!seen.insert(std::string(name(e.role)) + e.name).second) return;
  if (!e.formula.empty()) {
    const auto operand = [&](const std::string& wanted, Role role) -> const Explanation& {
      for (const Explanation& o : e.operands)
        if (o.name == wanted && (o.role == role || (role == Role::formula && o.role == Role::input))) return o;
      throw std::runtime_error(wanted + " is no operand of " + e.name);
    };
    const auto named = [&](const std::string& text) -> reader::Amount {
      const bool figure = text[0] == '[';
      const Explanation& o =
          operand(figure ? text.substr(1, text.size() - 2) : text, figure ? Role::figure : Role::formula);
      const double scale = reader::scale_of(o.unit);
      return {o.value * scale, scale};
    };
    const auto curve = [&](const std::string& text, reader::Amount x) {
      return read_curve(operand(text, Role::curve), x);
    };
    const double expected = reader::Formula(e.formula, named, curve).value().base / reader::scale_of(e.unit);
    EXPECT_NEAR(e.value, expected, 1e-12 * std::abs(expected)) << e.name << " = " << e.formula;
  }
  for (const Explanation& o : e.operands) expect_recomputes(o, seen);
}

TEST(explain, recomputes_to_the_value_of_every_quantity_of_every_rule_set) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    RandomSites sites(11);
    for (int i = 0; i < 40; ++i) {
      const Evaluation e = evaluate(model, sites.given(*model));
      std::set<std::string> seen;
      for (const Formula& formula : model->formulas) expect_recomputes(explain(e, formula.node), seen);
      for (const Input& input : model->inputs) expect_recomputes(explain(e, input.node), seen);
      ASSERT_GT(seen.size(), model->formulas.size()) << set.name;
    }
  }
}

TEST(explain, has_the_value_of_the_model_at_its_root) {
  const auto model = standard_model("4.2");
  const Evaluation e = evaluate_with(model, {{"clients", 1000}, {"connections", 100}, {"samba.connections", 130}});
  for (const Formula& formula : model->formulas)
    EXPECT_EQ(explain(e, formula.node).value, e.value(formula.name)) << formula.name;
}

// A worked line: 1000 clients, 100 connections, 130 Samba connections.
TEST(explain, is_the_tree_behind_a_number) {
  const auto model = standard_model("4.2");
  const Evaluation e = evaluate_with(model, {{"clients", 1000}, {"connections", 100}, {"samba.connections", 130}});
  std::vector<std::string> origins(model->inputs.size());
  origins[input_index(*model, "samba.connections")] = "school.toml:9";
  const Explanation samba = explain(e, find_node(*model, "samba.memory"), origins);
  EXPECT_EQ(samba.role, Role::formula);
  EXPECT_EQ(samba.value, 780);
  EXPECT_EQ(samba.unit, "MB");
  EXPECT_EQ(samba.text, "780 MB");
  std::vector<std::string> operands;
  for (const Explanation& o : samba.operands) operands.push_back(o.name);
  EXPECT_EQ(operands, (std::vector<std::string>{"service.samba", "samba.connections", "samba.memory_per_connection",
                                                "samba.margin"}));
  EXPECT_EQ(samba.operands[1].origin, "school.toml:9");
  EXPECT_EQ(samba.operands[1].kind, Kind::given);
  EXPECT_EQ(samba.operands[2].role, Role::figure);
  EXPECT_EQ(samba.operands[2].kind, Kind::published);
  EXPECT_EQ(samba.operands[2].range, "0.8 to 4");
  EXPECT_EQ(samba.operands[2].source.find("opsi manual, Getting started"), 0U);
}

TEST(explain, says_which_operand_carries_the_value) {
  const auto model = standard_model("4.2");
  const Evaluation e = evaluate_with(model, {{"clients", 1000}, {"connections", 100}});
  const Explanation memory = explain(e, find_node(*model, "opsiconfd.memory"));
  EXPECT_EQ(memory.decided_by, "opsiconfd.memory_by_workers");
  ASSERT_EQ(memory.operands.size(), 2U);
  EXPECT_TRUE(memory.operands[0].carries);   // 1250 MB by workers
  EXPECT_FALSE(memory.operands[1].carries);  // 1105.26 MB by clients
}

TEST(explain, shows_the_default_only_of_an_input_that_is_not_stated) {
  const auto model = standard_model("4.2");
  const NodeId node = find_node(*model, "connections");
  const Explanation standard = explain(evaluate_with(model, {{"clients", 1000}}), node);
  EXPECT_EQ(standard.value, 100);
  EXPECT_EQ(standard.kind, Kind::assumed);
  EXPECT_EQ(standard.formula, "clients × [load.simultaneous_share] × 1 connection/client");
  const Explanation stated = explain(evaluate_with(model, {{"clients", 1000}, {"connections", 7}}), node);
  EXPECT_EQ(stated.formula, "");
  EXPECT_TRUE(stated.operands.empty());
}

}  // namespace
}  // namespace sizing
