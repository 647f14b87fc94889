// Samba: a process for each connection to the depot share.
#include "libsizing/opsi/concerns.h"

namespace sizing {
namespace {

// The measured needs beside the published one. Where even the peak stays below the rule, that is a note.
void measured_remarks(Rules& rules, Quantity connections, Quantity published, Quantity reading) {
  const Quantity runs = rules.quantity("service.samba"), none = rules.constant(0);
  const Quantity some = connections > rules.nothing(connections), used = choose(runs, some, none);
  const Quantity above = choose(used, reading > published, none);
  rules.remark(
      "samba_measured", Severity::note, "samba.memory", choose(above, none, used),
      "Samba: {samba.memory} by the published rule; Samba 4.17 was measured to need {samba.memory_measured_idle} "
      "idle and {samba.memory_measured_reading} with every connection reading.");
  rules.remark(
      "samba_measured", Severity::warning, "samba.memory", above,
      "Samba: {samba.memory} by the published rule with its margin; Samba 4.17 was measured to need "
      "{samba.memory_measured_idle} idle and {samba.memory_measured_reading} with every connection reading, which "
      "exceeds the rule.");
  rules.remark(
      "samba_measurement_exceeded", Severity::note, "samba.memory_measured_reading",
      only_if(runs, connections) > rules.figure("samba.connections_measured_reading"),
      "The measured reading peak rests on at most {[samba.connections_measured_reading]}; for {samba.connections} "
      "it is extrapolated.");
  rules.remark("samba_not_running", Severity::warning, "samba.connections", choose(runs, none, some),
               "{samba.connections} to the depot share are stated, but Samba does not run on this server.");
  rules.remark(
      "webdav_not_measured", Severity::note, "depot.webdav", rules.quantity("depot.webdav"),
      "Clients read the depot by WebDAV, through opsiconfd: no source says what that costs it. Count them among "
      "the connections.");
}

}  // namespace

void samba(Rules& rules) {
  const Quantity runs = rules.quantity("service.samba"), connections = rules.quantity("samba.connections");
  const Quantity published = rules.define(
      "samba.memory", "MB",
      only_if(runs, connections * rules.figure("samba.memory_per_connection") * (1 + rules.figure("samba.margin"))),
      "Each active connection starts its own process; estimated for Samba 3, with a margin of {[samba.margin]}.");

  // Measured beside published, as a cross-check: neither replaces the rule.
  const Quantity base = rules.figure("samba.base_memory");
  rules.define("samba.memory_measured_idle", "MB",
               only_if(runs, base + connections * rules.figure("samba.memory_idle_connection")),
               "Cross-check: what Samba 4.17 was measured to need with every connection idle.");
  const Quantity reading =
      rules.define("samba.memory_measured_reading", "MB",
                   only_if(runs, base + connections * rules.figure("samba.memory_reading_connection")),
                   "Cross-check: what Samba 4.17 was measured to need while every connection reads a large file.");
  measured_remarks(rules, connections, published, reading);
}

}  // namespace sizing
