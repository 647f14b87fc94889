#include "libsizing/model/evaluate.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/small_rules.h"

namespace sizing {
namespace {

TEST(evaluate, takes_the_default_of_an_input_that_is_not_given) {
  SmallRules r;
  const Quantity x = r.number("x", "MB");
  r.input("y", "MB", {0, 1e9, false}, r.constant(2) * x, "twice x unless stated");
  const auto model = r.model();
  EXPECT_EQ(evaluate_with(model, {{"x", 5}}).value("y"), 10);
  EXPECT_EQ(evaluate_with(model, {{"x", 5}, {"y", 3}}).value("y"), 3);
  EXPECT_EQ(evaluate_with(model, {{"x", 5}, {"y", 0}}).value("y"), 0);
}

TEST(evaluate, leaves_what_depends_on_a_missing_input_open) {
  SmallRules r;
  const Quantity x = r.number("x", "MB");
  r.define("double", "MB", x + x, "");
  const auto model = r.model();
  EXPECT_TRUE(std::isnan(evaluate(model, nothing_given(*model)).value("double")));
  EXPECT_EQ(missing_inputs(*model, nothing_given(*model)), std::vector<std::string>{"x"});
  EXPECT_TRUE(missing_inputs(*model, evaluate_with(model, {{"x", 1}}).given).empty());
}

TEST(evaluate, takes_a_figure_that_is_given_in_place_of_the_tables) {
  SmallRules r;
  r.define("y", "MB", r.number("x", "connection") * r.figure("each"), "");
  const auto model = r.model();
  Given given = nothing_given(*model);
  given.inputs[0] = 10;
  EXPECT_EQ(evaluate(model, given).value("y"), 40);
  given.figures[2] = 7;  // "each"
  EXPECT_EQ(evaluate(model, given).value("y"), 70);
}

TEST(evaluate, knows_its_operations) {
  SmallRules r;
  const Quantity x = r.number("x", ""), y = r.number("y", "");
  r.define("sum", "", x + y, "");
  r.define("difference", "", x - y, "");
  r.define("product", "", x * y, "");
  r.define("quotient", "", x / y, "");
  r.define("smaller", "", min(x, y), "");
  r.define("larger", "", max(x, y), "");
  r.define("up", "", ceil(x / y), "");
  r.define("down", "", floor(x / y), "");
  r.define("more", "", x > y, "");
  r.define("chosen", "", choose(x > y, x, y * y), "");
  r.define("only", "", only_if(x > y, x), "");
  const auto model = r.model();
  const Evaluation e = evaluate_with(model, {{"x", 7}, {"y", 2}});
  const std::vector<Stated> expected = {{"sum", 9},     {"difference", 5}, {"product", 14}, {"quotient", 3.5},
                                        {"smaller", 2}, {"larger", 7},     {"up", 4},       {"down", 3},
                                        {"more", 1},    {"chosen", 7},     {"only", 7}};
  for (const Stated& s : expected) EXPECT_EQ(e.value(s.name), s.value) << s.name;
  const Evaluation equal = evaluate_with(model, {{"x", 2}, {"y", 2}});
  EXPECT_EQ(equal.value("more"), 0);
  EXPECT_EQ(equal.value("chosen"), 4);
  EXPECT_EQ(equal.value("only"), 0);
  EXPECT_EQ(equal.value("up"), 1);
}

TEST(evaluate, refuses_an_unknown_name) {
  SmallRules r;
  r.number("x", "MB");
  const Evaluation e = evaluate_with(r.model(), {{"x", 1}});
  EXPECT_EQ(model_refusal([&] { (void)e.value("y"); }), "the model has no quantity y");
}

// The ladder: 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, …
TEST(size_on_sale, is_the_next_rung_of_the_ladder) {
  SmallRules r;
  r.define("bought", "GiB", size_on_sale(r.number("needed", "GiB")), "");
  const auto model = r.model();
  const std::vector<double> ladder = {2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};
  const auto bought = [&](double needed) { return evaluate_with(model, {{"needed", needed}}).value("bought"); };
  EXPECT_EQ(bought(0), 2);
  EXPECT_EQ(bought(1.5), 2);
  for (std::size_t i = 0; i + 1 < ladder.size(); ++i) {
    EXPECT_EQ(bought(ladder[i]), ladder[i]);
    EXPECT_EQ(bought(std::nextafter(ladder[i], 1e9)), ladder[i + 1]);
    EXPECT_EQ(bought((ladder[i] + ladder[i + 1]) / 2), ladder[i + 1]);
  }
}

TEST(interpolate, meets_every_point_and_is_flat_below_the_first) {
  const Curve curve = {{100, 500}, {2000, 1000}, {4000, 2000}};
  for (const Point& p : curve) EXPECT_EQ(interpolate(curve, p.x), p.y);
  EXPECT_EQ(interpolate(curve, 0), 500);
  EXPECT_EQ(interpolate(curve, 99.9), 500);
}

TEST(interpolate, is_a_straight_line_between_points_and_beyond_the_last) {
  const Curve curve = {{100, 500}, {2000, 1000}, {4000, 2000}};
  EXPECT_EQ(interpolate(curve, 1050), 750);   // half way
  EXPECT_EQ(interpolate(curve, 3000), 1500);  // half way
  EXPECT_DOUBLE_EQ(interpolate(curve, 1000), 500 + 900 * 500.0 / 1900);
  EXPECT_EQ(interpolate(curve, 6000), 3000);  // 2000 + 2000 × 0.5 MB a client
  EXPECT_EQ(interpolate(curve, 1e7), 2000 + (1e7 - 4000) / 2);
  EXPECT_EQ(interpolate({{0, 5}, {10, 0}}, 5), 2.5);
}

TEST(interpolate, never_falls_on_a_rising_curve) {
  for (const Curve& curve : {Curve{{100, 500}, {2000, 1000}, {4000, 2000}}, Curve{{500, 2}, {1000, 4}},
                             Curve{{0.1, 0.3}, {0.7, 0.3}, {1.9, 1.1}, {2, 7}}})
    for (double x = 0, before = 0; x < 1.5 * curve.back().x; x += curve.back().x / 997) {
      const double y = interpolate(curve, x);
      EXPECT_GE(y, before) << x;
      before = y;
    }
}

TEST(parse_curve, wants_two_points_and_x_ascending) {
  EXPECT_EQ(parse_curve("100:500|2000:1000"), (Curve{{100, 500}, {2000, 1000}}));
  EXPECT_EQ(parse_curve(" 1 : 2 | 3 : 4 "), (Curve{{1, 2}, {3, 4}}));
  for (const char* text : {"100:500", "100:500|100:600", "200:1|100:2", "100|200", "a:b|c:d", "", "1:2|", "1:2:3|4:5"})
    refusal([&] { parse_curve(text); });
}

}  // namespace
}  // namespace sizing
