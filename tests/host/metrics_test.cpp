#include "libsizing/host/metrics.h"

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

using Row = std::vector<std::optional<double>>;

InputError refused(const std::string& json) {
  return refusal([&] { (void)read_metrics(json, "m.json"); });
}

TEST(metrics, of_one_time_and_worker_stand_in_one_row) {
  const Metrics metrics = read_metrics(
      R"([{"target": "Average connections of worker 1 on srv", "datapoints": [[3, 1000], [4.5, 6000]]},
          {"target": "Average memory usage of worker 1 on srv", "datapoints": [[100, 1000], [200, 6000]]},
          {"target": "Average memory usage of worker 2 on srv", "datapoints": [[300, 1000]]}])",
      "m.json");
  EXPECT_EQ(metrics.columns, (std::vector<std::string>{"avg_connection_number", "avg_mem_allocated_bytes"}));
  ASSERT_EQ(metrics.rows.size(), 3U);
  EXPECT_EQ((metrics.rows.at({1000, "srv", "1"})), (Row{3, 100}));
  EXPECT_EQ((metrics.rows.at({6000, "srv", "1"})), (Row{4.5, 200}));
  EXPECT_EQ((metrics.rows.at({1000, "srv", "2"})), (Row{std::nullopt, 300}));
  EXPECT_TRUE(metrics.unknown.empty());
}

TEST(metrics, may_be_named_by_their_key) {
  const Metrics metrics = read_metrics(
      R"([{"target": "opsiconfd:stats:worker:avg_connection_number:srv:12", "datapoints": [[3, 1000]]},
          {"target": "my:own:stats:worker:avg_connection_number:srv:2:minute", "datapoints": [[4, 1000]]},
          {"target": "opsiconfd:stats:node:avg_load:srv", "datapoints": [[0.5, 1000]]}])",
      "m.json");
  EXPECT_EQ(metrics.columns, (std::vector<std::string>{"avg_connection_number", "avg_load"}));
  EXPECT_EQ((metrics.rows.at({1000, "srv", "12"})), (Row{3, std::nullopt}));
  EXPECT_EQ((metrics.rows.at({1000, "srv", "2"})), (Row{4, std::nullopt}));
  EXPECT_EQ((metrics.rows.at({1000, "srv", ""})), (Row{std::nullopt, 0.5}));
}

TEST(metrics, have_gaps_where_the_value_is_null) {
  const Metrics metrics = read_metrics(
      R"([{"target": "Average system load on srv", "datapoints": [[null, 1000], [1, 6000], [null, 6000]]}])", "m.json");
  EXPECT_EQ((metrics.rows.at({1000, "srv", ""})), Row{std::nullopt});
  EXPECT_EQ((metrics.rows.at({6000, "srv", ""})), Row{1});
}

TEST(metrics, that_are_unknown_keep_their_name) {
  const Metrics metrics =
      read_metrics(R"([{"target": "My Metric: ü %", "datapoints": [[1, 0]]}, {"target": "…", "datapoints": []}])", "m");
  EXPECT_EQ(metrics.columns, (std::vector<std::string>{"my_metric", "unnamed"}));
  EXPECT_EQ(metrics.unknown.size(), 2U);
}

TEST(metrics, without_any_are_an_empty_table) { EXPECT_TRUE(read_metrics("[]", "m.json").rows.empty()); }

TEST(metrics, refuse_text_that_is_no_json_at_its_place) {
  const InputError error = refused("[\n {\"target\": \"x\",\n  datapoints: []}]");
  EXPECT_EQ(error.place().file, "m.json");
  EXPECT_EQ(error.place().line, 3);
  EXPECT_EQ(error.place().column, 3);
  for (const char* text : {"", "[", "[1e999]", "nan", "\xff", "[\"\xff\"]"})
    EXPECT_NE(refused(text).problem(), "") << text;
}

TEST(metrics, refuse_another_form_and_say_where) {
  const std::pair<const char*, const char*> cases[] = {
      {"{}", ""},
      {"[1]", "[0]"},
      {R"([{"datapoints": []}])", "[0].target"},
      {R"([{"target": 5, "datapoints": []}])", "[0].target"},
      {R"([{"target": "x"}])", "[0].datapoints"},
      {R"([{"target": "x", "datapoints": {}}])", "[0].datapoints"},
      {R"([{"target": "x", "datapoints": [[1, 5], [1]]}])", "[0].datapoints[1]"},
      {R"([{"target": "x", "datapoints": [["1", 5]]}])", "[0].datapoints[0]"},
      {R"([{"target": "x", "datapoints": [[1, null]]}])", "[0].datapoints[0]"},
      {R"([{"target": "x", "datapoints": [[1, -5]]}])", "[0].datapoints[0]"},
      {R"([{"target": "x", "datapoints": [[1, 1e300]]}])", "[0].datapoints[0]"},
  };
  for (const auto& [text, key] : cases) EXPECT_EQ(refused(text).place().key, key) << text;
}

TEST(metrics, refuse_what_is_nested_without_end_or_has_too_many_columns) {
  std::string deep;
  for (int n = 0; n < 1'000'000; ++n) deep += '[';
  for (int n = 0; n < 1'000'000; ++n) deep += ']';
  EXPECT_EQ(refused(deep).place().key, "[0]");
  std::string many = "[";
  for (int n = 0; n < 1001; ++n)
    many += (n > 0 ? "," : "") + std::string(R"({"target": "t)") + std::to_string(n) + R"(", "datapoints": []})";
  EXPECT_TRUE(contains(refused(many + "]").problem(), "too many"));
}

}  // namespace
}  // namespace sizing
