// MySQL or MariaDB. opsi publishes no rule for its memory. Ours: the buffer pool holds the whole database, and is never
// smaller than MariaDB's default; on top of it the server itself and the connections that the workers' pools may open.
#include "libsizing/opsi/concerns.h"

namespace sizing {
void database(Rules& rules, Release release) {
  const Quantity runs = rules.quantity("service.database");
  const Quantity data = rules.define(
      "database.size", "MB", only_if(runs, rules.quantity("clients") * rules.figure("database.size_per_client")),
      "Data and indexes, without hardware audit.");
  if (release == Release::opsi_4_1) {
    rules.remark("database_not_counted", Severity::note, "database.size", runs,
                 "The 4.1 rules state no memory for a database; where MySQL is used, add it.");
    return;
  }
  const Quantity pool =
      rules.define("database.buffer_pool_size", "MB", only_if(runs, max(rules.figure("database.buffer_pool"), data)),
                   "InnoDB buffer pool: the whole database, at least MariaDB's default.");
  const Quantity each = rules.figure("opsiconfd.mysql_pool") + rules.figure("opsiconfd.mysql_overflow");
  const Quantity connections =
      rules.define("database.connections", "connection", only_if(runs, rules.quantity("opsiconfd.workers") * each),
                   "Most connections that the workers' pools open.");
  rules.define("database.memory", "MB",
               only_if(runs, rules.figure("database.base_memory") + pool +
                                 connections * rules.figure("database.memory_per_connection")),
               "The database server: itself, its buffer pool and its connections.");
}

}  // namespace sizing
