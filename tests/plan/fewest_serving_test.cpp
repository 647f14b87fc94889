#include "libsizing/plan/fewest_serving.h"

#include <gtest/gtest.h>

#include "libsizing/model/decide.h"
#include "libsizing/plan/plan.h"
#include "libsizing/plan/waiting.h"
#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

Site site(const std::string& request_time, const std::string& stated = "") {
  return read_site("opsi = \"4.3\"\n[[server]]\nname = \"a\"\nclients = 1000\n" + stated +
                       "[[routine]]\nname = \"morning\"\nstart = \"07:30\"\nwindow = \"10 min\"\nshape = \"normal\"\n"
                       "request_time = \"" +
                       request_time + "\"\n",
                   "s.toml");
}

DayRun run() {
  DayRun run;
  run.replications = 8;
  return run;
}

Day day_with(const Site& site, double workers, double cores) {
  return ask_waiting(serving_of(site, {workers, cores, "test"}), run()).day;
}

TEST(fewest_serving, keeps_the_level_and_one_less_of_either_does_not) {
  const ServiceLevel level = parse_service_level("p95 < 2 s", {});
  for (const char* time : {"200 ms", "600 ms", "1500 ms"}) {
    const FewestServing fewest = fewest_within(site(time), level, run());
    EXPECT_TRUE(keeps(day_with(site(time), fewest.workers, fewest.cores), level)) << time;
    ASSERT_GT(fewest.workers, 1) << time;
    EXPECT_FALSE(keeps(day_with(site(time), fewest.workers - 1, fewest.workers - 1), level)) << time;
    EXPECT_FALSE(keeps(day_with(site(time), fewest.workers, fewest.cores - 1), level)) << time;
  }
}

TEST(fewest_serving, is_enough_for_a_mild_level_with_one_of_each) {
  const FewestServing fewest = fewest_within(site("10 ms"), parse_service_level("p95 < 10 min", {}), run());
  EXPECT_EQ(fewest.workers, 1);
  EXPECT_EQ(fewest.cores, 1);
}

TEST(fewest_serving, is_refused_where_no_number_of_workers_is_enough) {
  // A response takes its 600 ms whoever serves it.
  const InputError error = refusal([] {
    (void)fewest_within(site("600 ms"), parse_service_level("response mean < 100 ms", {"", 0, 0, "--within"}), run());
  });
  EXPECT_TRUE(contains(error.problem(), "is not kept whatever the number of workers")) << error.problem();
}

TEST(site_within, has_one_more_rule_in_the_largest_and_names_it_where_it_decides) {
  const ServiceLevel level = parse_service_level("p95 < 2 s", {"", 0, 0, "--within"});
  const Site few = site("600 ms", "connections = 10\n"), many = site("600 ms", "connections = 2000\n");
  const FewestServing fewest = fewest_within(few, level, run());
  const Plan decided = make_plan(site_within(few, fewest)), published = make_plan(site_within(many, fewest));
  const Evaluation& e = decided.servers[0].server.evaluation;
  EXPECT_EQ(e.value("opsiconfd.workers"), fewest.workers);
  EXPECT_EQ(e.value("server.cores"), fewest.cores);
  EXPECT_EQ(decided_by(e, find_node(*e.model, "opsiconfd.workers")), "least_workers");
  const Origin& origin = decided.servers[0].server.origins[input_index(*e.model, "least_workers")];
  EXPECT_EQ(origin.kind, OriginKind::derived);
  EXPECT_TRUE(contains(origin.text, "--within: \"p95 < 2 s\" is kept with")) << origin.text;
  EXPECT_EQ(published.servers[0].server.evaluation.value("opsiconfd.workers"), 100);  // 2000 connections / 20
  for (const Plan* plan : {&decided, &published}) {
    const Remark* remark = find_remark(*plan, "service_level");
    ASSERT_TRUE(remark);
    EXPECT_EQ(contains(remark->text, "It decides opsiconfd.workers and server.cores."), plan == &decided)
        << remark->text;
  }
}

TEST(site_within, keeps_what_is_stated_where_that_is_more) {
  const Site stated = site("600 ms", "connections = 10\nleast_workers = 50\n");
  const Plan plan = make_plan(site_within(stated, fewest_within(stated, parse_service_level("p95 < 2 s", {}), run())));
  EXPECT_EQ(plan.servers[0].server.evaluation.value("opsiconfd.workers"), 50);
}

}  // namespace
}  // namespace sizing
