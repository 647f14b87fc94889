#include "libsizing/base/measurements.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Numbers = std::vector<double>;

const char* const table =
    "state,connections,run,pss_kib\n"
    "idle,1,a,10\nidle,2,a,20\nidle,10,b,\nreading,1,a,100\nreading,2,b,200\nreading,,b,300\n";

Series of(const std::vector<std::string>& conditions, const std::string& text = table) {
  std::vector<Condition> all;
  for (const std::string& condition : conditions) all.push_back(parse_condition(condition));
  return select(parse_measurements(text, "t.csv"), "t.csv", "connections", "pss_kib", all);
}

InputError refused(const std::vector<std::string>& conditions, const std::string& text = table) {
  return refusal([&] { of(conditions, text); });
}

TEST(parse_condition, reads_each_comparison) {
  const auto is = [](const char* text, const char* column, Comparator comparator, const char* value) {
    const Condition c = parse_condition(text);
    EXPECT_EQ(c.column, column) << text;
    EXPECT_EQ(c.comparator, comparator) << text;
    EXPECT_EQ(c.value, value) << text;
  };
  is("state=idle", "state", Comparator::equal, "idle");
  is(" state != idle ", "state", Comparator::unequal, "idle");
  is("n<3", "n", Comparator::less, "3");
  is("n<=3", "n", Comparator::at_most, "3");
  is("n>3", "n", Comparator::more, "3");
  is("n >= -3", "n", Comparator::at_least, "-3");
  is("detail=", "detail", Comparator::equal, "");
  is("a=b=c", "a", Comparator::equal, "b=c");
}

TEST(parse_condition, refuses_what_is_none) {
  for (const char* text : {"", "state", "=idle", "n==3", "n<>3", "n=<3", "n!3", "!=3"})
    EXPECT_EQ(refusal([&] { parse_condition(text); }).problem(), "not a condition") << text;
}

TEST(select, takes_the_rows_that_meet_all_conditions_and_counts_the_others) {
  const Series idle = of({"state=idle"});
  EXPECT_EQ(idle.x, (Numbers{1, 2}));
  EXPECT_EQ(idle.y, (Numbers{10, 20}));
  EXPECT_EQ(idle.lines, (std::vector<int>{2, 3}));
  EXPECT_EQ(idle.rows, 6U);
  EXPECT_EQ(idle.not_met, 3U);
  EXPECT_EQ(idle.without_value, 1U);
  EXPECT_EQ(of({}).y, (Numbers{10, 20, 100, 200}));
  EXPECT_EQ(of({"state!=idle", "connections<2"}).y, (Numbers{100}));
  EXPECT_EQ(of({"state!=idle", "connections<2"}).without_value, 1U);  // the row without connections
  EXPECT_EQ(of({"connections>=2", "connections<=2"}).y, (Numbers{20, 200}));
  EXPECT_EQ(of({"connections>2"}).y, Numbers{});
  EXPECT_EQ(of({"state=idle", "run=b"}).without_value, 1U);
}

TEST(select, compares_numbers_as_numbers) {
  EXPECT_EQ(of({"connections=2.0"}).y, (Numbers{20, 200}));
  EXPECT_EQ(of({"connections!=1"}).y, (Numbers{20, 200}));
  EXPECT_EQ(of({"connections<1e1"}).y, (Numbers{10, 20, 100, 200}));
}

// Every row is used, of other conditions or without a value; a condition and its contrary part the rows.
TEST(select, accounts_for_every_row) {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    std::string text = "state,connections,pss_kib\n";
    for (int row = 0; row < 12; ++row)
      text += std::string(random() % 2 != 0 ? "a" : "b") + "," +
              (random() % 5 == 0 ? "" : std::to_string(random() % 4)) + "," +
              (random() % 6 == 0 ? "" : std::to_string(random() % 100)) + "\n";
    text += "a,3,1\nb,3,1\n";
    for (const auto& [yes, no] :
         {std::pair("state=a", "state!=a"), {"connections<2", "connections>=2"}, {"connections=3", "connections!=3"}}) {
      const Series a = of({yes}, text), b = of({no}, text), all = of({}, text);
      EXPECT_EQ(a.x.size() + a.not_met + a.without_value, a.rows);
      EXPECT_EQ(a.x.size() + b.x.size(), all.x.size()) << yes << "\n" << text;
    }
  }
}

TEST(select, names_what_is_wrong_and_what_there_is) {
  EXPECT_EQ(describe(refused({"stat=idle"}).place()), "t.csv: where stat=idle");
  EXPECT_TRUE(contains(refused({"stat=idle"}).problem(), "did you mean 'state'"));
  EXPECT_TRUE(contains(refused({"state=idel"}).problem(), "did you mean 'idle'"));
  EXPECT_EQ(refused({"state=idel"}).allowed(), "idle, reading");
  EXPECT_EQ(refused({"connections<few"}).problem(), "not a number");
  EXPECT_EQ(describe(refused({"run<3"}).place()), "t.csv:2: run");
  EXPECT_EQ(describe(refused({}, "connections,pss_kib\n1,2\n\nx,3\n").place()), "t.csv:3");
  EXPECT_EQ(describe(refused({}, "connections,pss_kib\n1,2\nx,3\n").place()), "t.csv:3: connections");
  EXPECT_EQ(refused({}, "connections,pss_kib\n1,nan\n").found(), "nan");
  EXPECT_EQ(refused({}, "connections,pss_kib,pss_kib\n1,2,3\n").problem(), "two columns have this name");
  EXPECT_TRUE(contains(refused({}, "conections,pss_kib\n1,2\n").problem(), "did you mean 'conections'"));
}

TEST(parse_measurements, allows_what_tables_from_outside_have) {
  const Series series = of({}, "\xEF\xBB\xBF# host: a\r\n\"connections\",pss_kib\r\n1,2\r\n\r\n\r\n");
  EXPECT_EQ(series.x, (Numbers{1}));
  EXPECT_EQ(series.lines, (std::vector<int>{3}));
  EXPECT_EQ(of({}, "connections,pss_kib\n 1 ,\t2\n").y, (Numbers{2}));
}

TEST(parse_measurements, refuses_what_is_no_table) {
  const auto problem = [](const std::string& text) {
    return refusal([&] { parse_measurements(text, "t.csv"); }).problem();
  };
  EXPECT_EQ(problem(""), "the table is empty: it needs a header row");
  EXPECT_EQ(problem("\n\n"), "the table is empty: it needs a header row");
  EXPECT_EQ(problem(std::string("a,b\n1,\0\n", 8)), "not a text file");
  EXPECT_EQ(problem(std::string(most_measurement_bytes + 1, '1')), "too large for a table of measurements");
}

}  // namespace
}  // namespace sizing
