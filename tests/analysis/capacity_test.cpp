#include "libsizing/analysis/capacity.h"

#include <gtest/gtest.h>

#include "libsizing/model/direction.h"
#include "libsizing/opsi/rule_set.h"
#include "tests/support/random_sites.h"
#include "tests/support/refusal.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

struct Small {
  std::shared_ptr<const Model> model;
  NodeId memory, cores;
  Small() {
    SmallRules r;
    const Quantity n = r.input("n", "connection", {0, 1000, true}, ""), m = r.number("m", "connection");
    memory = r.define("memory", "MB", (n + m) * r.figure("each"), "").node;
    cores = r.define("cores", "connection", n, "").node;
    model = r.model();
  }
  Capacity ask(double m, const std::vector<Allowance>& allowances) const {
    return capacity(*model, evaluate_with(model, {{"m", m}}).given, 0, allowances);
  }
};

// 4 MB a connection.
TEST(capacity, is_the_largest_value_that_fits) {
  const Small s;
  const Capacity c = s.ask(0, {{s.memory, 401}, {s.cores, 300}});
  EXPECT_TRUE(c.carries_any);
  EXPECT_FALSE(c.at_bound);
  EXPECT_EQ(c.most, 100);
  EXPECT_EQ(c.each, (std::vector<double>{100, 300}));
  EXPECT_EQ(c.first, std::vector<std::size_t>{0});
  EXPECT_EQ(s.ask(0, {{s.memory, 400}}).most, 100);
  EXPECT_EQ(s.ask(0, {{s.memory, 399.9}}).most, 99);
}

TEST(capacity, names_all_that_run_out_together) {
  const Small s;
  EXPECT_EQ(s.ask(0, {{s.memory, 400}, {s.cores, 100}}).first, (std::vector<std::size_t>{0, 1}));
}

TEST(capacity, ends_at_the_bounds_of_the_input) {
  const Small s;
  const Capacity most = s.ask(0, {{s.memory, 4000}});
  EXPECT_TRUE(most.at_bound);
  EXPECT_EQ(most.most, 1000);
  EXPECT_TRUE(most.first.empty());
  const Capacity none = s.ask(50, {{s.memory, 199}});
  EXPECT_FALSE(none.carries_any);
  EXPECT_EQ(none.each, std::vector<double>{-1});
  EXPECT_EQ(none.first, std::vector<std::size_t>{0});
  EXPECT_EQ(s.ask(50, {{s.memory, 200}}).most, 0);
}

TEST(capacity, is_not_asked_of_flags_and_of_what_a_need_falls_with) {
  SmallRules r;
  const Quantity n = r.number("n", "MB"), on = r.yes_no("on", r.constant(0), "");
  const NodeId falls = r.define("falls", "MB", r.figure("size") - n, "").node;
  const NodeId bends = r.define("bends", "MB", max(n, r.figure("size") - n), "").node;
  const NodeId chosen = r.define("chosen", "MB", only_if(on, n), "").node;
  const auto model = r.model();
  const Given given = nothing_given(*model);
  const auto ask = [&](std::size_t input, NodeId need) {
    const std::vector<Allowance> allowances = {{need, 100}};
    return refusal([&] { capacity(*model, given, input, allowances); });
  };
  EXPECT_TRUE(contains(ask(0, falls).what(), "n: has no largest value"));
  EXPECT_TRUE(contains(ask(0, bends).what(), "n: has no largest value"));
  EXPECT_TRUE(contains(ask(1, chosen).what(), "on: no amount"));
}

// For every rule set, input and random server with random hardware: most fits, one more does not.
TEST(capacity, inverts_the_evaluation_of_every_rule_set) {
  int inner = 0;
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    RandomSites sites(21);
    for (int round = 0; round < 30; ++round) {
      const Given given = sites.given(*model);
      const std::vector<Allowance> offers = {{find_node(*model, "server.memory"), 2000 + 60'000 * sites.fraction()},
                                             {find_node(*model, "server.cores"), std::floor(2 + 60 * sites.fraction())},
                                             {find_node(*model, "disk.var_lib_opsi"), 60 + 2000 * sites.fraction()}};
      for (std::size_t i = 0; i < model->inputs.size(); ++i) {
        const Input& input = model->inputs[i];
        if (input.yes_no) continue;
        const Capacity c = capacity(*model, given, i, offers);
        const auto fails = [&](double x) {
          Given at = given;
          at.inputs[i] = x;
          const Evaluation e = evaluate(model, at);
          std::vector<std::size_t> failing;
          for (std::size_t o = 0; o < offers.size(); ++o)
            if (e.values[offers[o].node] > offers[o].amount) failing.push_back(o);
          return failing;
        };
        EXPECT_EQ(c.carries_any, fails(input.low).empty()) << input.name;
        EXPECT_EQ(c.at_bound, fails(input.high).empty()) << input.name;
        if (!c.carries_any || c.at_bound) continue;
        ++inner;
        EXPECT_TRUE(fails(c.most).empty()) << set.name << " " << input.name << " " << c.most;
        EXPECT_EQ(fails(c.most + 1), c.first) << set.name << " " << input.name << " " << c.most;
      }
    }
  }
  EXPECT_GT(inner, 100);
}

}  // namespace
}  // namespace sizing
