// Requirements against facts that no tree can hold: disks, interfaces, a plan. Expected: the page, the tables.
#include "libsizing/host/requirements.h"

#include <random>

#include <gtest/gtest.h>

#include "libsizing/host/check_answer.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

constexpr double gb = 1e9;

// A live host that meets everything: Debian 12, 8 GB, 4 cores, 200 GB free.
Facts good_host() {
  Facts facts = read_facts(open_root("tests/host/trees/debian-12"));
  facts.root = Root{};  // seen as this machine's
  const Space space{"/", "/", 500 * gb, 200 * gb, 1};
  const auto of = [&](const char* folder) {
    Space own = space;
    own.folder = own.at = folder;
    return seen(own);
  };
  facts.tmp = of("/tmp");
  facts.var_lib_opsi = of("/var/lib/opsi");
  facts.logs = of("/var/log/opsi");
  facts.database = of("/var/lib/mysql");
  facts.watched = seen(std::vector<Space>{space});
  facts.interfaces = seen(std::vector<Interface>{{"eth0", "192.168.1.10"}});
  return facts;
}

Demand demand(const std::string& opsi = "4.3") {
  Demand d;
  d.opsi = opsi;
  d.date = "2026-01-02";
  return d;
}

const Check& row(const std::vector<Check>& rows, const std::string& id) {
  for (const Check& check : rows)
    if (check.id == id) return check;
  throw std::out_of_range("no row " + id);
}

Verdict verdict(const Facts& facts, const Demand& d, const std::string& id) {
  return row(check_requirements(facts, d).checks, id).verdict;
}

TEST(requirements, are_met_by_a_good_host) {
  for (const Check& check : check_requirements(good_host(), demand()).checks)
    EXPECT_TRUE(check.verdict == Verdict::pass || check.verdict == Verdict::note) << check.id << ": " << check.found;
}

TEST(requirements, accept_memory_that_reads_a_little_under_nominal) {
  Facts facts = good_host();
  for (const auto& [bytes, expected] :
       {std::pair{1.8 * gb, Verdict::pass}, {1.799 * gb, Verdict::fail}, {2 * gb, Verdict::pass}}) {
    facts.memory.value = {bytes, std::nullopt};
    EXPECT_EQ(verdict(facts, demand(), "memory"), expected) << bytes;
  }
}

TEST(requirements, count_processors_and_tell_threads_from_cores) {
  Facts facts = good_host();
  facts.processors.value = {2, 1, std::nullopt};
  EXPECT_EQ(verdict(facts, demand(), "cores"), Verdict::note);
  facts.processors.value = {1.5, 4, 1.5};
  EXPECT_EQ(verdict(facts, demand(), "cores"), Verdict::fail);
  facts.processors.value = {2, 0, std::nullopt};
  EXPECT_EQ(verdict(facts, demand(), "cores"), Verdict::pass);
}

TEST(requirements, know_the_architectures_of_each_page) {
  Facts facts = good_host();
  facts.architecture.value.name = "ARM64";
  EXPECT_EQ(verdict(facts, demand("4.2"), "architecture"), Verdict::pass);
  EXPECT_EQ(verdict(facts, demand("4.1"), "architecture"), Verdict::fail);
  facts.architecture.value.name = "riscv64";
  EXPECT_EQ(verdict(facts, demand("4.3"), "architecture"), Verdict::fail);
}

// The 4.2 page asks for 15 GB free in /tmp; 4.3's health check warns below 15 GB and fails below 7.5 GB.
TEST(requirements, want_free_space_as_the_page_and_the_health_check_do) {
  Facts facts = good_host();
  const auto with = [&](double free, const char* opsi) {
    facts.tmp.value.free = free;
    return verdict(facts, demand(opsi), "disk.tmp");
  };
  EXPECT_EQ(with(15 * gb, "4.2"), Verdict::pass);
  EXPECT_EQ(with(14.9 * gb, "4.2"), Verdict::fail);
  EXPECT_EQ(with(14.9 * gb, "4.3"), Verdict::warning);
  EXPECT_EQ(with(7.5 * gb, "4.3"), Verdict::warning);
  EXPECT_EQ(with(7.4 * gb, "4.3"), Verdict::fail);
  facts.watched.value[0].free = 7.4 * gb;
  EXPECT_EQ(verdict(facts, demand(), "disk.free:/"), Verdict::fail);
}

