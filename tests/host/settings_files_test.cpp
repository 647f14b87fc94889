#include "libsizing/host/settings_files.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/tree.h"

namespace sizing {
namespace {

constexpr char mariadb[] = "/etc/mysql/mariadb.conf.d/60-opsi.cnf",
               limits[] = "/etc/systemd/system/opsiconfd.service.d/limits.conf", redis[] = "/etc/redis/redis.conf";

std::string at(const std::optional<SettingLine>& line) {
  return line ? line->value + " " + line->file + ":" + std::to_string(line->line) : "";
}

SettingsRead read(const Tree& tree, const char* file, Family family = Family::debian) {
  const Root root = tree.root();
  return read_settings(root, settings_file(file, family, &root));
}

TEST(settings_files, the_file_that_mariadb_reads_last_wins) {
  Tree tree;
  tree.put("/etc/mysql/my.cnf", "[mysqld]\nmax_connections=1\n!includedir /etc/mysql/mariadb.conf.d/\n");
  tree.put("/etc/mysql/mariadb.conf.d/50-server.cnf", "[mysqld]\nmax-connections=2\n[client]\nmax_connections=9\n");
  tree.put("/etc/mysql/mariadb.conf.d/notes.txt", "[mysqld]\nmax_connections=8\n");
  const SettingsRead before = read(tree, mariadb);
  EXPECT_EQ(at(in_force(before, "mysqld", "max_connections")), "2 /etc/mysql/mariadb.conf.d/50-server.cnf:2");
  EXPECT_FALSE(wins_over_ours(before, *in_force(before, "mysqld", "max_connections")));
  tree.put("/etc/mysql/mariadb.conf.d/70-site.cnf", "[mariadb]\nmax_connections=3\n");
  const SettingsRead later = read(tree, mariadb);
  EXPECT_EQ(at(in_force(later, "mysqld", "max_connections")), "3 /etc/mysql/mariadb.conf.d/70-site.cnf:2");
  EXPECT_TRUE(wins_over_ours(later, *in_force(later, "mysqld", "max_connections")));
}

TEST(settings_files, a_drop_in_that_nothing_includes_is_not_reached) {
  Tree tree;
  tree.put("/etc/my.cnf", "[mysqld]\nport=3306\n");
  EXPECT_FALSE(read(tree, mariadb).reached);
  tree.put("/etc/my.cnf", "!includedir /etc/mysql/mariadb.conf.d\n");
  EXPECT_TRUE(read(tree, mariadb).reached);
  EXPECT_TRUE(read(Tree(), mariadb).reached);  // nothing is there yet
}

// systemd.unit(5): drop-ins by name, whatever their folder; of one name the one in /etc wins.
TEST(settings_files, drop_ins_of_a_unit_win_by_name) {
  Tree tree;
  tree.put("/usr/lib/systemd/system/opsiconfd.service", "[Service]\nLimitNOFILE=1\n");
  EXPECT_EQ(at(in_force(read(tree, limits), "Service", "LimitNOFILE")),
            "1 /usr/lib/systemd/system/opsiconfd.service:2");
  tree.put("/etc/systemd/system/opsiconfd.service.d/override.conf", "[Service]\nLimitNOFILE=2\n");
  tree.put("/usr/lib/systemd/system/opsiconfd.service.d/override.conf", "[Service]\nLimitNOFILE=3\n");
  const auto found = in_force(read(tree, limits), "Service", "LimitNOFILE");
  EXPECT_EQ(at(found), "2 /etc/systemd/system/opsiconfd.service.d/override.conf:2");
  EXPECT_TRUE(wins_over_ours(read(tree, limits), *found));  // "override" comes after "limits"
  tree.put("/run/systemd/system/opsiconfd.service.d/zz.conf", "[Service]\nLimitNOFILE=\n");
  EXPECT_FALSE(in_force(read(tree, limits), "Service", "LimitNOFILE"));
}

TEST(settings_files, redis_reads_what_it_includes_where_it_stands) {
  Tree tree;
  tree.put("/etc/redis/redis.conf", "maxclients 1\ninclude more.conf\n");
  tree.put("/etc/redis/more.conf", "maxclients 2\n");
  EXPECT_EQ(at(in_force(read(tree, redis), "", "maxclients")), "2 /etc/redis/more.conf:1");
  tree.put("/etc/redis/redis.conf", "include /etc/redis/more.conf\nmaxclients 1\n");
  EXPECT_EQ(at(in_force(read(tree, redis), "", "maxclients")), "1 /etc/redis/redis.conf:2");
}

TEST(settings_files, includes_that_go_in_circles_end) {
  Tree tree;
  tree.put("/etc/redis/redis.conf", "include /etc/redis/redis.conf\ninclude /etc/redis/redis.conf\nmaxclients 1\n");
  EXPECT_LE(read(tree, redis).order.size(), 1000U);
}

TEST(settings_files, what_cannot_be_read_is_named) {
  Tree tree;
  std::filesystem::create_directories(tree.folder / "etc/redis/redis.conf");
  const SettingsRead found = read(tree, redis);
  ASSERT_EQ(found.unread.size(), 1U);
  EXPECT_EQ(found.unread[0].file, redis);
  EXPECT_EQ(found.unread[0].key, "no regular file");
}

TEST(settings_files, each_family_has_its_own_places) {
  Tree tree;
  EXPECT_EQ(family_of(tree.root()), Family::debian);
  for (const auto& [text, family] : {std::pair{"ID=ubuntu\nID_LIKE=debian\n", Family::debian},
                                     {"ID=\"univention\"\nID_LIKE=debian\n", Family::debian},
                                     {"ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Family::redhat},
                                     {"ID=rhel\n", Family::redhat},
                                     {"ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", Family::suse},
                                     {"ID=\"sles\"\n", Family::suse}}) {
    tree.put("/etc/os-release", text);
    EXPECT_EQ(family_of(tree.root()), family) << text;
  }
  const Root root = tree.root();
  EXPECT_EQ(settings_file(mariadb, Family::redhat, &root).path, "/etc/my.cnf.d/60-opsi.cnf");
  EXPECT_EQ(settings_file(redis, Family::redhat, &root).path, redis);
  tree.put("/etc/redis.conf", "");
  EXPECT_EQ(settings_file(redis, Family::redhat, &root).path, "/etc/redis.conf");
  tree.put(redis, "");
  EXPECT_EQ(settings_file(redis, Family::redhat, &root).path, redis);
  EXPECT_EQ(apply_command("systemctl restart redis-server", Family::suse), "systemctl restart redis@default");
  EXPECT_EQ(refusal([] { parse_family("debain"); }).place().key, "family");
}

}  // namespace
}  // namespace sizing
