#include "libsizing/analysis/compare.h"

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "tests/support/random_sites.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

const Change* change_of(const std::vector<Change>& changes, const std::string& name) {
  for (const Change& change : changes)
    if (change.name == name) return &change;
  return nullptr;
}

TEST(compare, of_an_evaluation_with_itself_is_empty) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    RandomSites sites(31);
    for (int i = 0; i < 20; ++i) {
      const Given given = sites.given(*model);
      EXPECT_TRUE(compare(evaluate(model, given), evaluate(model, given)).empty());
    }
  }
}

TEST(compare, names_every_quantity_that_changes_and_no_other) {
  const auto model = standard_model("4.2");
  const Evaluation from = evaluate_with(model, {{"clients", 1000}, {"connections", 100}});
  const Evaluation to = evaluate_with(model, {{"clients", 1000}, {"connections", 200}});
  const auto changes = compare(from, to);
  for (const Formula& formula : model->formulas)
    EXPECT_EQ(change_of(changes, formula.name) != nullptr,
              from.value(formula.name) != to.value(formula.name) || formula.name == "server.cores")
        << formula.name;
  const Change* workers = change_of(changes, "opsiconfd.workers");
  ASSERT_TRUE(workers);
  EXPECT_EQ(workers->from, 5);
  EXPECT_EQ(workers->to, 10);
  EXPECT_EQ(workers->from_text, "5 workers");
  EXPECT_EQ(workers->to_text, "10 workers");
  EXPECT_EQ(workers->unit, "worker");
  // 4 cores by clients become 5 by workers.
  const Change* cores = change_of(changes, "server.cores");
  ASSERT_TRUE(cores);
  EXPECT_EQ(cores->from_decided_by, "cpu.cores_by_clients");
  EXPECT_EQ(cores->to_decided_by, "cpu.cores_by_workers");
}

TEST(compare, names_a_new_decider_of_an_equal_value) {
  SmallRules r;
  const Quantity a = r.number("a", "MB"), b = r.number("b", "MB");
  r.define("most", "MB", max(a, b), "");
  const auto model = r.model();
  const auto changes = compare(evaluate_with(model, {{"a", 5}, {"b", 4}}), evaluate_with(model, {{"a", 4}, {"b", 5}}));
  const Change* most = change_of(changes, "most");
  ASSERT_TRUE(most);
  EXPECT_EQ(most->from, most->to);
  EXPECT_EQ(most->to_decided_by, "b");
}

TEST(compare, shows_what_only_one_rule_set_has) {
  const std::vector<Stated> site = {{"clients", 1000}, {"connections", 100}};
  const auto changes = compare(evaluate_with(standard_model("4.1"), site), evaluate_with(standard_model("4.3"), site));
  const Change *redis = change_of(changes, "redis.memory"),
               *by_clients = change_of(changes, "opsiconfd.memory_by_clients");
  ASSERT_TRUE(redis && by_clients);
  EXPECT_FALSE(redis->from);
  EXPECT_EQ(redis->from_text, "–");
  EXPECT_DOUBLE_EQ(redis->to.value(), 36.2);  // 12.5 + 1000 × 0.0237
  EXPECT_FALSE(by_clients->to);
  EXPECT_EQ(by_clients->unit, "MB");
  EXPECT_EQ(change_of(changes, "clients"), nullptr);
}

TEST(compare, mirrors_when_the_sides_are_swapped) {
  const Evaluation a = evaluate_with(standard_model("4.1"), {{"clients", 100}});
  const Evaluation b = evaluate_with(standard_model("4.2"), {{"clients", 900}});
  const auto there = compare(a, b), back = compare(b, a);
  ASSERT_EQ(there.size(), back.size());
  for (const Change& change : there) {
    const Change* mirrored = change_of(back, change.name);
    ASSERT_TRUE(mirrored) << change.name;
    EXPECT_EQ(mirrored->from, change.to);
    EXPECT_EQ(mirrored->to, change.from);
  }
}

}  // namespace
}  // namespace sizing