TEST(requirements, want_room_for_var_lib_opsi_before_opsi_is_there) {
  Facts facts = good_host();
  facts.var_lib_opsi.value.free = 20 * gb;
  EXPECT_EQ(verdict(facts, demand(), "disk.var_lib_opsi"), Verdict::pass);  // opsi's own packages fill it
  facts.opsiconfd.value.installed = false;
  EXPECT_EQ(verdict(facts, demand(), "disk.var_lib_opsi"), Verdict::warning);
  facts.var_lib_opsi.value.size = 59 * gb;
  EXPECT_EQ(verdict(facts, demand(), "disk.var_lib_opsi"), Verdict::fail);
}

// opsiconfd/check/system.py: a warning from 90 days before, an error after the day. Debian 12: 2026-06-10.
TEST(requirements, warn_of_an_end_of_life_and_fail_after_it) {
  Demand d = demand();
  for (const auto& [date, expected] : {std::pair{"2026-03-11", Verdict::pass},
                                       {"2026-03-12", Verdict::warning},
                                       {"2026-06-10", Verdict::warning},
                                       {"2026-06-11", Verdict::fail}}) {
    d.date = date;
    EXPECT_EQ(verdict(good_host(), d, "distribution.end_of_life"), expected) << date;
  }
}

TEST(requirements, advise_no_distribution_that_has_ended) {
  Demand d = demand("4.2");
  const Check old = row(check_requirements(good_host(), d).checks, "distribution");
  EXPECT_EQ(old.verdict, Verdict::fail);
  EXPECT_NE(old.advice.find("opsi 4.3 supports it."), std::string::npos) << old.advice;
  EXPECT_EQ(old.advice.find("Debian 11"), std::string::npos) << old.advice;
  d = demand("4.3");
  d.date = "2026-11-25";
  EXPECT_NE(row(check_requirements(good_host(), d).checks, "distribution.end_of_life").advice.find("Debian 13"),
            std::string::npos);
}

TEST(requirements, want_the_own_name_to_be_an_address_of_this_host) {
  Facts facts = good_host();
  EXPECT_EQ(verdict(facts, demand(), "resolution.interface"), Verdict::pass);
  facts.interfaces.value[0].address = "192.168.1.11";
  EXPECT_EQ(verdict(facts, demand(), "resolution.interface"), Verdict::fail);
  facts.reverse[0].name.value = "printer.example.org";
  EXPECT_EQ(verdict(facts, demand(), "resolution.reverse"), Verdict::warning);
  facts.own_name.value.addresses = {"192.168.1.11", "::1"};
  EXPECT_EQ(verdict(facts, demand(), "resolution.forward"), Verdict::fail);
}

TEST(requirements, say_who_holds_a_port_and_whether_clients_reach_it) {
  const auto with = [](const Listener& listener, bool installed = true) {
    Facts facts = good_host();
    facts.listeners.value = {listener};
    facts.opsiconfd.value.installed = installed;
    return verdict(facts, demand(), "port.4447.tcp");
  };
  const Listener right{"tcp", "0.0.0.0", 4447, Reach::all_addresses, 1, "opsiconfd work"};
  EXPECT_EQ(with(right), Verdict::pass);
  Listener other = right;
  other.program = "nginx";
  EXPECT_EQ(with(other), Verdict::fail);
  EXPECT_EQ(with(other, false), Verdict::fail);
  other.program = "";
  EXPECT_EQ(with(other), Verdict::unseen);
  other = right;
  other.reach = Reach::loopback;
  EXPECT_EQ(with(other), Verdict::fail);
  other = right;
  other.protocol = "udp";
  EXPECT_EQ(with(other), Verdict::fail);         // nobody listens on tcp
  EXPECT_EQ(with(other, false), Verdict::pass);  // free, opsi is not there
}

