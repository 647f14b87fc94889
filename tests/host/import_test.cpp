#include "libsizing/host/import.h"

#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/diagnostics.h"
#include "tests/support/refusal.h"
#include "tests/support/same_site.h"

namespace sizing {
namespace {

constexpr double GB = 1e9;

// A server of 4.3 with 100 clients, of which the tests change one thing at a time.
Json small() {
  return {{"opsiconfd_version", "4.3.24.1"},
          {"config", {{"node_name", "opsi"}, {"workers", 1}}},
          {"processor", {{"cpu_count", 2}}},
          {"memory", {{"total", 4 * GB}}},
          {"disks", {{"/", {{"total", 100 * GB}, {"used", 20 * GB}, {"free", 80 * GB}}}}},
          {"depots", {{"ids", {"opsi.example.org"}}}},
          {"clients", {{"client_count", 100}, {"active_client_count", 90}}}};
}

double stated(const Import& import, const std::string& input) {
  for (const Statement& s : import.plan.site.servers[0].statements)
    if (s.name == input) return s.value;
  return -1;
}

std::string offered(const Import& import, const std::string& resource) {
  for (const Offer& o : import.plan.site.servers[0].hardware)
    if (o.resource == resource) return o.text;
  return "";
}

SizeVerdict verdict(const Import& import, const std::string& resource) {
  for (const HardwareVerdict& line : import.hardware)
    if (line.fit.resource == resource) return line.verdict;
  ADD_FAILURE() << "nothing is said of " << resource;
  return SizeVerdict::fits;
}

const InForce& in_force(const Import& import, const std::string& quantity) {
  for (const InForce& line : import.in_force)
    if (line.quantity == quantity) return line;
  throw std::runtime_error("not in force: " + quantity);
}

TEST(to_site, takes_each_value_with_the_place_it_is_from) {
  const Import import = import_of(load_diagnostic("data/diagnostic/school.json"));
  const Server& server = import.plan.site.servers[0];
  EXPECT_EQ(server.name, "opsi.grammar-school.example");
  EXPECT_EQ(import.plan.site.opsi, "4.3");
  EXPECT_EQ(stated(import, "clients"), 264);
  EXPECT_EQ(stated(import, "packages"), 74.106322944);
  EXPECT_EQ(offered(import, "memory"), "16776.310784 MB");
  EXPECT_EQ(offered(import, "disk.var_lib_opsi"), "210.304016384 GB");
  EXPECT_EQ(offered(import, "disk.tmp"), "34.2 GB");  // free space, not the size of the disk
  EXPECT_EQ(offered(import, "cores"), "4 cores");
  for (const Statement& s : server.statements)
    EXPECT_TRUE(s.place.file == "data/diagnostic/school.json" && s.place.line > 0) << s.name;
  EXPECT_EQ(server.hardware[0].place.key, "memory.total");
}

// The release is the first two numbers; a release without rules takes the nearest below it.
TEST(to_site, takes_the_rules_of_the_release) {
  const std::vector<std::pair<std::string, std::string>> releases = {{"4.3.24.1 [python-opsi-common=4.3.8.2]", "4.3"},
                                                                     {"4.2.0.309-1", "4.2"},
                                                                     {"4.1", "4.1"},
                                                                     {"4.4.0.1", "4.3"},
                                                                     {"5.0.1", "4.3"},
                                                                     {"4.10.2", "4.3"},
                                                                     {"4.0.7", "4.1"}};
  for (const auto& [version, rules] : releases) {
    Json json = small();
    json["opsiconfd_version"] = version;
    const Import import = import_of(json);
    EXPECT_EQ(import.plan.site.opsi, rules) << version;
    EXPECT_EQ(remark_of(import, "release_without_rules") == nullptr, version.starts_with(rules)) << version;
  }
  for (const char* wrong : {"unknown", "4", "4.x", "v4.3", "99999.1"}) {
    Json json = small();
    json["opsiconfd_version"] = wrong;
    EXPECT_EQ(describe(refusal([&] { import_of(json); }).place()), "d.json:2:24: opsiconfd_version") << wrong;
  }
}

TEST(to_site, without_a_release_takes_the_package_and_then_the_default_and_says_so) {
  Json json = small();
  json.erase("opsiconfd_version");
  json["packages"]["opsiconfd"] = "4.2.0.309-1";
  EXPECT_EQ(import_of(json).plan.site.opsi, "4.2");
  EXPECT_EQ(remark_of(import_of(json), "release_missing"), nullptr);
  json.erase("packages");
  EXPECT_EQ(import_of(json).plan.model->name, default_rule_set());
  EXPECT_NE(remark_of(import_of(json), "release_missing"), nullptr);
}

TEST(to_site, counts_the_other_depots_and_knows_its_own) {
  Json json = small();
  json["depots"]["ids"] = {"north.example.org", "OPSI.example.org", "south.example.org"};
  const Import import = import_of(json);
  EXPECT_EQ(import.plan.site.servers[0].name, "OPSI.example.org");
  EXPECT_EQ(stated(import, "depots"), 2);
  EXPECT_NE(remark_of(import, "depots_counted"), nullptr);
  EXPECT_EQ(remark_of(import, "server_not_among_depots"), nullptr);
  json["config"]["node_name"] = "other";
  const Import unknown = import_of(json);
  EXPECT_EQ(unknown.plan.site.servers[0].name, "other");
  EXPECT_EQ(stated(unknown, "depots"), 2);  // one of the three is this server, whichever
  EXPECT_NE(remark_of(unknown, "server_not_among_depots"), nullptr);
  json.erase("depots");
  EXPECT_EQ(stated(import_of(json), "depots"), -1);
  json["config"].erase("node_name");
  EXPECT_EQ(import_of(json).plan.site.servers[0].name, "server");
}

TEST(to_site, takes_what_lies_on_a_disk_of_opsi_alone_as_the_packages) {
  Json json = small();
  EXPECT_EQ(stated(import_of(json), "packages"), -1);
  EXPECT_NE(remark_of(import_of(json), "packages_unknown"), nullptr);
  EXPECT_NE(remark_of(import_of(json), "disk_shared"), nullptr);
  json["disks"]["/var/lib/opsi/depot"] = {{"total", 500 * GB}, {"used", 321.5 * GB}, {"free", 178.5 * GB}};
  const Import own = import_of(json);
  EXPECT_EQ(stated(own, "packages"), 321.5);
  EXPECT_EQ(offered(own, "disk.var_lib_opsi"), "500 GB");
  EXPECT_EQ(offered(own, "disk.tmp"), "80 GB");
  EXPECT_EQ(remark_of(own, "packages_unknown"), nullptr);
  EXPECT_EQ(remark_of(own, "disk_shared"), nullptr);
}

// opsiconfd/diagnostic.py counts hosts with lastSeen below 365 days; opsiconfd/check/worker.py those of 30 days.
TEST(import_site, never_takes_the_clients_of_a_year_for_those_of_a_month_in_silence) {
  Json json = small();
  const Import year = import_of(json);
  EXPECT_EQ(stated(year, "active_clients"), 90);
  ASSERT_NE(remark_of(year, "active_clients_year"), nullptr);
  EXPECT_EQ(remark_of(year, "active_clients_year")->severity, Severity::warning);
  EXPECT_TRUE(contains(remark_of(year, "active_clients_year")->text, "365 days"));
  json["health_check"] =
      Json::array({{{"check", {{"id", "opsi_worker_capacity"}}},
                    {"check_status", "ok"},
                    {"message", "There are enough workers (1) for the currently active clients (71)."}}});
  const Import month = import_of(json);
  EXPECT_EQ(stated(month, "active_clients"), 71);
  EXPECT_EQ(remark_of(month, "active_clients_year"), nullptr);
  EXPECT_NE(remark_of(month, "active_clients_month"), nullptr);
  for (const char* other :
       {"active clients ()", "active clients (x)", "active clients (123456789)", "active clients (5"}) {
    json["health_check"][0]["message"] = other;
    EXPECT_EQ(stated(import_of(json), "active_clients"), 90) << other;
  }
}

TEST(import_site, needs_the_clients) {
  Json json = small();
  json["clients"].erase("client_count");
  const Diagnostic d = diagnostic_of(json);
  const InputError error = refusal([&] { import_of(d); });
  EXPECT_EQ(describe(error.place()), "d.json: clients.client_count");
  EXPECT_EQ(error.problem(), "is missing");
  Site site = to_site(d);
  state(site.servers[0], {"clients", 300, {}});
  EXPECT_EQ(import_site(d, site).plan.servers[0].server.evaluation.value("clients"), 300);
}

TEST(import_site, every_member_but_the_clients_may_be_missing) {
  for (const std::string& path : diagnostic_members()) {
    Json json = small();
    const auto pointer = pointer_of(path);
    if (path == "clients.client_count" || !json.contains(pointer)) continue;
    json[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_FALSE(import_of(json).answer.empty()) << path;
  }
  const Import bare = import_of(Json{{"clients", {{"client_count", 5}}}});
  EXPECT_TRUE(bare.hardware.empty());
  EXPECT_FALSE(bare.too_small());
  EXPECT_TRUE(bare.answer.starts_with("Of the hardware of server nothing is known; 5 clients need 2 cores"))
      << bare.answer;
}

// What is needed is the plan's; the threshold is the table's. One byte on either side decides.
TEST(import_site, says_too_small_fits_and_oversized_at_their_bounds) {
  const double needed = import_of(small()).plan.servers[0].server.evaluation.value("server.memory") * 1e6;
  double times = 0;
  for (const Figure& figure : figures())
    if (figure.name == "hardware.oversized") times = figure.value;
  ASSERT_GT(times, 1);
  ASSERT_EQ(needed, std::floor(needed));
  const auto at = [](double bytes) {
    Json json = small();
    json["memory"]["total"] = static_cast<std::int64_t>(bytes);
    return import_of(json);
  };
  EXPECT_EQ(verdict(at(needed - 1), "memory"), SizeVerdict::too_small);
  EXPECT_EQ(verdict(at(needed), "memory"), SizeVerdict::fits);
  EXPECT_EQ(verdict(at(times * needed), "memory"), SizeVerdict::fits);
  EXPECT_EQ(verdict(at(times * needed + 1), "memory"), SizeVerdict::oversized);
  EXPECT_TRUE(at(needed - 1).too_small());
  EXPECT_FALSE(at(times * needed + 1).too_small());
  EXPECT_TRUE(
      contains(at(needed - 1).answer, "opsi.example.org is too small for 100 clients by the rules of opsi 4.3"));
  EXPECT_TRUE(contains(at(times * needed + 1).answer, "large enough")) << at(times * needed + 1).answer;
}

TEST(import_site, free_space_and_a_disk_of_unknown_packages_are_never_oversized) {
  Json json = small();
  json["disks"]["/"] = {{"total", 5000 * GB}, {"used", 1 * GB}, {"free", 4999 * GB}};
  EXPECT_EQ(verdict(import_of(json), "disk.tmp"), SizeVerdict::fits);
  EXPECT_EQ(verdict(import_of(json), "disk.var_lib_opsi"), SizeVerdict::fits);
  json["disks"]["/var/lib/opsi"] = json["disks"]["/"];
  EXPECT_EQ(verdict(import_of(json), "disk.tmp"), SizeVerdict::fits);
  EXPECT_EQ(verdict(import_of(json), "disk.var_lib_opsi"), SizeVerdict::oversized);
}

TEST(import_site, what_fits_is_what_the_plan_of_the_site_says) {
  for (const std::string& path : example_diagnostics()) {
    const Import import = import_of(load_diagnostic(path));
    EXPECT_EQ(import.too_small(), !make_plan(import.plan.site).all_fit()) << path;
  }
}

// 100 clients, 10 connections at once (assumed): one worker. With 41 connections three.
TEST(import_site, holds_the_workers_in_force_against_the_plan) {
  const auto with = [](int workers) {
    Json json = small();
    json["config"]["workers"] = workers;
    const Diagnostic d = diagnostic_of(json);
    Site site = to_site(d);
    state(site.servers[0], {"connections", 41, {}});
    return import_site(d, site);
  };
  EXPECT_EQ(in_force(with(2), "opsiconfd.workers").planned, 3);
  EXPECT_EQ(in_force(with(2), "opsiconfd.workers").verdict, "too few");
  EXPECT_EQ(in_force(with(3), "opsiconfd.workers").verdict, "as planned");
  EXPECT_EQ(in_force(with(4), "opsiconfd.workers").verdict, "more than planned");
  EXPECT_EQ(remark_of(with(2), "workers_in_force")->severity, Severity::warning);
  EXPECT_EQ(remark_of(with(3), "workers_in_force"), nullptr);
  EXPECT_EQ(remark_of(with(4), "workers_in_force")->severity, Severity::note);
  EXPECT_TRUE(contains(with(2).answer, "2 workers in force, 3 planned")) << with(2).answer;
}

// The health check divides whole numbers: more than 600 on each is a warning, so 600.99 is none.
TEST(import_site, counts_active_clients_on_the_workers_in_force) {
  const auto with = [](int clients) {
    Json json = small();
    json["clients"] = {{"client_count", clients}, {"active_client_count", clients}};
    json["config"]["workers"] = 2;
    return import_of(json);
  };
  EXPECT_EQ(remark_of(with(1201), "clients_per_worker_in_force"), nullptr);
  EXPECT_NE(remark_of(with(1202), "clients_per_worker_in_force"), nullptr);
}

// Levels of opsiconfd/check/redis.py: from 300,000,000 and from 500,000,000 bytes.
TEST(import_site, holds_the_memory_of_redis_against_the_levels_of_the_health_check) {
  const auto with = [](double bytes) {
    Json json = small();
    json["redis_info"]["memory"]["used_memory"] = static_cast<std::int64_t>(bytes);
    return import_of(json);
  };
  EXPECT_EQ(remark_of(with(299'999'999), "redis_memory_in_force"), nullptr);
  EXPECT_EQ(remark_of(with(300'000'000), "redis_memory_in_force")->severity, Severity::warning);
  EXPECT_EQ(remark_of(with(499'999'999), "redis_memory_in_force")->severity, Severity::warning);
  EXPECT_EQ(remark_of(with(500'000'000), "redis_memory_in_force")->severity, Severity::error);
  EXPECT_EQ(in_force(with(43'200'000), "redis.memory").there, 43.2);
}

TEST(import_site, lists_what_the_health_check_finds_about_size_and_counts_the_rest) {
  const Import old = import_of(load_diagnostic("data/diagnostic/outgrown.json"));
  std::string findings;
  for (const Remark& remark : old.remarks)
    if (remark.code == "health_check") findings += remark.text + "\n";
  EXPECT_TRUE(contains(findings, "disk_usage:/: Insufficient free space of 12.60 GB (10.50 %) on '/'"));
  EXPECT_TRUE(contains(findings, "redis:memory_usage: Redis memory usage is high: 331.10M"));
  EXPECT_EQ(split(findings, '\n').size(), 3U);  // sums of parts are left out
  EXPECT_EQ(remark_of(old, "health_check_others"), nullptr);
  const Import school = import_of(load_diagnostic("data/diagnostic/school.json"));
  EXPECT_TRUE(contains(remark_of(school, "health_check_others")->text, "1 other finding "));
}

TEST(import_site, warns_of_little_free_space_and_of_containers) {
  Json json = small();
  EXPECT_EQ(remark_of(import_of(json), "disk_free"), nullptr);
  EXPECT_EQ(remark_of(import_of(json), "container"), nullptr);
  json["disks"]["/srv"] = {{"total", 20 * GB}, {"used", 6 * GB}, {"free", 14.9 * GB}};
  json["system"]["docker"] = true;
  EXPECT_TRUE(contains(remark_of(import_of(json), "disk_free")->text, "14.9 GB free on /srv"));
  EXPECT_NE(remark_of(import_of(json), "container"), nullptr);
}

}  // namespace
}  // namespace sizing
