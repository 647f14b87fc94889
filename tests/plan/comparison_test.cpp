#include "libsizing/plan/comparison.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

// 4.2: 5 workers are 1250 MB; by clients it is 1.5 × 833.3 MB, which the curve reaches between 1366 and 1367 clients.

TEST(compare_plans, of_equal_sites_says_that_all_stays) {
  const Plan plan = make_plan(one_server("4.2", "clients=1000;connections=100"));
  const Comparison same = compare(plan, "a", plan, "b");
  ASSERT_EQ(same.servers.size(), 1U);
  EXPECT_TRUE(same.servers[0].changes.empty());
  EXPECT_TRUE(same.servers[0].new_remarks.empty());
  EXPECT_TRUE(same.servers[0].gone_remarks.empty());
  EXPECT_TRUE(contains(same.answer, "Memory stays"));
}

TEST(compare_plans, shows_new_and_gone_remarks) {
  const Plan few = make_plan(one_server("4.2", "clients=1201;connections=40;samba.connections=0"));
  const Plan many = make_plan(one_server("4.2", "clients=1202;connections=40;samba.connections=0"));
  const Comparison there = compare(few, "few", many, "many"), back = compare(many, "many", few, "few");
  ASSERT_EQ(there.servers[0].new_remarks.size(), 1U);
  EXPECT_EQ(there.servers[0].new_remarks[0].code, "clients_per_worker");
  EXPECT_TRUE(there.servers[0].gone_remarks.empty());
  ASSERT_EQ(back.servers[0].gone_remarks.size(), 1U);
  EXPECT_EQ(back.servers[0].gone_remarks[0].code, "clients_per_worker");
}

TEST(compare_plans, matches_servers_by_name_and_two_single_ones_always) {
  const Plan school = make_plan(load_site("data/sites/school.toml"));
  const Plan authority = make_plan(load_site("data/sites/authority.toml"));
  const Comparison across = compare(school, "school", authority, "authority");
  ASSERT_EQ(across.servers.size(), 5U);
  EXPECT_EQ(std::count_if(across.servers.begin(), across.servers.end(), [](const auto& s) { return s.in_from; }), 1);
  EXPECT_EQ(std::count_if(across.servers.begin(), across.servers.end(), [](const auto& s) { return s.in_to; }), 4);
  const Comparison single = compare(school, "school", make_plan(load_site("data/sites/too-small.toml")), "small");
  ASSERT_EQ(single.servers.size(), 1U);
  EXPECT_FALSE(single.servers[0].changes.empty());
  EXPECT_EQ(single.falls_short.size(), 2U);  // memory and cores
}

TEST(compare_plans, goes_across_rule_sets) {
  const Comparison c =
      compare(make_plan(one_server("4.1", "clients=1000")), "4.1", make_plan(one_server("4.3", "clients=1000")), "4.3");
  EXPECT_EQ(c.from_opsi, "4.1");
  EXPECT_EQ(c.to_opsi, "4.3");
  EXPECT_FALSE(c.servers[0].changes.empty());
}

}  // namespace
}  // namespace sizing