// Who is not root sees no owners; nothing passes because of that.
TEST(requirements, never_pass_for_what_root_sees_fail) {
  std::mt19937 random(20260102);
  const char* programs[] = {"opsiconfd", "smbd", "mariadbd", "redis-server", "nginx", "in.tftpd", "grafana"};
  const int ports[] = {4447, 445, 3306, 6379, 69, 3000, 22};
  for (int round = 0; round < 200; ++round) {
    Facts root = good_host();
    root.opsiconfd.value.installed = random() % 2 == 0;
    root.listeners.value.clear();
    for (const int port : ports)
      if (random() % 3 != 0)
        root.listeners.value.push_back({port == 69 ? "udp" : "tcp", "x", port, static_cast<Reach>(random() % 3), 1,
                                        programs[random() % std::size(programs)]});
    Facts nobody = root;
    for (Listener& listener : nobody.listeners.value) listener.program.clear();
    const auto seen_by_root = check_requirements(root, demand()).checks,
               seen = check_requirements(nobody, demand()).checks;
    ASSERT_EQ(seen.size(), seen_by_root.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const bool alarms = seen_by_root[i].verdict == Verdict::fail || seen_by_root[i].verdict == Verdict::warning;
      EXPECT_FALSE(alarms && seen[i].verdict == Verdict::pass) << seen[i].id;
    }
  }
}

int badness(Verdict verdict) { return verdict == Verdict::fail ? 2 : verdict == Verdict::warning ? 1 : 0; }

TEST(requirements, more_hardware_never_turns_a_pass_into_a_fail) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> amount(0.2, 100);
  const Site site = load_site("data/sites/school.toml");
  for (int round = 0; round < 100; ++round) {
    Facts less = good_host(), more = good_host();
    const double memory = amount(random) * gb, disk = amount(random) * gb, cores = std::floor(amount(random) / 10) + 1;
    const double factor = 1 + amount(random) / 20;
    for (auto [facts, f] : {std::pair{&less, 1.0}, {&more, factor}}) {
      facts->memory.value.total = memory * f;
      facts->processors.value = {cores * std::ceil(f), 0, std::nullopt};
      for (Fact<Space>* space : {&facts->tmp, &facts->var_lib_opsi, &facts->logs, &facts->database})
        space->value.size = 2 * disk * f, space->value.free = disk * f;
      facts->watched.value[0].free = disk * f;
    }
    for (const char* opsi : {"4.1", "4.2", "4.3"}) {
      Site own = site;
      own.opsi = opsi;
      const Plan plan = make_plan(own);
      Demand d = demand(opsi);
      d.plan = &plan.servers[0];
      const auto a = check_requirements(less, d).checks, b = check_requirements(more, d).checks;
      ASSERT_EQ(a.size(), b.size());
      for (std::size_t i = 0; i < a.size(); ++i) EXPECT_LE(badness(b[i].verdict), badness(a[i].verdict)) << a[i].id;
    }
  }
}

TEST(requirements, of_a_plan_are_what_the_plan_says) {
  const Plan plan = make_plan(load_site("data/sites/school.toml"));
  const Evaluation& e = plan.servers[0].server.evaluation;
  Demand d = demand("4.2");
  d.plan = &plan.servers[0];
  Facts facts = good_host();
  const double needed = e.value("server.memory") * 1e6;
  facts.memory.value.total = 0.9 * needed;
  EXPECT_EQ(verdict(facts, d, "memory.plan"), Verdict::pass);
  facts.memory.value.total = 0.9 * needed - 1;
  EXPECT_EQ(verdict(facts, d, "memory.plan"), Verdict::fail);
  EXPECT_NE(row(check_requirements(facts, d).checks, "memory.plan").required.find("server.memory_by_services"),
            std::string::npos);
  facts.processors.value = {e.value("server.cores") - 1, 0, std::nullopt};
  EXPECT_EQ(verdict(facts, d, "cores.plan"), Verdict::fail);
}

