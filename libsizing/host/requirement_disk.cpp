// Disk space: what the page asks of /tmp and /var/lib/opsi, what the plan asks of all folders together, and the free
// space that opsi's health check watches.
#include <map>

#include "libsizing/base/text.h"
#include "libsizing/host/requirement_parts.h"

namespace sizing {
namespace {

std::string where(const Space& space) {
  return space.folder == space.at ? "" : " in " + printable(space.at) + ", since " + space.folder + " is not there";
}

// A warning below 15 GB and a failure below 7.5 GB, as the health check has it.
struct Levels {
  double warning = 0, critical = 0;  // bytes

  Verdict of(double free) const {
    return free < critical ? Verdict::fail : free < warning ? Verdict::warning : Verdict::pass;
  }
};

Levels health_check(const Requiring& r) {
  return {r.figure("disk.free_space", "B"), r.figure("disk.free_space_error", "B")};
}

void require_free(Requiring& r, const std::string& id, const std::string& title, const Space& space,
                  const Levels& levels, const std::string& required, const std::string& source) {
  const Verdict verdict = levels.of(space.free);
  r.add(id, title, verdict, gigabytes(space.free) + " free of " + gigabytes(space.size) + where(space), required,
        source,
        verdict == Verdict::pass ? "" : "Free space there, or enlarge the file system of " + printable(space.at));
  r.result.measures.push_back({id, "free", space.free, "B", levels.warning, levels.critical});
}

// The page of 4.2 asks for it; later the health check alone looks at it.
void require_tmp(Requiring& r) {
  const bool page = r.demand.opsi == "4.2";
  const Figure& row = r.figure(page ? "disk.tmp_free" : "disk.free_space");
  const double least = convert(row.value, row.unit, parse_unit("B"));
  const Levels levels = page ? Levels{least, least} : health_check(r);
  const std::string required =
      "at least " + gigabytes(least) + " free" + (page ? "" : "; a failure below " + gigabytes(levels.critical));
  if (!r.facts.tmp.seen())
    return (void)r.add_unseen("disk.tmp", "Free space in /tmp", r.facts.tmp.unseen, required, row.source);
  require_free(r, "disk.tmp", "Free space in /tmp", r.facts.tmp.value, levels, required, row.source);
}

// The size counts, since opsi's own packages may fill it; before opsi is there the space must be free.
void require_var_lib_opsi(Requiring& r) {
  const Figure& row = r.figure("disk.var_lib_opsi");
  const double least = r.figure("disk.var_lib_opsi", "B");
  const std::string id = "disk.var_lib_opsi", title = "Space for /var/lib/opsi",
                    required = "at least " + gigabytes(least) + ", expandable";
  if (!r.facts.var_lib_opsi.seen())
    return (void)r.add_unseen(id, title, r.facts.var_lib_opsi.unseen, required, row.source);
  const Space& space = r.facts.var_lib_opsi.value;
  const bool in_use = r.facts.opsiconfd.seen() && r.facts.opsiconfd.value.installed;
  const Verdict verdict = space.size < least              ? Verdict::fail
                          : space.free < least && !in_use ? Verdict::warning
                                                          : Verdict::pass;
  r.add(id, title, verdict, gigabytes(space.size) + ", " + gigabytes(space.free) + " free" + where(space), required,
        row.source,
        verdict == Verdict::pass ? ""
        : verdict == Verdict::fail
            ? "Give /var/lib/opsi a file system of at least " + gigabytes(least) + ", on a volume that can grow"
            : "Others use the file system: free " + gigabytes(least) + ", or give /var/lib/opsi one of its own");
  r.result.measures.push_back({id, "size", space.size, "B", std::nullopt, least});
}

void require_watched(Requiring& r) {
  const Levels levels = health_check(r);
  const Figure& row = r.figure("disk.free_space");
  const std::string required =
      "at least " + gigabytes(levels.warning) + " free; a failure below " + gigabytes(levels.critical);
  if (!r.facts.watched.seen())
    return (void)r.add_unseen("disk.free", "Free space of the file systems", r.facts.watched.unseen, required,
                              row.source);
  for (const Space& space : r.facts.watched.value)
    if (space.folder != "/tmp")  // has its row
      require_free(r, "disk.free:" + printable(space.folder), "Free space in " + printable(space.folder), space, levels,
                   required, row.source);
}

struct Need {
  const Fact<Space>& space;
  const char* quantity;
};

// Folders that share a file system share its space: their needs add up.
void require_plan(Requiring& r) {
  struct Sum {
    const Space* space = nullptr;
    double bytes = 0;
    std::vector<std::string> folders, parts;
  };
  std::map<unsigned long long, Sum> by_device;
  const Evaluation& e = r.demand.plan->server.evaluation;
  for (const Need& need : {Need{r.facts.tmp, "disk.tmp"}, Need{r.facts.var_lib_opsi, "disk.var_lib_opsi"},
                           Need{r.facts.logs, "disk.logs"}, Need{r.facts.database, "disk.database"}}) {
    const double bytes = e.value(need.quantity) * 1e9;
    if (!need.space.seen() || bytes <= 0) continue;
    Sum& sum = by_device[need.space.value.device];
    sum.space = &need.space.value;
    sum.bytes += bytes;
    sum.folders.push_back(need.space.value.folder);
    sum.parts.push_back(std::string(need.quantity) + " " + gigabytes(bytes));
  }
  const std::string source = r.figure("disk.var_lib_opsi").source;
  if (by_device.empty())
    r.add_unseen("disk.plan", "Disk space of the plan", r.facts.var_lib_opsi.unseen, "what the plan's folders need",
                 source);
  for (const auto& [device, sum] : by_device) {
    const std::string folders = join(sum.folders, ", "), id = "disk.plan:" + sum.folders[0];
    const bool fits = sum.space->size >= sum.bytes;
    r.add(
        id, "Disk space of the plan for " + folders, fits ? Verdict::pass : Verdict::fail,
        gigabytes(sum.space->size) + " on one file system",
        "at least " + gigabytes(sum.bytes) + ": " + join(sum.parts, ", "), source,
        fits ? ""
             : "Enlarge the file system to " + gigabytes(sum.bytes) + ", or give some of the folders one of their own");
    r.result.measures.push_back({id, "size", sum.space->size, "B", std::nullopt, sum.bytes});
  }
}

}  // namespace

void require_disk_space(Requiring& r) {
  require_tmp(r);
  require_var_lib_opsi(r);
  if (r.demand.plan) require_plan(r);
  require_watched(r);
}

}  // namespace sizing
