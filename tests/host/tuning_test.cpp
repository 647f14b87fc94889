#include "libsizing/host/tuning.h"

#include <gtest/gtest.h>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/write_below.h"
#include "tests/support/refusal.h"
#include "tests/support/sites.h"
#include "tests/support/tree.h"

namespace sizing {
namespace {

const TunedSetting* find(const Tuning& tuning, const std::string& key) {
  for (const TunedSetting& setting : tuning.settings)
    if (setting.card.key == key) return &setting;
  return nullptr;
}

TuneOptions below(const Tree& tree, bool lower = false) {
  return {tree.root(), "TREE", std::nullopt, lower, "Written by a test ."};
}

ServerPlan planned(const std::string& opsi, const std::string& inputs) {
  return make_plan(one_server(opsi, inputs)).servers.at(0);
}

// 4.3, 101 connections: 6 workers, 6 × (20 + 10) + 20 = 200 database connections.
constexpr char busy[] = "clients=9;connections=101;samba.connections=130";

TEST(tuning, without_files_writes_what_the_defaults_do_not_give) {
  const Tuning tuning = tune(planned("4.3", busy), {});
  EXPECT_EQ(find(tuning, "workers")->action, TuneAction::write);
  EXPECT_EQ(find(tuning, "workers")->planned, "6");
  EXPECT_EQ(find(tuning, "max_connections")->planned, "200");
  EXPECT_EQ(find(tuning, "max_connections")->action, TuneAction::write);
  for (const char* key : {"executor-workers", "connection_pool_size", "innodb_buffer_pool_size", "maxmemory",
                          "maxclients", "LimitNOFILE", "max smbd processes", "max open files", "deadtime"})
    EXPECT_EQ(find(tuning, key)->action, TuneAction::leave) << key;
  ASSERT_EQ(tuning.changes.size(), 2U);
  EXPECT_EQ(tuning.changes[0].path, "/etc/opsi/opsiconfd.conf");
  EXPECT_EQ(tuning.changes[1].path, "/etc/mysql/mariadb.conf.d/60-opsi.cnf");
}

// executor-workers: 10 in 4.2, 16 in 4.3; 4.1 has one process and no such settings.
TEST(tuning, shows_the_settings_of_the_release) {
  EXPECT_EQ(find(tune(planned("4.2", busy), {}), "executor-workers")->planned, "10");
  EXPECT_EQ(find(tune(planned("4.3", busy), {}), "executor-workers")->planned, "16");
  EXPECT_TRUE(find(tune(planned("4.2", busy), {}), "connectionPoolSize"));
  EXPECT_FALSE(find(tune(planned("4.2", busy), {}), "LimitNOFILE"));
  const Tuning old = tune(planned("4.1", busy), {});
  EXPECT_FALSE(find(old, "workers"));
  EXPECT_TRUE(find(old, "max smbd processes"));
}

TEST(tuning, leaves_out_what_runs_elsewhere) {
  const Tuning tuning = tune(planned("4.3", "clients=9;role.config=0;service.redis=0;service.samba=0"), {});
  for (const char* key : {"innodb_buffer_pool_size", "connection_pool_size", "maxmemory", "deadtime"})
    EXPECT_FALSE(find(tuning, key)) << key;
  EXPECT_TRUE(find(tuning, "workers"));
}

TEST(tuning, keeps_a_value_in_force_that_allows_more) {
  Tree tree;
  tree.put("/etc/opsi/opsiconfd.conf", "workers = 8\n");
  const Tuning kept = tune(planned("4.3", busy), below(tree));
  EXPECT_EQ(find(kept, "workers")->action, TuneAction::keep);
  EXPECT_TRUE(contains(find(kept, "workers")->note, "below the value in force")) << find(kept, "workers")->note;
  const Tuning lowered = tune(planned("4.3", busy), below(tree, true));
  EXPECT_EQ(after(lowered.changes.at(0)),
            "# Written by a test .\n# workers: the plan's opsiconfd.workers; opsi itself never derives it from cores "
            "or memory (req42, "
            "scalability43, opsiconfd_src). Then: opsiconfd reload.\n# It was 8.\nworkers = 6\n");
}

// 50 smbd processes for 130 connections are too few, 1000 are enough, and 0 is no limit.
TEST(tuning, takes_zero_as_no_limit_where_it_means_that) {
  Tree tree;
  for (const auto& [value, action] : {std::pair{"50", TuneAction::write},
                                      {"129", TuneAction::write},
                                      {"130", TuneAction::keep},
                                      {"1000", TuneAction::keep},
                                      {"0", TuneAction::keep}}) {
    tree.put("/etc/samba/smb.conf", "[global]\nmax smbd processes = " + std::string(value) + "\n");
    EXPECT_EQ(find(tune(planned("4.3", busy), below(tree, true)), "max smbd processes")->action, action) << value;
  }
}

// The health check's error level is 500 MB: a limit below it would bite before the check speaks.
TEST(tuning, lets_redis_have_at_least_what_the_health_check_allows) {
  Tree tree;
  for (const auto& [value, action] : {std::pair{"499999999", TuneAction::write},
                                      {"500m", TuneAction::keep},
                                      {"1gb", TuneAction::keep},
                                      {"0", TuneAction::keep}}) {
    tree.put("/etc/redis/redis.conf", "maxmemory " + std::string(value) + "\n");
    EXPECT_EQ(find(tune(planned("4.3", busy), below(tree)), "maxmemory")->action, action) << value;
  }
}

TEST(tuning, compares_sizes_as_numbers) {
  Tree tree;  // 2000 clients × 0.1 MB = 200 MB
  for (const auto& [value, action] : {std::pair{"128M", TuneAction::write},
                                      {"190M", TuneAction::write},
                                      {"200000000", TuneAction::keep},
                                      {"191M", TuneAction::keep}}) {
    tree.put("/etc/mysql/mariadb.conf.d/50-server.cnf",
             "[mysqld]\ninnodb-buffer-pool-size=" + std::string(value) + "\n");
    EXPECT_EQ(find(tune(planned("4.3", "clients=2000"), below(tree)), "innodb_buffer_pool_size")->action, action)
        << value;
  }
}

TEST(tuning, never_writes_the_file_with_the_password) {
  Tree tree;
  tree.put("/etc/opsi/backends/mysql.conf", "config = {\n\"password\": \"secret\",\n\"connectionPoolSize\": 5,\n}\n");
  const Tuning tuning = tune(planned("4.3", busy), below(tree));
  const TunedSetting& pool = *find(tuning, "connection_pool_size");
  EXPECT_EQ(pool.in_force->value, "5");
  EXPECT_EQ(pool.action, TuneAction::by_hand);
  EXPECT_TRUE(contains(pool.note, "--set opsiconfd.mysql_pool=5")) << pool.note;
  EXPECT_FALSE(contains(unified_diff(tuning), "secret"));
  for (const FileChange& change : tuning.changes) EXPECT_NE(change.path, "/etc/opsi/backends/mysql.conf");
}

TEST(tuning, leaves_to_people_what_is_no_number) {
  Tree tree;
  tree.put("/etc/opsi/opsiconfd.conf", "workers = $(reboot)\n");
  EXPECT_EQ(find(tune(planned("4.3", busy), below(tree)), "workers")->action, TuneAction::by_hand);
}

TEST(tuning, refuses_to_change_what_it_cannot_read) {
  Tree tree;
  std::filesystem::create_directories(tree.folder / "etc/opsi/opsiconfd.conf");
  const Tuning tuning = tune(planned("4.3", busy), below(tree));
  EXPECT_EQ(refusal([&] { refuse_unread(tuning); }).place().file, "/etc/opsi/opsiconfd.conf");
  EXPECT_NO_THROW(refuse_unread(tune(planned("4.3", "clients=9;connections=9"), below(tree))));
}

TEST(tuning, changes_what_a_link_leads_to_and_not_the_link) {
  Tree tree;
  tree.put("/srv/opsiconfd.conf", "workers = 1\n");
  std::filesystem::create_directories(tree.folder / "etc/opsi");
  std::filesystem::create_symlink("../../srv/opsiconfd.conf", tree.folder / "etc/opsi/opsiconfd.conf");
  EXPECT_EQ(tune(planned("4.3", busy), below(tree)).changes.at(0).path, "/srv/opsiconfd.conf");
}

// ---- laws

// Trees as they may be before: empty, small values, large ones, drop-ins that come last, old line ends.
std::vector<std::map<std::string, std::string>> trees() {
  const auto with = [](const std::string& workers, const std::string& size, const std::string& end) {
    const auto lines = [&](const std::string& text) { return replace_all(text, "\n", end); };
    return std::map<std::string, std::string>{
        {"/etc/opsi/opsiconfd.conf",
         lines("log-level = 5\nworkers=" + workers + "\nexecutor-workers " + workers + "\n")},
        {"/etc/opsi/backends/mysql.conf", "config = {'connectionPoolSize': " + workers + ", 'password': 'x'}"},
        {"/etc/mysql/my.cnf", "[mysqld]\nport=3306\n!includedir /etc/mysql/mariadb.conf.d/\n[client]\nport=3306"},
        {"/etc/my.cnf", "[mysqld]\nport=3306\n!includedir /etc/my.cnf.d"},
        {"/etc/mysql/mariadb.conf.d/50-server.cnf", lines("[mysqld]\ninnodb_buffer_pool_size = " + size + "\n")},
        {"/etc/mysql/mariadb.conf.d/70-site.cnf", lines("[mariadb]\n\tmax-connections=" + workers + " # site\n")},
        {"/etc/my.cnf.d/server.cnf", lines("[server]\nmax_allowed_packet=" + size + "\n")},
        {"/etc/redis/redis.conf", lines("port 6379\nmaxclients " + workers + "\nmaxmemory " + workers + "gb")},
        {"/etc/samba/smb.conf", lines("[global]\n  max smbd processes = " + workers + "\n[opsi_depot]\npath = /var\n")},
        {"/etc/systemd/system/opsiconfd.service.d/override.conf", lines("[Service]\nLimitNOFILE=" + workers + "\n")}};
  };
  return {{}, with("1", "1M", "\n"), with("100000", "900G", "\n"), with("7", "150M", "\r\n")};
}

using Assignments = std::vector<std::string>;

// What a file sets, without what was to be written.
Assignments others(const Tuning& tuning, const std::string& path, const std::string& text) {
  Assignments result;
  for (const TunedSetting& s : tuning.settings) {
    const Syntax syntax = settings_file(s.card.file, tuning.family, nullptr).syntax;
    const bool own = s.file == path || (s.in_force && s.in_force->file == path);
    if (s.action != TuneAction::write || !own) continue;
    for (const SettingAssignment& a : read_assignments(syntax, text)) {
      bool written = false;
      for (const TunedSetting& w : tuning.settings)
        written = written || (w.action == TuneAction::write && same_key(syntax, w.card.key, a.key));
      if (!written) result.push_back(a.section + "|" + a.key + "=" + a.value);
    }
    return result;
  }
  return result;
}

// `safely`: by the writer itself, which waits for the disk; else the files are put there as the changes say.
void expect_laws(const ServerPlan& server, const std::map<std::string, std::string>& files, Family family,
                 bool safely) {
  Tree tree;
  for (const auto& [path, text] : files) tree.put(path, text);
  TuneOptions options = below(tree);
  options.family = family;
  const Tuning tuning = tune(server, options);
  if (safely)
    EXPECT_EQ(write_below(tree.folder.string(), tuning.changes, true).size(), tuning.changes.size());
  else
    for (const FileChange& change : tuning.changes) tree.put(change.path, after(change));

  // The files are what the changes say, and every other file is as it was.
  auto expected = files;
  for (const FileChange& change : tuning.changes) {
    EXPECT_EQ(others(tuning, change.path, change.before.value_or("")), others(tuning, change.path, after(change)));
    expected[change.path] = after(change);
  }
  EXPECT_EQ(tree.all(), expected);

  // What was written is in force as planned, what was kept is in force as it was, and nothing is left to write.
  const Tuning again = tune(server, options);
  ASSERT_EQ(again.settings.size(), tuning.settings.size());
  for (std::size_t i = 0; i < again.settings.size(); ++i) {
    const TunedSetting &was = tuning.settings[i], &is = again.settings[i];
    if (was.action == TuneAction::write) {
      ASSERT_TRUE(is.in_force) << was.card.key;
      EXPECT_EQ(is.in_force->value, was.planned) << was.card.key;
      EXPECT_EQ(is.action, TuneAction::keep) << was.card.key;
    } else {
      EXPECT_EQ(is.action, was.action) << was.card.key;
      EXPECT_EQ(is.in_force ? is.in_force->value : "", was.in_force ? was.in_force->value : "") << was.card.key;
    }
  }
  EXPECT_EQ(unified_diff(again), "");
}

// Every server of every site under every rule set; families and trees take turns, so that each pair comes up.
TEST(tuning_laws, hold_for_all_sites_rule_sets_families_and_trees) {
  const auto files = trees();
  std::size_t round = 0;
  for (const Site& site : example_sites())
    for (const ServerPlan& server : make_plan(site).servers) {
      const auto family = static_cast<Family>(round % 3);
      SCOPED_TRACE(site.file + " " + site.opsi + " " + server.server.name + " " + std::string(name(family)));
      expect_laws(server, files[round % files.size()], family, round % 11 == 0);
      ++round;
    }
  EXPECT_GE(round, 12U);
}

TEST(tuning_laws, hold_for_random_servers) {
  const auto files = trees();
  std::size_t round = 0;
  for (const Site& site : random_sites(30, 5)) {
    SCOPED_TRACE(round);
    expect_laws(make_plan(site).servers.at(0), files[round % files.size()], Family::debian, false);
    ++round;
  }
}

// What the plan shows as settings is what the cards would write where nothing is in force.
TEST(tuning_laws, the_plan_and_the_cards_say_the_same) {
  for (const Site& site : all_sites())
    for (const ServerPlan& server : make_plan(site).servers) {
      std::vector<std::string> shown, written;
      for (const SettingValue& s : server.settings) shown.push_back(s.key + "=" + s.value);
      for (const SettingCard& card : cards_of(server.server.evaluation))
        if (!card.default_is_enough) written.push_back(card.key + "=" + rounded(card.value));
      EXPECT_EQ(shown, written);
    }
}

// A default is never lowered, and what is planned is enough.
TEST(tuning_laws, a_card_gives_what_is_needed_and_never_lowers_a_default) {
  for (const Site& site : all_sites())
    for (const ServerPlan& server : make_plan(site).servers)
      for (const SettingCard& card : cards_of(server.server.evaluation)) {
        EXPECT_TRUE(is_enough(card, card.value)) << card.key;
        EXPECT_FALSE(allows_less(card, card.value, card.usual)) << card.key;
        EXPECT_FALSE(card.what.empty() || card.when.empty() || card.why.empty() || card.sources.empty()) << card.key;
      }
}

}  // namespace
}  // namespace sizing
