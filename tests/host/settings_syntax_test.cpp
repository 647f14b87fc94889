#include "libsizing/host/settings_syntax.h"

#include <cmath>

#include <gtest/gtest.h>

namespace sizing {
namespace {

// "section|key=value@line" of each assignment.
std::vector<std::string> read(Syntax syntax, const std::string& text) {
  std::vector<std::string> result;
  for (const SettingAssignment& a : read_assignments(syntax, text))
    result.push_back((a.section.empty() ? "" : a.section + "|") + a.key + "=" + a.value + "@" + std::to_string(a.line) +
                     (a.lines > 1 ? "+" + std::to_string(a.lines) : "") + (a.include ? " include" : ""));
  return result;
}

using Lines = std::vector<std::string>;

// The forms that the manual of ConfigArgParse lists as equivalent; a section is a comment to it.
TEST(settings_syntax, reads_opsiconfd_conf_as_config_arg_parse_does) {
  EXPECT_EQ(read(Syntax::opsiconfd,
                 "# workers = 9\n; workers = 8\n---\n[global]\nworkers 1\nworkers = 2\n"
                 "workers: 3\n--workers 4\n workers=\"5\" # five\r\nworkers\n"),
            (Lines{"workers=1@5", "workers=2@6", "workers=3@7", "workers=4@8", "workers=5@9", "workers=@10"}));
  EXPECT_FALSE(same_key(Syntax::opsiconfd, "executor_workers", "executor-workers"));
}

TEST(settings_syntax, reads_my_cnf_with_groups_includes_and_comments) {
  EXPECT_EQ(
      read(Syntax::my_cnf,
           "[client]\nport=3306\n[mysqld]\n#max_connections=1\nmax-connections = 200 # some\n"
           "name = \"a # b\"\nskip-name-resolve\n!includedir /etc/my.cnf.d\n!include /etc/x.cnf\n"),
      (Lines{"client|port=3306@2", "mysqld|max-connections=200@5", "mysqld|name=a # b@6", "mysqld|skip-name-resolve=@7",
             "mysqld|!includedir=/etc/my.cnf.d@8 include", "mysqld|!include=/etc/x.cnf@9 include"}));
  EXPECT_TRUE(same_key(Syntax::my_cnf, "loose-max-connections", "max_connections"));
  EXPECT_TRUE(same_section(Syntax::my_cnf, "mariadb-10.11", "mysqld"));
  EXPECT_FALSE(same_section(Syntax::my_cnf, "mysqld_safe", "mysqld"));
  EXPECT_FALSE(same_section(Syntax::my_cnf, "client", "mysqld"));
}

TEST(settings_syntax, reads_redis_conf) {
  EXPECT_EQ(read(Syntax::redis, "# maxclients 1\nMAXCLIENTS 20000\ninclude /etc/redis/more.conf\nmaxmemory \"1gb\"\n"),
            (Lines{"MAXCLIENTS=20000@2", "include=/etc/redis/more.conf@3 include", "maxmemory=1gb@4"}));
  EXPECT_TRUE(same_key(Syntax::redis, "MaxClients", "maxclients"));
}

// systemd.syntax(7): a backslash joins the next line, comments between are passed over.
TEST(settings_syntax, reads_units_with_lines_that_go_on) {
  EXPECT_EQ(read(Syntax::systemd, "[Unit]\nAfter=a \\\n# why\n  b\n[Service]\nLimitNOFILE=1024:4096\nLimitNOFILE=\n"),
            (Lines{"Unit|After=a  b@2+3", "Service|LimitNOFILE=1024:4096@6", "Service|LimitNOFILE=@7"}));
}

TEST(settings_syntax, reads_smb_conf_without_regard_to_case_and_blanks) {
  EXPECT_EQ(read(Syntax::samba, "[ Global ]\n  Max SMBD  Processes = 50\n;deadtime = 1\ninclude = /etc/samba/x.conf\n"),
            (Lines{"Global|Max SMBD  Processes=50@2", "Global|include=/etc/samba/x.conf@4 include"}));
  EXPECT_TRUE(same_key(Syntax::samba, "Max SMBD  Processes", "max smbd processes"));
  EXPECT_TRUE(same_section(Syntax::samba, "GLOBAL", "global"));
}

TEST(settings_syntax, finds_numbers_in_python_without_running_it) {
  EXPECT_EQ(read(Syntax::python,
                 "# \"connectionPoolSize\": 1,\nconfig = {\n \"password\": \"a\\\"b: 7, 'x': 2\",\n"
                 " 'connectionPoolSize' : 30, \"connection_pool_max_overflow\": 10}\n"),
            (Lines{"connectionPoolSize=30@4", "connection_pool_max_overflow=10@4"}));
  EXPECT_TRUE(same_key(Syntax::python, "connectionPoolSize", "connection_pool_size"));
}

TEST(settings_syntax, reads_numbers_as_each_program_does) {
  EXPECT_EQ(parse_setting(Syntax::my_cnf, "512M"), 536870912);
  EXPECT_EQ(parse_setting(Syntax::my_cnf, "1g"), 1073741824);
  EXPECT_EQ(parse_setting(Syntax::redis, "1k"), 1000);
  EXPECT_EQ(parse_setting(Syntax::redis, "1kb"), 1024);
  EXPECT_EQ(parse_setting(Syntax::redis, "2GB"), 2147483648);
  EXPECT_EQ(parse_setting(Syntax::systemd, "1024:4096"), 1024);
  EXPECT_TRUE(std::isinf(parse_setting(Syntax::systemd, "infinity").value()));
  for (const Syntax syntax : {Syntax::opsiconfd, Syntax::my_cnf, Syntax::redis, Syntax::systemd, Syntax::samba})
    for (const char* text : {"", "many", "-1", "1.5", "1x", "0x10", "1 2", "99999999999999999999"})
      EXPECT_FALSE(parse_setting(syntax, text)) << text;
  EXPECT_FALSE(parse_setting(Syntax::opsiconfd, "5k"));
}

TEST(settings_syntax, reads_the_line_that_it_writes) {
  for (const Syntax syntax : {Syntax::opsiconfd, Syntax::my_cnf, Syntax::redis, Syntax::systemd, Syntax::samba}) {
    const auto lines = read_assignments(syntax, assignment_line(syntax, "max-things", "12"));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].key, "max-things");
    EXPECT_EQ(lines[0].value, "12");
  }
}

}  // namespace
}  // namespace sizing
