// What serves and who comes, worked by hand from the figures of the tables.
#include "libsizing/plan/serving.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

Site site(const std::string& opsi, const std::string& rest) {
  return read_site("opsi = \"" + opsi + "\"\n[[server]]\nname = \"a\"\nclients = 1000\nconnections = 100\n" + rest,
                   "s.toml");
}

const std::string rush =
    "[[routine]]\nname = \"rush\"\nstart = \"07:45\"\nshape = \"at once\"\nclients = 300\nrequest_time = \"100 ms\"\n";

TEST(serving, takes_threads_cores_and_pool_from_the_plan) {
  // 100 connections ask for 5 workers; 4.3 runs 16 threads each, 4.2 runs 10, both hold 20 + 10 database connections
  // and a backlog of 4096 each. 4.3 asks for a core for two workers; 4.2 for 4 cores by its 1000 clients.
  const Serving newest = serving_of(site("4.3", rush)), older = serving_of(site("4.2", rush));
  EXPECT_EQ(newest.workers, 5);
  EXPECT_EQ(newest.facility.threads, 80U);
  EXPECT_EQ(older.facility.threads, 50U);
  EXPECT_EQ(newest.facility.cores, 3U);
  EXPECT_EQ(older.facility.cores, 4U);
  EXPECT_EQ(newest.facility.pool, 150U);
  EXPECT_EQ(newest.patience.backlog, 5U * 4096);
  EXPECT_EQ(newest.patience.connect, 10);
  EXPECT_EQ(newest.patience.answer, 300);
  EXPECT_EQ(newest.patience.tries, 3U);
  EXPECT_EQ(newest.patience.retry_low, 5);
  EXPECT_EQ(newest.patience.retry_high, 120);
}

TEST(serving, takes_the_cores_of_the_hardware_but_no_more_than_workers_keep_busy) {
  EXPECT_EQ(serving_of(site("4.3", "hardware = { cores = 4 }\n" + rush)).facility.cores, 4U);
  EXPECT_EQ(serving_of(site("4.3", "hardware = { cores = 64 }\n" + rush)).facility.cores, 5U);  // one a worker
  const std::string two = "[figures.\"opsiconfd.busy_cores_per_worker\"]\nvalue = 2\nnote = \"n\"\n";
  EXPECT_EQ(serving_of(site("4.3", "hardware = { cores = 64 }\n" + rush + two)).facility.cores, 10U);
}

TEST(serving, takes_other_workers_where_they_are_asked_for) {
  Serving serving = serving_of(site("4.3", rush), {2, 1, "--workers"});
  EXPECT_EQ(serving.facility.threads, 32U);
  EXPECT_EQ(serving.facility.cores, 1U);
  EXPECT_EQ(serving.facts.at(0).from, "--workers");
  EXPECT_EQ(serving.facts.at(0).kind, Kind::given);
  EXPECT_EQ(serving_of(site("4.3", rush)).facts.at(0).kind, Kind::derived);
  serve_with(serving, 7, 100);
  EXPECT_EQ(serving.facility.threads, 112U);
  EXPECT_EQ(serving.facility.cores, 7U);
}

TEST(serving, clients_send_the_counted_boot_unless_the_routine_says_otherwise) {
  const Clients boot = serving_of(site("4.3", rush)).clients.at(0);
  EXPECT_EQ(boot.requests, 8U);
  EXPECT_EQ(boot.arrivals.clients, 300);
  EXPECT_EQ(boot.time.mean, 0.1);
  EXPECT_EQ(boot.core_share, 0.5);  // which is assumed
  EXPECT_EQ(boot.pause.mean, 0);
  const Clients other =
      serving_of(site("4.3", rush + "requests = 20\ncore_share = \"80 %\"\npause = \"2 s\"\n")).clients.at(0);
  EXPECT_EQ(other.requests, 20U);
  EXPECT_EQ(other.core_share, 0.8);
  EXPECT_EQ(other.pause.mean, 2);
}

