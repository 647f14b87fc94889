// Sums by hand over processes made by hand.
#include "libsizing/host/sampling.h"

#include <map>

#include <gtest/gtest.h>

#include "libsizing/base/error.h"
#include "tests/support/fake_proc.h"

namespace sizing {
namespace {

Wanted all_services() {
  Wanted wanted;
  for (const Service& service : services()) wanted.services.push_back(&service);
  return wanted;
}

const ServiceSample& of(const Sample& sample, const std::string& service) {
  for (const ServiceSample& s : sample.services)
    if (s.service->name == service) return s;
  throw std::runtime_error(service + " does not run");
}

bool runs(const Sample& sample, const std::string& service) {
  for (const ServiceSample& s : sample.services)
    if (s.service->name == service) return true;
  return false;
}

TEST(services, are_told_by_name_title_or_module) {
  struct Case {
    const char* command;
    std::vector<std::string> arguments;
    const char* service;
  };
  const Case cases[] = {
      {"smbd", {"/usr/sbin/smbd"}, "samba"},
      {"smbd-notifyd", {"smbd", "--foreground"}, "samba"},
      {"cleanupd", {"/usr/sbin/smbd"}, "samba"},
      {"smbd[10.0.0.7]", {"smbd: client [10.0.0.7]"}, "samba"},
      {"rpcd_lsad", {"/usr/lib/x86_64-linux-gnu/samba/rpcd_lsad"}, "samba"},
      {"samba-dcerpcd", {"/usr/lib/samba/samba-dcerpcd"}, "samba"},
      {"mariadbd", {"/usr/sbin/mariadbd"}, "database"},
      {"mysqld", {"/usr/sbin/mysqld"}, "database"},
      {"redis-server", {"/usr/bin/redis-server 127.0.0.1:6379"}, "redis"},
      {"opsiconfd", {"/usr/bin/opsiconfd", "start"}, "opsiconfd"},
      {"python3", {"/usr/bin/python3", "/usr/bin/opsiconfd", "start"}, "opsiconfd"},
      {"opsipxeconfd", {"/usr/bin/opsipxeconfd", "start"}, "opsipxeconfd"},
      {"in.tftpd", {"/usr/sbin/in.tftpd", "--listen"}, "tftpd"},
      {"grafana", {"/usr/share/grafana/bin/grafana", "server"}, "grafana"},
  };
  for (const Case& c : cases) {
    Process process;
    process.command = c.command;
    process.arguments = c.arguments;
    for (const Service& service : services())
      EXPECT_EQ(belongs(process, service), service.name == c.service) << c.command << " in " << service.name;
  }
}

TEST(services, are_not_what_only_speaks_of_them) {
  const std::pair<const char*, std::vector<std::string>> others[] = {
      {"grep", {"grep", "smbd"}},
      {"smbclient", {"smbclient", "//server/share"}},
      {"redis-cli", {"redis-cli"}},
      {"vim", {"vim", "/etc/opsi/opsiconfd.conf"}},
      {"python3", {"python3", "-c", "x"}},
      {"opsiconfd", {"opsiconfd", "log-viewer"}},
      {"bash", {}},
      {"mysqldump", {"mysqldump"}},
  };
  for (const auto& [command, arguments] : others) {
    Process process;
    process.command = command;
    process.arguments = arguments;
    for (const Service& service : services()) EXPECT_FALSE(belongs(process, service)) << command << service.name;
  }
}

TEST(services, are_found_by_their_names) {
  for (const Service& service : services()) EXPECT_EQ(&find_service(std::string(service.name)), &service);
  EXPECT_THROW((void)find_service("smbd"), InputError);
}

// The port matrix of opsi, and the defaults of MariaDB, Redis and Grafana.
TEST(services, listen_at_their_usual_ports) {
  const std::map<std::string_view, std::vector<int>> expected = {
      {"opsiconfd", {4447}}, {"samba", {445, 139}}, {"database", {3306}}, {"redis", {6379}},
      {"grafana", {3000}},   {"opsipxeconfd", {}},  {"tftpd", {}}};
  for (const Service& service : services()) EXPECT_EQ(usual_ports(service), expected.at(service.name)) << service.name;
}

// opsiconfd: PSS 100 + 200 + 300 + 10, of it the two workers 500; the resource tracker is no worker.
TEST(sample, tells_the_workers_of_opsiconfd_from_its_manager) {
  const FakeProc proc;
  proc.process(10, 1, "opsiconfd", {"/usr/bin/opsiconfd", "start"});
  proc.process(11, 10, "opsiconfd",
               {"/usr/bin/opsiconfd", "-B", "-c", "from multiprocessing.resource_tracker import main;main(5)"});
  proc.process(12, 10, "opsiconfd", {"/usr/bin/opsiconfd", "--multiprocessing-fork", "tracker_fd=6"});
  proc.process(13, 10, "opsiconfd", {"/usr/bin/opsiconfd", "--multiprocessing-fork", "tracker_fd=6"});
  proc.memory(10, {100, 1, 2, 150, 5});
  proc.memory(11, {10, 0, 1, 15, 1});
  proc.memory(12, {200, 10, 20, 260, 7});
  proc.memory(13, {300, 30, 40, 370, 9});
  const Sample sample = take_sample(proc.root(), all_services());
  ASSERT_EQ(sample.services.size(), 1U);
  const ServiceSample& opsiconfd = of(sample, "opsiconfd");
  EXPECT_EQ(opsiconfd.processes, 4);
  EXPECT_EQ(opsiconfd.workers, 2);
  EXPECT_EQ(opsiconfd.memory.pss, 610);
  EXPECT_EQ(opsiconfd.workers_pss, 500);
  EXPECT_EQ(opsiconfd.memory.uss, 104);         // 3 + 1 + 30 + 70
  EXPECT_EQ(opsiconfd.memory.rss, 795);         // 150 + 15 + 260 + 370
  EXPECT_EQ(opsiconfd.memory.page_tables, 22);  // 5 + 1 + 7 + 9
}

// Two connections on loopback are four sockets; a third is Samba's own way out, to a directory server; a fourth goes
// to a helper.
struct Samba : FakeProc {
  Samba();
};
Samba::Samba() {
  process(100, 1, "smbd", {"/usr/sbin/smbd"});
  process(101, 100, "smbd", {"/usr/sbin/smbd"});
  process(102, 100, "smbd", {"/usr/sbin/smbd"});
  process(103, 1, "samba-dcerpcd", {"samba-dcerpcd"});
  process(200, 1, "smbclient", {"smbclient"});
  for (const int pid : {100, 101, 102, 103}) memory(pid, {1000, 100, 200, 3000, 50});
  descriptors(100, 2, {1});
  descriptors(101, 2, {1, 11});
  descriptors(102, 2, {1, 12, 30});
  descriptors(103, 2, {40, 41});
  descriptors(200, 2, {21, 22});
  tcp_socket("3872", "0000", "0A", 1);
  tcp_socket("3872", "8001", "01", 11);
  tcp_socket("3872", "8002", "01", 12);
  tcp_socket("8001", "3872", "01", 21);
  tcp_socket("8002", "3872", "01", 22);
  tcp_socket("8003", "0185", "01", 30);
  tcp_socket("0087", "0000", "0A", 40);
  tcp_socket("0087", "8004", "01", 41);
}

TEST(sample, counts_a_connection_at_its_server_s_end_alone) {
  const Samba proc;
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_EQ(of(sample, "samba").connections, 2);
  EXPECT_FALSE(of(sample, "samba").connections_by_port);
  EXPECT_EQ(of(sample, "samba").descriptors, 3 + 4 + 5 + 4);
  EXPECT_EQ(of(sample, "samba").memory.pss, 4000);
  EXPECT_FALSE(of(sample, "samba").workers);
  EXPECT_TRUE(sample.unread.empty());
}

TEST(sample, is_of_one_of_two_servers_where_asked) {
  const Samba proc;
  proc.process(300, 1, "smbd", {"/usr/sbin/smbd"});
  proc.memory(300, {7, 1, 1, 9, 1});
  proc.descriptors(300, 1, {50});
  Wanted wanted = all_services();
  EXPECT_EQ(of(take_sample(proc.root(), wanted), "samba").processes, 5);
  wanted.pids = {300};
  EXPECT_EQ(of(take_sample(proc.root(), wanted), "samba").memory.pss, 7);
  wanted.pids = {100};
  EXPECT_EQ(of(take_sample(proc.root(), wanted), "samba").processes, 3);
}

TEST(sample, has_no_sum_where_a_part_is_not_readable_and_says_so) {
  const Samba proc;
  std::filesystem::remove(proc.path("proc/102/smaps_rollup"));
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_FALSE(of(sample, "samba").memory.pss);
  EXPECT_FALSE(of(sample, "samba").memory.uss);
  EXPECT_EQ(of(sample, "samba").memory.rss, 12000);
  EXPECT_EQ(of(sample, "samba").unread, 1);
  ASSERT_EQ(sample.unread.size(), 1U);
  EXPECT_EQ(sample.unread[0], "1 of 4 processes of samba not readable (PSS, USS)");
}

TEST(sample, leaves_out_what_ended_while_it_was_read) {
  const Samba proc;
  // What the list of processes still had, and the next read no longer finds.
  proc.process(102, 100, "smbd", {"/usr/sbin/smbd"}, 'Z');
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_EQ(of(sample, "samba").processes, 3);
  EXPECT_EQ(of(sample, "samba").memory.pss, 3000);
  EXPECT_EQ(of(sample, "samba").connections, 1);
}

TEST(sample, counts_by_port_where_open_files_are_not_readable) {
  Samba proc;
  std::filesystem::remove_all(proc.path("proc/102/fd"));
  proc.tcp_socket("01BD", "0000", "0A", 60);
  proc.tcp_socket("01BD", "8005", "01", 61);
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_TRUE(of(sample, "samba").connections_by_port);
  EXPECT_EQ(of(sample, "samba").connections, 3);  // 0x3872, where the others listen: two; 445: one
  EXPECT_FALSE(of(sample, "samba").descriptors);
  EXPECT_EQ(sample.unread.size(), 1U);
}

TEST(sample, knows_no_connections_without_a_door_that_is_known) {
  FakeProc proc;
  proc.process(100, 1, "redis-server", {"/usr/bin/redis-server 127.0.0.1:7000"});
  proc.tcp_socket("1B58", "0000", "0A", 1);
  proc.tcp_socket("1B58", "8000", "01", 2);
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_FALSE(of(sample, "redis").connections) << "not 0: its port cannot be seen";
}

TEST(sample, counts_connections_to_socket_files) {
  FakeProc proc;
  proc.process(100, 1, "mariadbd", {"/usr/sbin/mariadbd"});
  proc.memory(100, {1, 1, 1, 1, 1});
  proc.descriptors(100, 0, {1, 2, 3, 4});
  proc.unix_socket("/run/mysqld/mysqld.sock", true, 1);
  proc.unix_socket("/run/mysqld/mysqld.sock", false, 2);
  proc.unix_socket("/run/mysqld/mysqld.sock", false, 3);
  proc.unix_socket("/run/systemd/journal/stdout", false, 4);
  proc.unix_socket("", false, 5);
  EXPECT_EQ(of(take_sample(proc.root(), all_services()), "database").connections, 2);
  std::filesystem::remove_all(proc.path("proc/100/fd"));
  EXPECT_EQ(of(take_sample(proc.root(), all_services()), "database").connections, 2);
}

TEST(sample, of_a_machine_without_services_is_empty) {
  const FakeProc proc;
  proc.process(1, 0, "systemd", {"/sbin/init"});
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_TRUE(sample.services.empty());
  EXPECT_FALSE(runs(sample, "samba"));
  EXPECT_EQ(sample.system.available, 3000000);
}

TEST(sample, says_that_connections_cannot_be_seen) {
  const Samba proc;
  std::filesystem::remove_all(proc.path("proc/net"));
  const Sample sample = take_sample(proc.root(), all_services());
  EXPECT_FALSE(of(sample, "samba").connections);
  ASSERT_EQ(sample.unread.size(), 1U);
  EXPECT_TRUE(sample.unread[0].starts_with("connections: /proc/net/tcp: not there"));
}

}  // namespace
}  // namespace sizing
