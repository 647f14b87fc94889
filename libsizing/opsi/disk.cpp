// Disk space of the folders that grow.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void disk(Rules& rules, Release release) {
  const Quantity clients = rules.quantity("clients"), config = rules.quantity("role.config");
  rules.define("disk.tmp", "GB", rules.figure("disk.tmp_free"), "Space that must stay free in /tmp.");

  // The 4.3 health check also wants free space in /var/lib/opsi itself.
  const Quantity packages = rules.quantity("packages");
  const Quantity depot = release == Release::opsi_4_3 ? packages + rules.figure("disk.free_space") : packages;
  rules.define("disk.var_lib_opsi", "GB", max(rules.figure("disk.var_lib_opsi"), depot),
               release == Release::opsi_4_3 ? "/var/lib/opsi: the packages and the free space that the health check "
                                              "wants, at least {[disk.var_lib_opsi]}."
                                            : "/var/lib/opsi: the packages, at least {[disk.var_lib_opsi]}.");
  rules.define("disk.logs", "GB",
               in(only_if(config, rules.figure("log.base_size") + clients * rules.figure("log.size_per_client")), "GB"),
               "Log files of opsi on the config server, /var/log/opsi.");
  rules.define("disk.database", "GB", in(rules.quantity("database.size"), "GB"),
               "The database's files, without hardware audit.");
  rules.define("disk.backup", "GB", in(only_if(config, clients * rules.figure("backup.size_per_client")), "GB"),
               "One compressed backup of the config server's data.");
  for (const char* folder : {"disk.tmp", "disk.var_lib_opsi", "disk.logs", "disk.database", "disk.backup"})
    rules.resource(folder, folder, folder);
}

}  // namespace sizing
