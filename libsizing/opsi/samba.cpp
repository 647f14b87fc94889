// Samba: a process for each connection to the depot share.
#include "libsizing/opsi/concerns.h"

namespace sizing {

void samba(Rules& rules) {
  const Quantity runs = rules.quantity("service.samba"), connections = rules.quantity("samba.connections");
  const Quantity published = rules.define(
      "samba.memory", "MB",
      only_if(runs, connections * rules.figure("samba.memory_per_connection") * (1 + rules.figure("samba.margin"))),
      "Each active connection starts its own process; estimated for Samba 3, with a margin of half.");

  // Measured beside published, as a cross-check: neither replaces the rule.
  const Quantity base = rules.figure("samba.base_memory");
  rules.define("samba.memory_measured_idle", "MB",
               only_if(runs, base + connections * rules.figure("samba.memory_idle_connection")),
               "Cross-check: what Samba 4.17 was measured to need with every connection idle.");
  const Quantity reading =
      rules.define("samba.memory_measured_reading", "MB",
                   only_if(runs, base + connections * rules.figure("samba.memory_reading_connection")),
                   "Cross-check: what Samba 4.17 was measured to need while every connection reads a large file.");

  rules.remark(
      "samba_measured", Severity::note, "samba.memory", only_if(runs, connections) > rules.nothing(connections),
      "Samba: {samba.memory} by the published rule; Samba 4.17 was measured to need {samba.memory_measured_idle} "
      "idle and {samba.memory_measured_reading} with every connection reading.");
  rules.remark("samba_peak_above_rule", Severity::warning, "samba.memory",
               choose(connections > rules.nothing(connections), reading > published, rules.constant(0)),
               "With all {samba.connections} reading at once, the measured peak of Samba 4.17, "
               "{samba.memory_measured_reading}, exceeds the published rule with its margin, {samba.memory}.");
  rules.remark("samba_measurement_exceeded", Severity::note, "samba.memory_measured_reading",
               only_if(runs, connections) > rules.figure("samba.connections_measured_reading"),
               "The measured reading peak rests on at most {[samba.connections_measured_reading]}; for "
               "{samba.connections} it is extrapolated.");
}

}  // namespace sizing
