#include "libsizing/plan/capacity_answer.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

TEST(ask_capacity, gives_the_most_that_the_stated_hardware_carries) {
  const Site site = with_hardware(one_server("4.2", "connections=100"), "memory=16 GB;cores=4");
  const CapacityAnswer answer = ask_capacity(site, 0, "clients");
  EXPECT_EQ(answer.capacity.most, 1000);  // the page: 1000 clients four cores
  EXPECT_EQ(answer.first, std::vector<std::string>{"cores"});
  EXPECT_EQ(answer.held, std::vector<std::string>{"connections = 100 (--connections)"});
  ASSERT_EQ(answer.offers.size(), 2U);
  for (const Fit& fit : answer.offers) EXPECT_TRUE(fit.fits) << fit.resource;
  EXPECT_EQ(answer.offers[0].resource, "cores");
  EXPECT_EQ(answer.capacity.each[0], 1000);
  EXPECT_GT(answer.capacity.each[1], 1000);
}

// 100 connections at 500 clients are 200 at 1000: 10 workers want 5 cores. By clients 4 cores carry 1000, by workers 8
// workers, 160 connections, 800 clients.
TEST(ask_capacity, scales_the_stated_load_where_asked) {
  const Site site = with_hardware(one_server("4.2", "clients=500;connections=100"), "cores=4");
  const CapacityAnswer answer = ask_capacity(site, 0, "clients", true);
  EXPECT_EQ(answer.capacity.most, 800);
  EXPECT_EQ(answer.scaled, std::vector<std::string>{"connections = 100 (--connections)"});
  EXPECT_TRUE(answer.held.empty());
}

TEST(ask_capacity, remarks_on_the_server_at_that_size) {
  const Site site = with_hardware(one_server("4.3", "packages=5"), "memory=64 GiB;cores=64");
  const CapacityAnswer answer = ask_capacity(site, 0, "clients");
  const auto has = [&](const char* code) {
    return std::any_of(answer.remarks.begin(), answer.remarks.end(), [&](const Remark& r) { return r.code == code; });
  };
  EXPECT_TRUE(has("assumed_input"));
  EXPECT_TRUE(has("redis_max_clients"));
}

TEST(ask_capacity, asks_for_any_input) {
  const Site site = with_hardware(one_server("4.3", "clients=100;samba.connections=0"), "cores=2");
  const CapacityAnswer answer = ask_capacity(site, 0, "connections");
  EXPECT_EQ(answer.capacity.most, 80);  // 2 cores are 4 workers are 80 connections
}

TEST(ask_capacity, says_where_nothing_fits) {
  const Site site = with_hardware(one_server("4.2", "connections=100"), "memory=1 GB");
  const CapacityAnswer answer = ask_capacity(site, 0, "clients");
  EXPECT_FALSE(answer.capacity.carries_any);
  EXPECT_TRUE(contains(answer.answer, "carries nothing"));
  EXPECT_FALSE(answer.offers[0].fits);
}

TEST(ask_capacity, refuses_questions_without_answer) {
  const Site bare = one_server("4.2", "clients=100"), site = with_hardware(bare, "cores=4");
  EXPECT_EQ(refusal([&] { ask_capacity(bare, 0, "clients"); }).problem(), "no hardware to ask about");
  EXPECT_TRUE(contains(refusal([&] { ask_capacity(site, 0, "clinets"); }).what(), "did you mean 'clients'?"));
  refusal([&] { ask_capacity(site, 0, "server.memory"); });
  refusal([&] { ask_capacity(site, 0, "role.config"); });
}

}  // namespace
}  // namespace sizing
