// Architecture, memory and cores.
#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/requirement_parts.h"
#include "libsizing/model/decide.h"

namespace sizing {
namespace {

// The page of opsi 4.1 names x86 alone; the later ones name those of the figure.
void require_architecture(Requiring& r) {
  const bool old = r.demand.opsi == "4.1";
  const auto allowed = split(old ? "x86-64|i386" : r.figure("server.architectures").text, '|');
  const std::string required = old ? "x86" : join(allowed, " or "), title = "Architecture";
  const std::string source = old ? "getting_started_41" : r.figure("server.architectures").source;
  const auto& fact = r.facts.architecture;
  if (!fact.seen()) return (void)r.add_unseen("architecture", title, fact.unseen, required, source);
  const bool fits = std::find(allowed.begin(), allowed.end(), fact.value.name) != allowed.end();
  r.add("architecture", title, fits ? Verdict::pass : Verdict::fail, fact.value.name + " by " + fact.value.from,
        required, source, fits ? "" : "opsi's packages are built for " + required + ": use such a machine");
}

// What the plan's quantity was decided by: "server.memory 3130.2 MB, decided by server.memory_by_services".
std::string plan_need(const ServerPlan& plan, const std::string& quantity) {
  const Evaluation& e = plan.server.evaluation;
  const std::string by = decided_by(e, find_node(*e.model, quantity));
  return "for the plan of " + printable(plan.server.name) + ": " + quantity + (by.empty() ? "" : ", decided by " + by);
}

std::string memory_found(const Memory& memory, double needed) {
  return memory_size(memory.total) + (memory.limit ? ", the limit of this container" : "") +
         (memory.total < needed ? ", less than " + gigabytes(needed) : "");
}

// Held against `needed` bytes; a little less passes, since what the kernel shows is less than what is built in.
void require_memory(Requiring& r, const std::string& id, const std::string& title, double needed,
                    const std::string& required, const std::string& source) {
  const auto& fact = r.facts.memory;
  if (!fact.seen()) return (void)r.add_unseen(id, title, fact.unseen, required, source);
  const double least = needed * r.figure("check.memory_tolerance", "%") / 100;
  const bool fits = fact.value.total >= least;
  r.add(id, title, fits ? Verdict::pass : Verdict::fail, memory_found(fact.value, needed), required, source,
        fits ? ""
             : "Give the host " + std::string(fact.value.limit ? "and its container " : "") + "at least " +
                   memory_size(needed) + " of memory");
  r.result.measures.push_back({id, "memory", fact.value.total, "B", std::nullopt, least});
}

void require_all_memory(Requiring& r) {
  const Figure& least = r.figure("server.min_memory");
  const double bytes = r.figure("server.min_memory", "B");
  const std::string tolerance = rounded(r.figure("check.memory_tolerance", "%")) + " % of it pass";
  require_memory(r, "memory", "Memory", bytes, "at least " + gigabytes(bytes) + "; " + tolerance, least.source);
  if (!r.demand.plan) return;
  const double needed = r.demand.plan->server.evaluation.value("server.memory") * 1e6;
  require_memory(r, "memory.plan", "Memory of the plan", needed,
                 "at least " + gigabytes(needed) + " " + plan_need(*r.demand.plan, "server.memory") + "; " + tolerance,
                 least.source);
}

std::string cores_found(const Processors& p) {
  const double shown = p.limit ? *p.limit : p.usable;
  return rounded(shown) + (shown == 1 ? " processor" : " processors") +
         (p.limit ? ", the limit of this container" : "") +
         (p.cores > 0 && p.cores < shown ? " on " + std::to_string(p.cores) + (p.cores == 1 ? " core" : " cores") : "");
}

// What the kernel counts are threads where cores have two of them; that is said, and decides nothing against the host.
void require_cores(Requiring& r, const std::string& id, const std::string& title, double needed,
                   const std::string& required, const std::string& source) {
  const auto& fact = r.facts.processors;
  if (!fact.seen()) return (void)r.add_unseen(id, title, fact.unseen, required, source);
  const Processors& p = fact.value;
  const bool fits = p.usable >= needed, threads = fits && p.cores > 0 && p.cores < needed;
  r.add(id, title,
        !fits     ? Verdict::fail
        : threads ? Verdict::note
                  : Verdict::pass,
        cores_found(p), required, source,
        !fits     ? "Give the host at least " + rounded(needed) + " cores"
        : threads ? "The host reaches the number with two threads on a core, which do less than two cores"
                  : "");
  r.result.measures.push_back({id, "processors", p.usable, "", std::nullopt, needed});
}

void require_all_cores(Requiring& r) {
  const Figure& least = r.figure("server.min_cores");
  require_cores(r, "cores", "Processor cores", least.value, "at least " + rounded(least.value), least.source);
  if (!r.demand.plan) return;
  const double needed = r.demand.plan->server.evaluation.value("server.cores");
  require_cores(r, "cores.plan", "Processor cores of the plan", needed,
                "at least " + rounded(needed) + " " + plan_need(*r.demand.plan, "server.cores"), least.source);
}

}  // namespace

void require_hardware(Requiring& r) {
  require_architecture(r);
  require_all_memory(r);
  require_all_cores(r);
}

}  // namespace sizing
