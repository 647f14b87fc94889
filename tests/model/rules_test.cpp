#include "libsizing/model/rules.h"

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "tests/support/refusal.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

// Names "memory" (MB) and "connections", so that each test below writes one wrong line.
struct Written : SmallRules {
  Quantity connections = number("connections", "connection");
  Quantity memory = define("memory", "MB", connections* figure("each"), "Memory.");
};

TEST(rules, refuse_to_add_or_compare_different_things) {
  Written r;
  EXPECT_TRUE(contains(model_refusal([&] { r.memory + r.connections; }), "+ of MB and connection"));
  EXPECT_TRUE(contains(model_refusal([&] { r.connections - r.memory; }), "connection and MB"));
  EXPECT_TRUE(contains(model_refusal([&] { max(r.memory, r.connections); }), "max of MB"));
  EXPECT_TRUE(contains(model_refusal([&] { (void)(r.memory > r.connections); }), "> of MB"));
  EXPECT_TRUE(contains(model_refusal([&] { 1 + r.memory; }), "a plain number and MB"));
}

TEST(rules, refuse_to_add_sizes_of_different_scale) {
  Written r;
  EXPECT_TRUE(contains(model_refusal([&] { r.figure("least") + r.memory; }), "GB and MB"));
  EXPECT_TRUE(contains(model_refusal([&] { min(r.memory, r.figure("least")); }), "MB and GB"));
}

TEST(rules, refuse_branches_of_different_units_and_conditions_with_one) {
  Written r;
  const Quantity more = r.memory > r.figure("size");
  EXPECT_TRUE(contains(model_refusal([&] { choose(more, r.memory, r.connections); }), "MB and connection"));
  EXPECT_TRUE(contains(model_refusal([&] { choose(r.connections, r.memory, r.memory); }), "connection and a plain"));
}

TEST(rules, refuse_names_that_do_not_exist) {
  Written r;
  EXPECT_EQ(model_refusal([&] { r.quantity("memry"); }), "there is no quantity memry");
  EXPECT_EQ(model_refusal([&] { r.figure("memory"); }), "there is no figure memory");
  EXPECT_EQ(model_refusal([&] { r.resource("memory", "none", "memory"); }), "the model has no none");
}

TEST(rules, refuse_a_second_definition) {
  Written r;
  EXPECT_EQ(model_refusal([&] { r.define("memory", "MB", r.memory, ""); }), "a second definition of memory");
  EXPECT_EQ(model_refusal([&] { r.define("connections", "MB", r.memory, ""); }), "a second definition of connections");
  EXPECT_EQ(model_refusal([&] { r.number("memory", "MB"); }), "a second definition of memory");
  EXPECT_EQ(model_refusal([&] { r.number("size", "MB"); }), "size is a figure and an input");
}

TEST(rules, refuse_a_figure_without_source) {
  Written r;
  EXPECT_EQ(model_refusal([&] { r.figure("sourceless"); }), "the figure sourceless has no source");
}

TEST(rules, refuse_a_curve_as_a_number_and_a_number_as_a_curve) {
  Written r;
  const Quantity clients = r.number("clients", "client");
  EXPECT_EQ(model_refusal([&] { r.figure("line"); }), "the figure line is not a plain number");
  EXPECT_EQ(model_refusal([&] { r.curve("size", clients); }), "the figure size is not a curve");
  EXPECT_EQ(model_refusal([&] { r.figure("words"); }), "the figure words is not a plain number");
}

TEST(rules, refuse_a_curve_of_another_unit) {
  Written r;
  EXPECT_EQ(model_refusal([&] { r.curve("line", r.connections); }), "the curve line takes client, not connection");
}

TEST(rules, refuse_a_declared_unit_that_the_formula_does_not_have) {
  Written r;
  EXPECT_EQ(model_refusal([&] { r.define("x", "GB", r.memory, ""); }), "x is declared in GB, its formula gives MB");
  EXPECT_EQ(model_refusal([&] { r.define("x", "", r.memory, ""); }),
            "x is declared in a plain number, its formula gives MB");
  EXPECT_EQ(model_refusal([&] { in(r.memory, "client"); }), "cannot convert MB to client");
  EXPECT_TRUE(contains(model_refusal([&] {
                         r.input("y", "client", {0, 1, true}, r.connections, "");
                       }),
                       "the default of y is in connection"));
}

TEST(rules, refuse_a_remark_about_something_unknown) {
  Written r;
  const Quantity condition = r.memory > r.figure("size");
  EXPECT_EQ(model_refusal([&] { r.remark("c", Severity::note, "memry", condition, ""); }),
            "there is no quantity memry");
  EXPECT_EQ(model_refusal([&] { r.remark("c", Severity::note, "memory", condition, "{memory} of {sise}"); }),
            "there is no quantity sise, named in: {memory} of {sise}");
  EXPECT_EQ(model_refusal([&] { r.remark("c", Severity::note, "memory", condition, "{[memory]}"); }),
            "there is no figure [memory], named in: {[memory]}");
  EXPECT_NO_THROW(r.remark("c", Severity::note, "memory", condition, "{memory} of {[size]}"));
}

TEST(rules, refuse_to_mix_two_models) {
  Written a, b;
  EXPECT_EQ(model_refusal([&] { a.memory + b.memory; }), "quantities of different models cannot be combined");
}

TEST(rules, read_a_percentage_as_a_part_of_one) {
  SmallRules r;
  const Quantity x = r.number("x", "MB");
  r.define("with_margin", "MB", x * (1 + r.figure("margin")), "");
  r.define("a_part", "MB", x * r.figure("share"), "");
  r.define("ratio", "", max(r.figure("margin"), r.constant(0.4)), "");
  const Evaluation e = evaluate_with(r.model(), {{"x", 1000}});
  EXPECT_EQ(e.value("with_margin"), 1500);
  EXPECT_EQ(e.value("a_part"), 100);
  EXPECT_EQ(e.value("ratio"), 0.5);
}

TEST(rules, compute_an_expression_that_is_written_twice_once) {
  SmallRules r;
  const Quantity x = r.number("x", "MB");
  EXPECT_EQ((x * r.figure("margin")).node, (x * r.figure("margin")).node);
}

TEST(rules, remember_which_figures_they_use) {
  SmallRules r;
  r.curve("line", r.number("clients", "client"));
  r.figure("size");
  const auto model = r.model();
  for (std::size_t i = 0; i < model->figures.size(); ++i)
    EXPECT_EQ(model->figure_used[i], model->figures[i].name == "line" || model->figures[i].name == "size");
}

TEST(rules, of_every_set_have_units_that_can_be_written) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    for (const Formula& formula : model->formulas)
      EXPECT_EQ(parse_unit(name(formula.unit)), formula.unit) << set.name << " " << formula.name;
    for (const Input& input : model->inputs) EXPECT_EQ(parse_unit(name(input.unit)), input.unit) << input.name;
  }
}

}  // namespace
}  // namespace sizing
