#include "libsizing/analysis/sweep.h"

#include <gtest/gtest.h>

#include "libsizing/model/decide.h"
#include "libsizing/opsi/rule_set.h"
#include "tests/support/refusal.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

std::size_t figure_index(const Model& model, const char* name) {
  return static_cast<std::size_t>(find_figure(model, name) - model.figures.data());
}

TEST(sweep, gives_what_one_evaluation_after_the_other_gives) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    const Axis clients{"clients", input_index(*model, "clients"), {}, parse_values("0:6000:250", 100)};
    const Axis margin{"samba.margin", {}, figure_index(*model, "samba.margin"), {0, 25, 50}};
    const Axis connections{"connections", input_index(*model, "connections"), {}, {0, 20, 21, 500}};
    const std::vector<Axis> axes = {clients, margin, connections};
    std::vector<NodeId> outputs;
    for (const Formula& formula : model->formulas) outputs.push_back(formula.node);
    const Sweep result = sweep(model, nothing_given(*model), axes, outputs);
    ASSERT_EQ(result.rows, 25U * 3 * 4);
    std::size_t r = 0;
    for (const double c : clients.values)
      for (const double m : margin.values)
        for (const double n : connections.values) {
          Given given = nothing_given(*model);
          given.inputs[*clients.input] = c;
          given.inputs[*connections.input] = n;
          given.figures[*margin.figure] = m;
          const Evaluation e = evaluate(model, given);
          ASSERT_EQ(result.varied[0][r], c);
          ASSERT_EQ(result.varied[1][r], m);
          ASSERT_EQ(result.varied[2][r], n);
          for (std::size_t o = 0; o < outputs.size(); ++o) {
            ASSERT_EQ(result.values[o][r], e.values[outputs[o]]) << set.name << " " << model->formulas[o].name;
            ASSERT_EQ(result.deciders[o].at(r), decided_by(e, outputs[o]))
                << set.name << " " << model->formulas[o].name;
          }
          ++r;
        }
  }
}

TEST(sweep, keeps_what_is_given_beside_the_axes) {
  SmallRules r;
  const Quantity a = r.number("a", "MB"), b = r.number("b", "MB");
  const NodeId sum = r.define("sum", "MB", a + b, "").node;
  const auto model = r.model();
  const std::vector<Axis> axes = {{"a", 0, {}, {1, 2}}};
  const std::vector<NodeId> outputs = {sum, a.node};
  const Sweep result = sweep(model, evaluate_with(model, {{"b", 10}}).given, axes, outputs);
  EXPECT_EQ(result.values[0], (std::vector<double>{11, 12}));
  EXPECT_EQ(result.values[1], (std::vector<double>{1, 2}));
}

TEST(parse_values, reads_ranges_with_their_end) {
  EXPECT_EQ(parse_values("100:500:100", 99), (std::vector<double>{100, 200, 300, 400, 500}));
  EXPECT_EQ(parse_values("100:499:100", 99), (std::vector<double>{100, 200, 300, 400}));
  EXPECT_EQ(parse_values("5:1:-2", 99), (std::vector<double>{5, 3, 1}));
  EXPECT_EQ(parse_values("7:7:1", 99), std::vector<double>{7});
  EXPECT_EQ(parse_values(" 1 : 3 : 1 ", 99), (std::vector<double>{1, 2, 3}));
}

// Sums of 0.1 miss the end by a rounding error; every range of tenths must still reach it.
TEST(parse_values, reaches_the_end_in_steps_of_a_tenth) {
  for (int end = 1; end <= 100; ++end) {
    const auto values = parse_values("0:" + std::to_string(end / 10) + "." + std::to_string(end % 10) + ":0.1", 999);
    ASSERT_EQ(values.size(), static_cast<std::size_t>(end) + 1) << end;
    EXPECT_NEAR(values.back(), end / 10.0, 1e-12);
  }
}

TEST(parse_values, reads_lists) {
  EXPECT_EQ(parse_values("100,200,500", 99), (std::vector<double>{100, 200, 500}));
  EXPECT_EQ(parse_values("5, 3,3", 99), (std::vector<double>{5, 3, 3}));
  EXPECT_EQ(parse_values("0.5", 99), std::vector<double>{0.5});
}

TEST(parse_values, refuses_what_is_no_range) {
  for (const char* text : {"", "a", "1:2", "1:2:3:4", "1:2:a", ":2:1", "1,,2", "1,", "1:5:0", "1:5:-1", "5:1:1", "nan",
                           "1:inf:1", "1:2:nan"})
    refusal([&] { parse_values(text, 99); });
}

TEST(parse_values, refuses_too_many) {
  EXPECT_EQ(parse_values("1:99:1", 99).size(), 99U);
  for (const char* text : {"1:100:1", "0:1e308:1e-300", "0:1e9:1", "-1e308:1e308:1"})
    EXPECT_EQ(refusal([&] { parse_values(text, 99); }).problem(), "too many values") << text;
  EXPECT_EQ(refusal([] { parse_values("1,2,3", 2); }).allowed(), "at most 2");
}

}  // namespace
}  // namespace sizing
