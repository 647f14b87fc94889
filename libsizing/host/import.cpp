#include "libsizing/host/import.h"

#include <algorithm>
#include <array>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"

namespace sizing {
namespace {

const Server& server_of(const Import& import) { return import.plan.site.servers.front(); }
const Evaluation& evaluation_of(const Import& import) { return import.plan.servers.front().server.evaluation; }

bool states(const Server& server, const std::string& input) {
  return std::any_of(server.statements.begin(), server.statements.end(),
                     [&](const Statement& s) { return s.name == input; });
}

// Without the packages the need of the disk is only the least; and free space is no size.
bool may_be_oversized(const Server& server, const std::string& resource) {
  if (resource == "disk.tmp") return false;
  return resource != "disk.var_lib_opsi" || states(server, "packages");
}

SizeVerdict verdict_of(const Import& import, const Fit& fit) {
  if (!fit.fits) return SizeVerdict::too_small;
  const double times = find_figure(*import.plan.model, "hardware.oversized")->value;
  const bool oversized = fit.needed > 0 && fit.offered > times * fit.needed;
  return oversized && may_be_oversized(server_of(import), fit.resource) ? SizeVerdict::oversized : SizeVerdict::fits;
}

void judge_hardware(Import& import) {
  const Evaluation& e = evaluation_of(import);
  for (const Fit& fit : import.plan.servers.front().fits) {
    const NodeId node = find_node(*e.model, fit.quantity);
    const auto& offers = server_of(import).hardware;
    const auto offer =
        std::find_if(offers.begin(), offers.end(), [&](const Offer& o) { return o.resource == fit.resource; });
    import.hardware.push_back({fit, verdict_of(import, fit), decided_by(e, node), rests_on(e, node), offer->place});
  }
}

std::string redis_level(const Model& model, double used) {
  if (used >= find_figure(model, "redis.memory_error")->value) return "an error to the health check";
  if (used >= find_figure(model, "redis.memory_warning")->value) return "a warning to the health check";
  return "below the health check's levels";
}

void judge_in_force(Import& import) {
  const Diagnostic& d = import.diagnostic;
  const Evaluation& e = evaluation_of(import);
  if (d.workers) {
    const double planned = e.value("opsiconfd.workers"), there = d.workers->value;
    import.in_force.push_back({"opsiconfd.workers", parse_unit("worker"), there, planned,
                               there < planned   ? "too few" : there > planned ? "more than planned"
                                                                               : "as planned",
                               d.workers->place});
  }
  if (d.redis_memory && find_formula(*e.model, "redis.memory")) {
    const double used = d.redis_memory->value / 1e6;
    import.in_force.push_back({"redis.memory", parse_unit("MB"), used, e.value("redis.memory"),
                               redis_level(*e.model, used), d.redis_memory->place});
  }
}

std::string amounts(const Fit& fit) {
  return fit.resource + " (" + with_unit(rounded(fit.needed), fit.unit) + " needed, " +
         with_unit(rounded(fit.offered), fit.unit) + " there)";
}

std::string those(const Import& import, SizeVerdict verdict) {
  std::vector<std::string> parts;
  for (const HardwareVerdict& line : import.hardware)
    if (line.verdict == verdict) parts.push_back(amounts(line.fit));
  return listed(parts);
}

std::string hardware_clause(const Import& import) {
  const Evaluation& e = evaluation_of(import);
  const std::string name = server_of(import).name;
  const std::string load = with_unit(rounded(e.value("clients")), parse_unit("client"));
  const std::string rules = " by the rules of opsi " + e.model->name;
  if (import.hardware.empty())
    return "Of the hardware of " + name + " nothing is known; " + load + " need " +
           with_unit(rounded(e.value("server.cores")), parse_unit("core")) + " and " +
           with_unit(rounded(e.value("server.memory")), parse_unit("MB")) + " of memory" + rules;
  const std::string small = those(import, SizeVerdict::too_small), large = those(import, SizeVerdict::oversized);
  const std::string oversized = large.empty() ? "" : "; oversized: " + large;
  if (!small.empty()) return name + " is too small for " + load + rules + ": it lacks " + small + oversized;
  return name + " is large enough for " + load + rules + oversized;
}

std::string workers_clause(const Import& import) {
  for (const InForce& line : import.in_force)
    if (line.quantity == "opsiconfd.workers" && line.there < line.planned)
      return "; " + with_unit(rounded(line.there), line.unit) + " in force, " + rounded(line.planned) + " planned";
  return "";
}

// What decides the verdict and was in no file.
std::string assumed_clause(const Import& import) {
  std::vector<std::string> inputs;
  for (const Remark& remark : import.plan.servers.front().remarks)
    if (remark.code == "assumed_input") inputs.push_back(remark.quantity);
  return inputs.empty() ? "" : "; assumed: " + join(inputs, ", ");
}

}  // namespace

std::string_view name(SizeVerdict verdict) {
  constexpr std::array<std::string_view, 3> names = {"too small", "fits", "oversized"};
  return names[static_cast<std::size_t>(verdict)];
}

bool Import::too_small() const {
  return std::any_of(hardware.begin(), hardware.end(),
                     [](const HardwareVerdict& line) { return line.verdict == SizeVerdict::too_small; });
}

Import import_site(const Diagnostic& diagnostic, const Site& site) {
  if (!states(site.servers.front(), "clients"))
    throw InputError({diagnostic.file, 0, 0, "clients.client_count"}, "is missing", "",
                     "a file that has it, or clients stated beside it");
  Import import{diagnostic, make_plan(site), {}, {}, taken_from(diagnostic), {}, ""};
  judge_hardware(import);
  judge_in_force(import);
  import.remarks = import_remarks(import);
  import.answer = hardware_clause(import) + workers_clause(import) + assumed_clause(import) + ".";
  return import;
}

}  // namespace sizing
