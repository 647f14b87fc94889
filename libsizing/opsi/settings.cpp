// The settings that follow from the rules, each as a card: the one table for the plan, which shows what a default does
// not give, and for `tune`, which shows every card and writes the files. Only an amount that a source states or that
// follows from the rules stands here; where no source has one, the card says to leave the default.
#include "libsizing/opsi/concerns.h"

namespace sizing {
namespace {

constexpr char opsiconfd_conf[] = "/etc/opsi/opsiconfd.conf", mysql_conf[] = "/etc/opsi/backends/mysql.conf",
               limits[] = "/etc/systemd/system/opsiconfd.service.d/limits.conf",
               mariadb_conf[] = "/etc/mysql/mariadb.conf.d/60-opsi.cnf", redis_conf[] = "/etc/redis/redis.conf",
               smb_conf[] = "/etc/samba/smb.conf";
constexpr char restart_opsiconfd[] = "systemctl restart opsiconfd", restart_mariadb[] = "systemctl restart mariadb",
               restart_redis[] = "systemctl restart redis-server", reload_samba[] = "systemctl reload smbd";

void opsiconfd_workers(Rules& rules, Release release) {
  const Quantity workers = rules.quantity("opsiconfd.workers"), always = rules.constant(1);
  const bool newest = release == Release::opsi_4_3;
  rules.setting(
      {.key = "workers",
       .file = opsiconfd_conf,
       .section = "",
       .standard = "{[opsiconfd.default_workers]}",
       .apply = "opsiconfd reload",
       .why = "the plan's opsiconfd.workers; opsi itself never derives it from cores or memory",
       .what = "Worker processes of opsiconfd. More than {[opsiconfd.default_workers]} need a licence for the "
               "module Scalability.",
       .when = "When more clients connect at the same time than its workers serve.",
       .sources = newest ? std::vector<std::string>{"req42", "scalability43", "opsiconfd_src"}
                         : std::vector<std::string>{"req42", "opsiconfd42_src"}},
      {workers, workers, rules.figure("opsiconfd.default_workers"), always});
  const char* figure = newest ? "opsiconfd.executor_threads" : "opsiconfd.executor_threads_42";
  const Quantity threads = rules.figure(figure);
  rules.setting({.key = "executor-workers",
                 .file = opsiconfd_conf,
                 .section = "",
                 .standard = newest ? "{[opsiconfd.executor_threads]}" : "{[opsiconfd.executor_threads_42]}",
                 .apply = restart_opsiconfd,
                 .why = "no source asks for more than the default",
                 .what = "Threads of a worker: workers times this many requests are served at the same moment, more "
                         "wait.",
                 .when = "When requests wait although cores and the database are idle; each thread may hold a database "
                         "connection.",
                 .sources = {newest ? "opsiconfd_src" : "opsiconfd42_src"}},
                {threads, threads, threads, always});
}

// Which workers share a pool depends on the version: 4.3.24 gives each its own, the newer manual divides it.
void database_pool(Rules& rules, Release release) {
  const bool newest = release == Release::opsi_4_3;
  const std::string what =
      "of opsiconfd's pool, for each worker; newer versions of opsi 4.3 divide the number "
      "among all workers, rounded up.";
  const Quantity pool = rules.figure("opsiconfd.mysql_pool"), overflow = rules.figure("opsiconfd.mysql_overflow");
  const Quantity runs = rules.quantity("role.config");
  rules.setting({.key = newest ? "connection_pool_size" : "connectionPoolSize",
                 .file = mysql_conf,
                 .section = "",
                 .standard = "{[opsiconfd.mysql_pool]}",
                 .apply = restart_opsiconfd,
                 .why = "no source asks for more than the default",
                 .what = "Database connections " + what,
                 .when = "When requests time out while they wait for a database connection; then raise max_connections "
                         "of the database with it.",
                 .sources = {"mysql43", "opsiconfd_src"}},
                {pool, pool, pool, runs});
  rules.setting({.key = newest ? "connection_pool_max_overflow" : "connectionPoolMaxOverflow",
                 .file = mysql_conf,
                 .section = "",
                 .standard = "{[opsiconfd.mysql_overflow]}",
                 .apply = restart_opsiconfd,
                 .why = "no source asks for more than the default",
                 .what = "Further database connections, opened when they are needed, " + what,
                 .when = "Together with the size of the pool.",
                 .sources = {"mysql43", "opsiconfd_src"}},
                {overflow, overflow, overflow, runs});
}

// opsiconfd itself asks for its usual number; the websockets' descriptors come on top of that.
void open_files(Rules& rules) {
  const Quantity usual = rules.figure("opsiconfd.open_files");
  const Quantity least =
      rules.quantity("opsiconfd.websockets_per_worker") * rules.figure("opsiconfd.descriptors_per_websocket");
  rules.setting({.key = "LimitNOFILE",
                 .file = limits,
                 .section = "Service",
                 .standard = "{[opsiconfd.open_files]}",
                 .apply = "systemctl daemon-reload && systemctl restart opsiconfd",
                 .why = "{[opsiconfd.descriptors_per_websocket]} of a worker, and the {[opsiconfd.open_files]} that "
                        "opsiconfd asks for itself: files and database connections come on top",
                 .what = "Open files of a worker process; a websocket holds one for the client and one for Redis.",
                 .when = "When the websockets of a worker need more than opsiconfd asks for itself.",
                 .sources = {"opsiconfd_src"}},
                {usual + least, least, usual, rules.constant(1)});
}

void database_server(Rules& rules) {
  const Quantity runs = rules.quantity("service.database"), pool = rules.quantity("database.buffer_pool_size"),
                 connections = rules.quantity("database.connections");
  rules.setting({.key = "innodb_buffer_pool_size",
                 .file = mariadb_conf,
                 .section = "mysqld",
                 .standard = "{[database.buffer_pool]}",
                 .apply = restart_mariadb,
                 .why = "holds the whole database",
                 .what = "Memory in which InnoDB keeps data and indexes.",
                 .when = "When the database has outgrown it; hardware audit, which is not counted, adds to it.",
                 .sources = {"opsi_dump", "measured_services"}},
                {pool, pool, rules.figure("database.buffer_pool"), runs});
  rules.setting({.key = "max_connections",
                 .file = mariadb_conf,
                 .section = "mysqld",
                 .standard = "{[database.default_max_connections]}",
                 .apply = restart_mariadb,
                 .why = "what the workers' pools may open, and {[database.other_connections]} for others (assumed)",
                 .what = "Most connections to the database server: workers times pool and overflow, and people, "
                         "backups, monitoring.",
                 .when = "With more workers or a larger pool.",
                 .sources = {"opsiconfd_src", "mariadb_docs", "assumed"}},
                {connections + rules.figure("database.other_connections"), connections,
                 rules.figure("database.default_max_connections"), runs});
  const Quantity packet = rules.figure("database.max_allowed_packet");
  rules.setting({.key = "max_allowed_packet",
                 .file = mariadb_conf,
                 .section = "mysqld",
                 .standard = "{[database.default_max_allowed_packet]}",
                 .apply = restart_mariadb,
                 .why = "opsiconfd refuses less",
                 .what = "Largest packet that the database server takes; opsiconfd asks for at least "
                         "{[database.max_allowed_packet]}.",
                 .when = "When it was set to less.",
                 .sources = {"opsiconfd_src", "mariadb_docs"}},
                {packet, packet, rules.figure("database.default_max_allowed_packet"), runs});
}

void redis_limits(Rules& rules, Release release) {
  const Quantity runs = rules.quantity("service.redis"), memory = rules.quantity("redis.memory"),
                 error = rules.figure("redis.memory_error");
  rules.setting({.key = "maxmemory",
                 .file = redis_conf,
                 .section = "",
                 .standard = "0, no limit",
                 .apply = restart_redis,
                 .why = "a limit would refuse or drop what opsi keeps there; opsi's health check watches the memory: a "
                        "warning from {[redis.memory_warning]}, an error from {[redis.memory_error]}",
                 .what = "Memory at which Redis stops to store, or drops keys.",
                 .when = "Not at all; a limit that is set must not be below what the health check reports as an error.",
                 .sources = {"opsiconfd_check_redis", "redis_conf"},
                 .zero_is_no_limit = true},
                {rules.nothing(memory), max(memory, error), rules.nothing(memory), runs});
  if (release != Release::opsi_4_3) return;
  const Quantity websockets = rules.quantity("opsiconfd.websockets");
  rules.setting(
      {.key = "maxclients",
       .file = redis_conf,
       .section = "",
       .standard = "{[redis.max_clients]}",
       .apply = restart_redis,
       .why = "a blocked connection for each websocket, and {[redis.other_connections]} for others (assumed)",
       .what = "Most connections to Redis; its unit's LimitNOFILE has to be above it.",
       .when = "When the websockets of all workers together come near it.",
       .sources = {"opsiconfd_src", "measured_services", "assumed"}},
      {websockets + rules.figure("redis.other_connections"), websockets, rules.figure("redis.max_clients"), runs});
}

void samba_limits(Rules& rules) {
  const Quantity runs = rules.quantity("service.samba"), processes = rules.figure("samba.default_max_processes"),
                 files = rules.figure("samba.default_max_open_files"),
                 deadtime = rules.figure("samba.default_deadtime");
  rules.setting({.key = "max smbd processes",
                 .file = smb_conf,
                 .section = "global",
                 .standard = "0, no limit",
                 .apply = reload_samba,
                 .why = "each connection to the depot share has its own process: a limit below them turns clients away",
                 .what = "Most smbd processes at the same time.",
                 .when = "Not at all; a limit that is set must not be below the connections to the depot share.",
                 .sources = {"req42", "samba_man"},
                 .zero_is_no_limit = true},
                {processes, rules.quantity("samba.connections"), processes, runs});
  rules.setting({.key = "max open files",
                 .file = smb_conf,
                 .section = "global",
                 .standard = "{[samba.default_max_open_files]}",
                 .apply = reload_samba,
                 .why = "the manual says that nobody should need to touch it; Samba sets a smaller value back",
                 .what = "Files that one smbd process may have open for its client.",
                 .when = "Not at all.",
                 .sources = {"samba_man"}},
                {files, files, files, runs});
  rules.setting({.key = "deadtime",
                 .file = smb_conf,
                 .section = "global",
                 .standard = "{[samba.default_deadtime]}",
                 .apply = reload_samba,
                 .why = "no source asks for another value for a depot share",
                 .what = "Minutes after which a connection without an open file is closed; 0 is never. The manual "
                         "recommends a few minutes for most systems.",
                 .when = "When idle connections hold memory that the server lacks; a client connects again by itself.",
                 .sources = {"samba_man"}},
                {deadtime, rules.nothing(deadtime), deadtime, runs});
}

}  // namespace

void settings(Rules& rules, Release release) {
  if (release != Release::opsi_4_1) {
    opsiconfd_workers(rules, release);
    database_pool(rules, release);
    if (release == Release::opsi_4_3) open_files(rules);
    database_server(rules);
    redis_limits(rules, release);
  }
  samba_limits(rules);
}

}  // namespace sizing