TEST(serving, knows_each_coming_of_a_routine) {
  const std::string timer = "[[routine]]\npreset = \"WAN timer every hour\"\n";
  const Serving steady = serving_of(site("4.3", timer));
  ASSERT_EQ(steady.clients.size(), 1U);
  EXPECT_EQ(steady.clients[0].arrivals.clients, 24'000);
  EXPECT_EQ(serving_of(site("4.3", timer + "window = \"20 min\"\n")).clients.size(), 24U);
  const std::string silent = "[[routine]]\nname = \"silent\"\nstart = \"01:00\"\nrequests = 0\n";
  EXPECT_EQ(serving_of(site("4.3", silent)).clients.size(), 0U);
}

TEST(serving, of_clients_that_come_back_after_a_restart_is_spread_over_the_published_time) {
  const Serving serving = serving_of(site("4.3", "[[routine]]\npreset = \"restart of the server\"\n"));
  EXPECT_EQ(serving.clients.at(0).requests, 3U);
  EXPECT_EQ(serving.clients[0].arrivals.window, 120 - 5);
  EXPECT_EQ(serving.clients[0].arrivals.clients, 1000);
}

TEST(serving, is_refused_with_a_sentence_where_nothing_is_known) {
  EXPECT_TRUE(contains(refusal([] { (void)serving_of(site("4.1", rush)); }).problem(), "threads of opsiconfd 4.1"));
  EXPECT_EQ(refusal([] { (void)serving_of(site("4.3", "")); }).problem(), "no routine says who comes when");
}

const std::string depot = "[[server]]\nname = \"far\"\nroles = [\"depot\"]\nclients = 10\n";

TEST(serving, says_whose_routines_there_are_where_none_is_for_the_config_server) {
  const InputError error = refusal([] { (void)serving_of(site("4.3", depot + rush + "server = \"far\"\n")); });
  EXPECT_STREQ(error.what(),
               "s.toml: no routine is for a, the config server, and no other is simulated; found routines for far; "
               "allowed: [[routine]] without server, or with server = \"a\"");
}

TEST(serving, is_of_a_config_server) {
  const InputError none = refusal([] { (void)serving_of(read_site("opsi = \"4.3\"\n" + depot + rush, "s.toml")); });
  EXPECT_EQ(none.problem(), "the site has no config server, and no other server is simulated");
  const Site both = site("4.3", depot + rush);
  EXPECT_NO_THROW(check_simulated(both, 0, {"", 0, 0, "--server"}));
  EXPECT_STREQ(refusal([&] {
                 check_simulated(both, 1, {"", 0, 0, "--server"});
               }).what(),
               "--server: only the config server is simulated, since requests come to it; found far; allowed: a");
}

std::string own(const std::string& figure, const std::string& value) {
  return "[figures.\"" + figure + "\"]\nvalue = " + value + "\nnote = \"n\"\n";
}

TEST(serving, is_refused_for_figures_that_no_service_has) {
  const auto key = [](const std::string& figures) {
    return refusal([&] { (void)serving_of(site("4.3", rush + figures)); }).place().key;
  };
  EXPECT_EQ(key(own("client.tries", "2.5")), "figures.client.tries");
  EXPECT_EQ(key(own("client.tries", "0")), "figures.client.tries");
  EXPECT_EQ(key(own("client.requests_per_boot", "2.5")), "figures.client.requests_per_boot");
  EXPECT_EQ(key(own("opsiconfd.request_core_share", "200")), "figures.opsiconfd.request_core_share");
  EXPECT_EQ(key(own("opsiconfd.socket_backlog", "0")), "figures.opsiconfd.socket_backlog");
  EXPECT_EQ(key(own("opsiconfd.busy_cores_per_worker", "0.5")), "figures.opsiconfd.busy_cores_per_worker");
  EXPECT_EQ(key(own("opsiconfd.executor_threads", "0")), "opsiconfd.concurrent_requests");
  EXPECT_EQ(key(own("opsiconfd.mysql_pool", "0") + own("opsiconfd.mysql_overflow", "0")),
            "figures.opsiconfd.mysql_pool");
  // What the routine says itself needs no figure; overflow alone is a pool.
  const std::string said = "requests = 4\ncore_share = \"30 %\"\n";
  const Serving serving =
      serving_of(site("4.3", rush + said + own("client.requests_per_boot", "2.5") +
                                 own("opsiconfd.request_core_share", "200") + own("opsiconfd.mysql_pool", "0")));
  EXPECT_EQ(serving.clients.at(0).requests, 4U);
  EXPECT_EQ(serving.facility.pool, 50U);
}

TEST(serving, of_more_threads_than_can_be_simulated_says_what_to_change) {
  Serving serving = serving_of(site("4.3", rush));
  const InputError error = refusal([&] { serve_with(serving, 100'000, 4); });
  EXPECT_EQ(error.place().key, "opsiconfd.workers");
  EXPECT_EQ(error.found(), "100000 workers with 1600000 threads");
  EXPECT_TRUE(contains(error.allowed(), "fewer workers, or fewer clients")) << error.allowed();
}

}  // namespace
}  // namespace sizing
