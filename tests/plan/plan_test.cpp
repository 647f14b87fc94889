#include "libsizing/plan/plan.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

const SettingValue* find_setting(const ServerPlan& server, const std::string& key) {
  for (const SettingValue& setting : server.settings)
    if (setting.key == key) return &setting;
  return nullptr;
}

TEST(plan, fits_the_school_and_not_the_server_that_was_outgrown) {
  const Plan school = make_plan(load_site("data/sites/school.toml"));
  EXPECT_TRUE(school.has_hardware());
  EXPECT_TRUE(school.all_fit());
  EXPECT_TRUE(contains(school.answer, "opsi-school fits its hardware")) << school.answer;
  const Plan small = make_plan(load_site("data/sites/too-small.toml"));
  EXPECT_FALSE(small.all_fit());
  EXPECT_TRUE(contains(small.answer, "does not fit its hardware, which lacks ")) << small.answer;
}

TEST(plan, without_hardware_says_what_to_buy) {
  const Plan plan = make_plan(one_server("4.2", "clients=1000;connections=100;samba.connections=130"));
  EXPECT_FALSE(plan.has_hardware());
  EXPECT_TRUE(plan.all_fit());
  EXPECT_FALSE(plan.servers[0].limit.on_offered);
  // 512 + 1250 + 780 + (104 + 128 + 150 × 0.087) + 12.5 = 2799.55 MB.
  EXPECT_DOUBLE_EQ(plan.servers[0].server.evaluation.value("server.memory"), 2799.55);
  EXPECT_TRUE(contains(plan.answer, "needs 4 cores and about 2.8 GB (2.6 GiB) of memory (buy 4 GiB)")) << plan.answer;
  // Four cores carry 1000 clients by the page.
  EXPECT_TRUE(contains(plan.answer, "carries up to 1000 clients at the stated habits, then cores run out"))
      << plan.answer;
}

// More clients of the same habits: 160 connections are 8 workers, which want 4 cores, at 800 clients.
TEST(plan, scales_what_was_stated_for_its_limit) {
  const Limit stated = make_plan(one_server("4.2", "clients=600;connections=120;packages=5")).servers[0].limit;
  EXPECT_EQ(stated.scaled, std::vector<std::string>{"connections"});
  EXPECT_EQ(stated.first, std::vector<std::string>{"cores"});
  EXPECT_EQ(stated.capacity.most, 600);  // 3 cores are 6 workers are 120 connections
  EXPECT_TRUE(make_plan(one_server("4.2", "clients=1000")).servers[0].limit.scaled.empty());
}

// Only the disk is stated: memory and cores count as bought.
TEST(plan, limits_by_memory_and_cores_even_where_they_are_not_stated) {
  const Limit limit = make_plan(with_hardware(one_server("4.2", "clients=1000"), "disk.tmp=20 GB")).servers[0].limit;
  EXPECT_EQ(limit.capacity.most, 1000);
  EXPECT_EQ(limit.first, std::vector<std::string>{"cores"});
}

TEST(plan, refuses_a_figure_that_leads_to_no_finite_value) {
  Site site = one_server("4.2", "clients=10");
  site.figures.push_back({"opsiconfd.connections_per_worker", "0", Kind::assumed, {}, {}, "a try", {}});
  const InputError error = refusal([&] { make_plan(site); });
  EXPECT_TRUE(contains(error.what(), "opsiconfd.connections_per_worker")) << error.what();
}

TEST(plan, refuses_a_site_without_servers) {
  EXPECT_EQ(refusal([] { make_plan(Site{}); }).problem(), "the site has no server");
}

TEST(plan, of_several_servers_adds_them_up) {
  const Plan plan = make_plan(load_site("data/sites/authority.toml"));
  ASSERT_EQ(plan.servers.size(), 4U);
  double cores = 0;
  for (const ServerPlan& server : plan.servers) cores += server.server.evaluation.value("server.cores");
  EXPECT_TRUE(contains(plan.answer, "4 servers need " + rounded(cores) + " cores")) << plan.answer;
  EXPECT_EQ(plan.servers[0].roles, (std::vector<std::string>{"config", "depot"}));
  EXPECT_EQ(plan.servers[1].roles, std::vector<std::string>{"depot"});
  EXPECT_EQ(plan.servers[0].server.evaluation.value("depots"), 3);
}

TEST(plan, says_sizes_of_settings_in_bytes) {
  const Plan plan = make_plan(one_server("4.2", "clients=2000;connections=100"));
  const SettingValue *pool = find_setting(plan.servers[0], "innodb_buffer_pool_size"),
                     *workers = find_setting(plan.servers[0], "workers");
  ASSERT_TRUE(pool && workers);
  EXPECT_EQ(pool->value, "200000000");  // 2000 clients × 0.1 MB
  EXPECT_EQ(pool->shown, "200 MB");
  EXPECT_EQ(workers->value, "5");
  EXPECT_EQ(workers->shown, "5 workers");
}

TEST(plan, leaves_settings_of_services_out_that_run_elsewhere) {
  const Plan plan = make_plan(one_server("4.2", "clients=2000;connections=100;service.database=0"));
  EXPECT_FALSE(find_setting(plan.servers[0], "innodb_buffer_pool_size"));
  EXPECT_TRUE(find_setting(plan.servers[0], "workers"));
}

TEST(plan, takes_the_pages_rules_until_a_site_says_otherwise) {
  EXPECT_EQ(make_plan(one_server("", "clients=10")).model->name, "4.2");
  EXPECT_EQ(make_plan(one_server("4.1", "clients=10")).model->name, "4.1");
}

// 50 clients on 4.2: the 2000 MB of the page, published.
TEST(plan, knows_how_sure_its_memory_is) {
  const auto parts = make_plan(one_server("4.2", "clients=50;connections=5")).servers[0].memory_by_kind;
  EXPECT_EQ(parts[static_cast<std::size_t>(Kind::published)], 2000);
  EXPECT_EQ(parts[static_cast<std::size_t>(Kind::assumed)], 0);
}

}  // namespace
}  // namespace sizing
