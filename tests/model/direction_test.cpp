#include "libsizing/model/direction.h"

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "tests/support/random_sites.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

TEST(direction, is_read_off_the_formula) {
  SmallRules r;
  const Quantity a = r.number("a", ""), b = r.number("b", ""), c = r.input("c", "", {0, 9, false}, a, "");
  const auto model_of = [&](Quantity expression) {
    SmallRules copy = r;
    return direction(*copy.model(), expression.node, a.node);
  };
  EXPECT_EQ(model_of(a + b), Direction::rising);
  EXPECT_EQ(model_of(b - a), Direction::falling);
  EXPECT_EQ(model_of(b - (b - a)), Direction::rising);
  EXPECT_EQ(model_of(b / a), Direction::falling);
  EXPECT_EQ(model_of(a / b), Direction::rising);
  EXPECT_EQ(model_of(b * b), Direction::constant);
  EXPECT_EQ(model_of(a - a), Direction::either);
  EXPECT_EQ(model_of(max(a, b - a)), Direction::either);
  EXPECT_EQ(model_of(ceil(floor(a) * b)), Direction::rising);
  EXPECT_EQ(model_of(b > a), Direction::falling);
  EXPECT_EQ(model_of(choose(a, b, b)), Direction::either);
  EXPECT_EQ(model_of(choose(b, a, b)), Direction::rising);
  EXPECT_EQ(model_of(c + b), Direction::rising);  // through the default of c
}

TEST(direction, of_a_curve_is_that_of_its_points) {
  auto figures = small_figures();
  figures.push_back(curve_of("falls", "1:5|2:5", "client", "MB"));
  figures.back().curve = {{1, 5}, {2, 3}};  // no table or site may state it, a model may hold it
  figures.push_back(curve_of("bends", "1:5|2:5", "client", "MB"));
  figures.back().curve = {{1, 5}, {2, 3}, {3, 9}};  // no table or site may state it, a model may hold it
  figures.push_back(curve_of("flat", "1:5|2:5", "client", "MB"));
  Rules r("curves", "", figures, {});
  const Quantity x = r.input("x", "client", {0, 9, false}, "");
  const NodeId line = r.curve("line", x).node, falls = r.curve("falls", x).node, bends = r.curve("bends", x).node,
               flat = r.curve("flat", x).node;
  const Model model = std::move(r).build();
  EXPECT_EQ(direction(model, line, x.node), Direction::rising);
  EXPECT_EQ(direction(model, falls, x.node), Direction::falling);
  EXPECT_EQ(direction(model, bends, x.node), Direction::either);
  EXPECT_EQ(direction(model, flat, x.node), Direction::constant);
}

void expect_agrees(Direction d, double before, double after, const std::string& what) {
  const double slack = 1e-12 * std::abs(before);
  if (d == Direction::rising) {
    EXPECT_GE(after, before - slack) << what;
  }
  if (d == Direction::falling) {
    EXPECT_LE(after, before + slack) << what;
  }
  if (d == Direction::constant) {
    EXPECT_EQ(after, before) << what;
  }
}

// For every input and formula of every rule set: what the formula says is what the numbers do.
TEST(direction, agrees_with_the_values_of_random_sites) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    RandomSites sites(13);
    for (std::size_t i = 0; i < model->inputs.size(); ++i) {
      const Input& input = model->inputs[i];
      std::vector<Direction> expected;
      for (const Formula& formula : model->formulas) expected.push_back(direction(*model, formula.node, input.node));
      for (int round = 0; round < 40; ++round) {
        Given given = sites.given(*model);
        const double x = sites.value(input), y = sites.value(input);
        given.inputs[i] = std::min(x, y);
        const Evaluation low = evaluate(model, given);
        given.inputs[i] = std::max(x, y);
        const Evaluation high = evaluate(model, given);
        for (std::size_t f = 0; f < model->formulas.size(); ++f)
          expect_agrees(expected[f], low.values[model->formulas[f].node], high.values[model->formulas[f].node],
                        set.name + ": " + model->formulas[f].name + " by " + input.name);
      }
    }
  }
}

TEST(direction, of_needs_by_load_is_never_falling) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    for (const char* need : {"server.memory", "server.cores", "opsiconfd.workers"})
      for (const char* load : {"clients", "connections", "samba.connections", "depots", "online_clients"}) {
        const Direction d = direction(*model, find_node(*model, need), find_node(*model, load));
        EXPECT_TRUE(d == Direction::rising || d == Direction::constant) << set.name << " " << need << " by " << load;
      }
  }
}

}  // namespace
}  // namespace sizing
