#include "libsizing/model/decide.h"

#include <numeric>

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "tests/support/random_sites.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

constexpr auto assumed = static_cast<std::size_t>(Kind::assumed), measured = static_cast<std::size_t>(Kind::measured),
               published = static_cast<std::size_t>(Kind::published), given = static_cast<std::size_t>(Kind::given);

std::array<double, 5> split_of(const Evaluation& e, const char* name) {
  return split_by_kind(e, find_node(*e.model, name));
}
std::string decider(const Evaluation& e, const char* name) { return decided_by(e, find_node(*e.model, name)); }

TEST(decided_by, is_the_largest_operand_and_the_first_of_equal_ones) {
  SmallRules r;
  const Quantity a = r.number("a", "MB"), b = r.number("b", "MB"), c = r.number("c", "MB");
  r.define("most", "MB", max(a, b, c), "");
  r.define("least_of", "MB", min(a, min(b, c)), "");
  r.define("sum", "MB", a + b, "");
  const auto model = r.model();
  const auto with = [&](double x, double y, double z) { return evaluate_with(model, {{"a", x}, {"b", y}, {"c", z}}); };
  EXPECT_EQ(decider(with(1, 2, 3), "most"), "c");
  EXPECT_EQ(decider(with(3, 2, 1), "most"), "a");
  EXPECT_EQ(decider(with(1, 3, 3), "most"), "b");
  EXPECT_EQ(decider(with(3, 3, 3), "most"), "a");
  EXPECT_EQ(decider(with(1, 2, 3), "least_of"), "a");
  EXPECT_EQ(decider(with(2, 1, 1), "least_of"), "b");
  EXPECT_EQ(decider(with(1, 2, 3), "sum"), "");
  EXPECT_EQ(decider(with(1, 2, 3), "a"), "");
}

TEST(decided_by, sees_through_conversions_and_conditions) {
  SmallRules r;
  const Quantity a = r.number("a", "MB"), on = r.yes_no("on", r.constant(1), "");
  r.define("floor", "MB", max(in(r.figure("least"), "MB"), a), "");
  r.define("maybe", "MB", only_if(on, max(r.figure("size"), a + a)), "");
  r.define("in_gb", "GB", in(max(r.figure("size"), a), "GB"), "");
  const auto model = r.model();
  const auto with = [&](double x, double yes) { return evaluate_with(model, {{"a", x}, {"on", yes}}); };
  EXPECT_EQ(decider(with(1999, 1), "floor"), "least");
  EXPECT_EQ(decider(with(2001, 1), "floor"), "a");
  EXPECT_EQ(decider(with(501, 1), "maybe"), "a + a");
  EXPECT_EQ(decider(with(499, 1), "maybe"), "size");
  EXPECT_EQ(decider(with(501, 0), "maybe"), "");
  EXPECT_EQ(decider(with(1001, 1), "in_gb"), "a");
}

TEST(live_nodes, leave_out_what_is_multiplied_by_nothing) {
  SmallRules r;
  const Quantity connections = r.number("connections", "connection");
  r.define("memory", "MB", connections * r.figure("each"), "");
  const auto model = r.model();
  const NodeId memory = find_node(*model, "memory");
  const auto each_carries = [&](double count) {
    const Evaluation e = evaluate_with(model, {{"connections", count}});
    const auto live = live_nodes(e, memory);
    EXPECT_TRUE(live[find_node(*model, "connections")]);
    return live[model->figure_nodes[2]];
  };
  EXPECT_TRUE(each_carries(1));
  EXPECT_FALSE(each_carries(0));
}

