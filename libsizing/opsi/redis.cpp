// Redis. opsi 4.1 has none; 4.3 blocks one Redis connection for each message bus websocket, and its health check has
// levels for Redis' memory.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void redis(Rules& rules, Release release) {
  if (release == Release::opsi_4_1) return;
  const Quantity runs = rules.quantity("service.redis"), base = rules.figure("redis.base_memory");
  if (release == Release::opsi_4_2) {
    rules.define("redis.memory", "MB", only_if(runs, base), "Redis: what an empty one was measured to need.");
    return;
  }
  const Quantity websockets = rules.quantity("opsiconfd.websockets");
  const Quantity memory = rules.define(
      "redis.memory", "MB", only_if(runs, base + websockets * rules.figure("redis.memory_per_blocked_connection")),
      "Redis: an empty one, and a blocked connection for each websocket.");

  const Quantity error = rules.figure("redis.memory_error"), none = rules.constant(0);
  rules.remark("redis_memory", Severity::error, "redis.memory", memory > error,
               "Redis would use {redis.memory}; opsi's health check reports an error from {[redis.memory_error]}.");
  rules.remark("redis_memory", Severity::warning, "redis.memory",
               choose(memory > error, none, memory > rules.figure("redis.memory_warning")),
               "Redis would use {redis.memory}; opsi's health check warns from {[redis.memory_warning]}.");

  const Quantity most = rules.figure("redis.max_clients");
  rules.remark("redis_max_clients", Severity::error, "opsiconfd.websockets", websockets > most,
               "{opsiconfd.websockets} for websockets block one Redis connection each; Redis allows "
               "{[redis.max_clients]} (maxclients) "
               "unless it is raised.");
}

}  // namespace sizing
