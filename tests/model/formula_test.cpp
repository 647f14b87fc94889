#include "libsizing/model/formula.h"

#include <gtest/gtest.h>

#include "tests/support/small_rules.h"

namespace sizing {
namespace {

struct Letters : SmallRules {
  Quantity a = number("a", ""), b = number("b", ""), c = number("c", ""), d = number("d", "");
};

std::string text_of(Letters& r, Quantity expression) {
  Letters copy = r;  // its nodes keep their numbers
  return formula_text(*copy.model(), expression.node);
}

TEST(formula_text, keeps_the_order_of_operations) {
  Letters r;
  EXPECT_EQ(text_of(r, r.a + r.b * r.c), "a + b × c");
  EXPECT_EQ(text_of(r, (r.a + r.b) * r.c), "(a + b) × c");
  EXPECT_EQ(text_of(r, r.a - (r.b + r.c)), "a − (b + c)");
  EXPECT_EQ(text_of(r, r.a - (r.b - r.c)), "a − (b − c)");
  EXPECT_EQ(text_of(r, r.a - r.b - r.c), "a − b − c");
  EXPECT_EQ(text_of(r, r.a - r.b * r.c), "a − b × c");
  EXPECT_EQ(text_of(r, r.a / (r.b * r.c)), "a / (b × c)");
  EXPECT_EQ(text_of(r, r.a / (r.b / r.c)), "a / (b / c)");
  EXPECT_EQ(text_of(r, r.a / r.b / r.c), "a / b / c");
  EXPECT_EQ(text_of(r, r.a * (r.b - r.c) / r.d), "a × (b − c) / d");
  EXPECT_EQ(text_of(r, r.a + r.b > r.c), "a + b > c");
  EXPECT_EQ(text_of(r, r.a + (r.b > r.c)), "a + (b > c)");
}

TEST(formula_text, writes_chains_of_max_and_min_as_one) {
  Letters r;
  EXPECT_EQ(text_of(r, max(r.a, r.b, r.c)), "max(a, b, c)");
  EXPECT_EQ(text_of(r, max(r.a, max(r.b, r.c))), "max(a, b, c)");
  EXPECT_EQ(text_of(r, min(min(r.a, r.b), min(r.c, r.d))), "min(a, b, c, d)");
  EXPECT_EQ(text_of(r, max(r.a, min(r.b, r.c))), "max(a, min(b, c))");
  EXPECT_EQ(text_of(r, r.d * max(r.a + r.b, r.c)), "d × max(a + b, c)");
}

TEST(formula_text, writes_calls) {
  Letters r;
  EXPECT_EQ(text_of(r, ceil(r.a / r.b)), "ceil(a / b)");
  EXPECT_EQ(text_of(r, choose(r.a > r.b, r.a - r.b, r.c)), "if(a > b, a − b, c)");
}

TEST(formula_text, writes_figures_in_brackets_and_conversions_where_they_bind) {
  Letters r;
  const Quantity x = r.number("x", "MB"), clients = r.number("clients", "client");
  EXPECT_EQ(text_of(r, x * (1 + r.figure("margin"))), "x × (1 + [margin])");
  EXPECT_EQ(text_of(r, r.curve("line", clients) + x), "curve[line](clients) + x");
  EXPECT_EQ(text_of(r, in(x, "GB")), "x in GB");
  EXPECT_EQ(text_of(r, in(x + x, "GB")), "(x + x) in GB");
  EXPECT_EQ(text_of(r, in(r.a * x, "GB")), "(a × x) in GB");
  EXPECT_EQ(text_of(r, max(in(r.figure("least"), "MB"), x)), "max([least] in MB, x)");
}

TEST(formula_text, of_a_name_is_the_name) {
  Letters r;
  EXPECT_EQ(text_of(r, r.define("sum", "", r.a + r.b, "")), "sum");
  EXPECT_EQ(text_of(r, r.quantity("sum") * r.c), "sum × c");
  EXPECT_EQ(text_of(r, r.a), "a");
}

TEST(numbers_text, has_values_with_units_for_the_names) {
  SmallRules r;
  const Quantity n = r.number("n", "connection"), clients = r.number("clients", "client");
  const Quantity product = n * r.figure("each") * (1 + r.figure("margin"));
  const Quantity line = r.curve("line", clients), difference = r.figure("size") - (line + r.figure("size"));
  const Evaluation e = evaluate_with(r.model(), {{"n", 130}, {"clients", 1000}});
  EXPECT_EQ(numbers_text(e, product.node), "130 connections × 4 MB/connection × (1 + 50 %)");
  EXPECT_EQ(numbers_text(e, line.node), "curve[100:500|2000:1000|4000:2000](1000 clients)");
  EXPECT_EQ(numbers_text(e, difference.node), "1000 MB − (curve[100:500|2000:1000|4000:2000](1000 clients) + 1000 MB)");
}

TEST(value_text, is_for_people) {
  SmallRules r;
  const Quantity yes = r.yes_no("yes", r.constant(1), ""), workers = r.number("workers", "worker");
  const auto model = r.model();
  EXPECT_EQ(value_text(*model, yes.node, 1), "yes");
  EXPECT_EQ(value_text(*model, yes.node, 0), "no");
  EXPECT_EQ(value_text(*model, workers.node, 5), "5 workers");
  EXPECT_EQ(value_text(*model, workers.node, 1), "1 worker");
}

TEST(fill_in, puts_values_in_the_place_of_names) {
  SmallRules r;
  r.number("n", "connection");
  const Evaluation e = evaluate_with(r.model(), {{"n", 130}});
  EXPECT_EQ(fill_in(e, "{n} at most."), "130 connections at most.");
  EXPECT_EQ(fill_in(e, "nothing"), "nothing");
}

TEST(named_operands, are_named_once_in_the_order_of_reading) {
  SmallRules r;
  const Quantity x = r.number("x", "MB"), clients = r.number("clients", "client");
  const Quantity twice = r.define("twice", "MB", x + x, "");
  const Quantity total =
      r.define("total", "MB", r.curve("line", clients) + twice * r.figure("margin") / r.constant(2), "");
  const auto model = r.model();
  std::vector<std::string> names;
  for (const NodeId node : named_operands(*model, model->nodes[total.node].operand[0]))
    names.push_back(formula_text(*model, node));
  EXPECT_EQ(names, (std::vector<std::string>{"curve[line](clients)", "clients", "twice", "[margin]"}));
}

}  // namespace
}  // namespace sizing