TEST(live_nodes, leave_out_what_another_operand_or_branch_decided) {
  SmallRules r;
  const Quantity a = r.number("a", "MB"), b = r.number("b", "MB"), on = r.yes_no("on", r.constant(1), "");
  const Quantity c = r.input("c", "MB", {0, 1e9, false}, a, "");
  r.define("most", "MB", max(a + a, b), "");
  r.define("chosen", "MB", choose(on, a, b), "");
  r.define("same", "MB", c + b, "");
  const auto model = r.model();
  const Evaluation e = evaluate_with(model, {{"a", 3}, {"b", 2}, {"on", 0}});
  const auto live = [&](const Evaluation& of, const char* root, Quantity leaf) {
    return static_cast<bool>(live_nodes(of, find_node(*model, root))[leaf.node]);
  };
  EXPECT_TRUE(live(e, "most", a));
  EXPECT_FALSE(live(e, "most", b));
  EXPECT_FALSE(live(e, "chosen", a));
  EXPECT_TRUE(live(e, "chosen", b));
  EXPECT_TRUE(live(e, "chosen", on));
  EXPECT_TRUE(live(e, "same", a));  // as the default of c
  EXPECT_FALSE(live(evaluate_with(model, {{"a", 3}, {"b", 2}, {"c", 1}}), "same", a));
}

// The example of decide.h: 1000 MB published with 50 % assumed margin.
TEST(split_by_kind, makes_a_part_as_sure_as_its_weakest_factor) {
  SmallRules r;
  r.define("total", "MB", r.figure("size") * (1 + r.figure("margin")), "");
  const Evaluation e = evaluate_with(r.model(), {});
  const auto parts = split_of(e, "total");
  EXPECT_EQ(parts[published], 1000);
  EXPECT_EQ(parts[assumed], 500);
  EXPECT_EQ(kind_of(e, find_node(*e.model, "total")), Kind::assumed);
}

TEST(split_by_kind, takes_an_input_as_given_and_its_default_as_what_it_rests_on) {
  SmallRules r;
  const Quantity a = r.number("a", "connection");
  const Quantity b = r.input("b", "connection", {0, 1e9, false}, a * r.figure("share"), "");
  r.define("total", "MB", b * r.figure("each"), "");
  r.define("own", "connection", a + b, "");
  const auto model = r.model();
  const Evaluation standard = evaluate_with(model, {{"a", 100}}),
                   stated = evaluate_with(model, {{"a", 100}, {"b", 20}});
  EXPECT_EQ(split_of(standard, "total")[assumed], 40);  // 100 × 10 % × 4 MB, the share being assumed
  EXPECT_EQ(split_of(stated, "total")[measured], 80);
  EXPECT_EQ(split_of(standard, "own")[given], 100);
  EXPECT_EQ(split_of(standard, "own")[assumed], 10);
  EXPECT_EQ(split_of(stated, "own")[given], 120);
}

TEST(split_by_kind, follows_the_operand_that_decides) {
  SmallRules r;
  const Quantity a = r.number("a", "connection");
  r.define("most", "MB", max(r.figure("size"), a * r.figure("each")), "");
  const auto model = r.model();
  EXPECT_EQ(split_of(evaluate_with(model, {{"a", 249}}), "most")[published], 1000);
  EXPECT_EQ(split_of(evaluate_with(model, {{"a", 251}}), "most")[measured], 1004);
}

TEST(split_by_kind, adds_up_to_every_value_of_every_rule_set) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    RandomSites sites(12);
    for (int i = 0; i < 100; ++i) {
      const Evaluation e = evaluate(model, sites.given(*model));
      for (const Formula& formula : model->formulas) {
        const auto parts = split_by_kind(e, formula.node);
        const double value = e.value(formula.name), sum = std::accumulate(parts.begin(), parts.end(), 0.0);
        EXPECT_NEAR(sum, value, 1e-12 * std::abs(value)) << set.name << " " << formula.name;
        EXPECT_GE(*std::min_element(parts.begin(), parts.end()), 0) << formula.name;
      }
    }
  }
}

TEST(extrapolated_curves, are_those_read_beyond_their_last_point_whether_they_decide_or_not) {
  SmallRules r;
  const Quantity clients = r.number("clients", "client"), other = r.number("other", "MB");
  r.define("by_clients", "MB", r.curve("line", clients), "");
  r.define("most", "MB", max(r.quantity("by_clients"), other), "");
  const auto model = r.model();
  const auto count = [&](double x, double y) {
    return extrapolated_curves(evaluate_with(model, {{"clients", x}, {"other", y}})).size();
  };
  EXPECT_EQ(count(4000, 0), 0U);
  EXPECT_EQ(count(4001, 0), 1U);
  EXPECT_EQ(count(4001, 9999), 1U);
}

}  // namespace
}  // namespace sizing