TEST(requirements, of_folders_on_one_file_system_add_up) {
  const Plan plan = make_plan(load_site("data/sites/school.toml"));
  const Evaluation& e = plan.servers[0].server.evaluation;
  Demand d = demand("4.2");
  d.plan = &plan.servers[0];
  Facts facts = good_host();
  const double sum =
      (e.value("disk.tmp") + e.value("disk.var_lib_opsi") + e.value("disk.logs") + e.value("disk.database")) * gb;
  for (Fact<Space>* space : {&facts.tmp, &facts.var_lib_opsi, &facts.logs, &facts.database})
    space->value.size = sum - gb;
  EXPECT_EQ(verdict(facts, d, "disk.plan:/tmp"), Verdict::fail);
  facts.var_lib_opsi.value.device = 2;  // one of its own
  EXPECT_EQ(verdict(facts, d, "disk.plan:/tmp"), Verdict::pass);
  EXPECT_EQ(verdict(facts, d, "disk.plan:/var/lib/opsi"), Verdict::pass);
}

TEST(requirements, leave_out_the_ports_of_services_that_run_elsewhere) {
  Site site = load_site("data/sites/school.toml");
  site.opsi = "4.3";
  state(site.servers[0], {"depot.webdav", 1, {}});
  state(site.servers[0], {"service.database", 0, {}});
  const Plan plan = make_plan(site);
  Demand d = demand();
  d.plan = &plan.servers[0];
  for (const Check& check : check_requirements(good_host(), d).checks) {
    EXPECT_NE(check.id, "port.445.tcp");
    EXPECT_NE(check.id, "port.3306.tcp");
  }
}

TEST(requirements, try_connections_only_when_asked) {
  const Facts facts = good_host();
  EXPECT_EQ(verdict(facts, demand(), "connection"), Verdict::note);
}

// Only the loopback interface: the proxy of this host stands before the internet, so no name is looked up.
TEST(requirements, try_each_connection_that_does_not_go_through_the_proxy) {
  Facts facts = good_host();
  facts.name_servers = {"127.0.0.1"};
  Demand d = demand();
  d.connect = true;
  d.roles = {"depot"};
  d.config_server = "127.0.0.1";
  const auto rows = check_requirements(facts, d).checks;
  EXPECT_EQ(row(rows, "connection.internet:opsipackages.43.opsi.org").verdict, Verdict::unseen);
  for (const char* id : {"connection.dns:127.0.0.1", "connection.config_server"}) {
    const Check& tried = row(rows, id);  // whether anything listens there is this machine's affair
    EXPECT_TRUE(tried.found == "connected" || tried.found == "127.0.0.1: Connection refused") << tried.found;
    EXPECT_EQ(tried.verdict, tried.found == "connected" ? Verdict::pass : Verdict::fail);
  }
  d.config_server = "";
  EXPECT_EQ(row(check_requirements(facts, d).checks, "connection.config_server").verdict, Verdict::unseen);
}

TEST(figures_of_checks, are_figures_with_a_source) {
  for (const std::string& name : figures_of_checks())
    EXPECT_TRUE(std::any_of(figures().begin(), figures().end(), [&](const Figure& f) { return f.name == name; }))
        << name;
}

TEST(server_of_host, is_the_server_of_its_name) {
  Site site;
  site.servers = {{"config", {}, {}}, {"OPSI1", {}, {}}, {"opsi1.example.org", {}, {}}};
  const Facts facts = good_host();
  EXPECT_EQ(server_of_host(site, facts), 1U);
  site.servers[1].name = "opsi2";
  EXPECT_EQ(server_of_host(site, facts), 2U);
  site.servers[2].name = "opsi1.example.com";
  EXPECT_EQ(server_of_host(site, facts), 3U);
}

}  // namespace
}  // namespace sizing
