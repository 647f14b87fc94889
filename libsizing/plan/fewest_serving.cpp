#include "libsizing/plan/fewest_serving.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/resolve.h"

namespace sizing {
namespace {

class Search {
 public:
  Search(Serving serving, const ServiceLevel& level, const DayRun& run)
      : serving_(std::move(serving)), level_(level), run_(run) {}

  bool kept(double workers, double cores) {
    serve_with(serving_, workers, cores);
    const Day day = simulate_day(serving_.clients, serving_.facility, serving_.patience, run_);
    if (day.replications < run_.replications) throw InputError(level_.place, "stopped before it was found");
    tried.push_back({workers, cores, figure_of(day, level_), keeps(day, level_)});
    return tried.back().kept;
  }

  std::vector<TriedService> tried;

 private:
  Serving serving_;
  const ServiceLevel& level_;
  const DayRun& run_;
};

// The least whole number from 1 that is enough, where `most` is known to be enough or all below it are to be tried; 0
// where none is. Doubling first, since the answer is mostly small and a try costs the more the more wait.
template <class Enough>
double least(double most, const Enough& enough) {
  double low = 0, high = 1;
  while (!enough(high)) {
    low = high;
    if (high == most) return 0;
    high = std::min(2 * high, most);
  }
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

const TriedService* find_tried(const std::vector<TriedService>& tried, double workers, double cores) {
  for (const TriedService& each : tried)
    if (each.workers == workers && each.cores == cores) return &each;
  return nullptr;
}

std::string with(double workers, double cores) {
  return with_unit(rounded(workers), parse_unit("worker")) + " and " + with_unit(rounded(cores), parse_unit("core"));
}

std::string text_of(const FewestServing& f) {
  const TriedService& kept = *find_tried(f.tried, f.workers, f.cores);
  std::string text = "\"" + printable(f.level.text) + "\" is kept with " + with(f.workers, f.cores) +
                     " (simulated: " + time_text(kept.figure);
  for (const auto& [workers, cores] : {std::pair{f.workers - 1, f.workers - 1}, std::pair{f.workers, f.cores - 1}})
    if (const TriedService* less = find_tried(f.tried, workers, cores); less && cores > 0)
      text += "; with " + with(workers, cores) + " " + time_text(less->figure);
  return text + "; " + rounded(static_cast<double>(f.replications)) + " replications, seed " + std::to_string(f.seed) +
         ")";
}

void state_least(Site& site, std::size_t server, const char* input, double value, const FewestServing& fewest) {
  for (const Statement& said : site.servers[server].statements)
    if (said.name == input && said.value >= value) return;
  state(site.servers[server], {input, value, fewest.level.place, fewest.text, fewest.kind});
}

Kind weakest_of(const Serving& serving) {
  Kind kind = Kind::derived;
  for (const RoutineFact& fact : serving.facts) kind = weakest(kind, fact.kind);
  for (const RoutineAt& at : serving.routines)
    for (const RoutineFact& fact : at.facts) kind = weakest(kind, fact.kind);
  return kind;
}

}  // namespace

FewestServing fewest_within(const Site& site, const ServiceLevel& level, const DayRun& asked) {
  Serving serving = serving_of(site);
  const DayRun run = usual_run(serving, asked);
  check_replications(run);
  FewestServing fewest{level, serving.server, 0, 0, {}, run.replications, run.seed, "", {}};
  const double busy_cores =
      std::max(1.0, std::floor(find_figure(*serving.evaluation.model, "opsiconfd.busy_cores_per_worker")->value));
  fewest.kind = weakest_of(serving);
  Search search(std::move(serving), level, run);
  fewest.workers =
      least(most_workers_tried, [&](double workers) { return search.kept(workers, workers * busy_cores); });
  if (fewest.workers == 0)
    throw InputError(level.place,
                     "is not kept whatever the number of workers: with " + rounded(most_workers_tried) + " it is " +
                         time_text(search.tried.back().figure),
                     level.text, "a limit above what a request takes without waiting");
  fewest.cores = least(fewest.workers * busy_cores, [&](double cores) { return search.kept(fewest.workers, cores); });
  fewest.tried = std::move(search.tried);
  fewest.text = text_of(fewest);
  return fewest;
}

Site site_within(Site site, const FewestServing& fewest) {
  const std::size_t server = main_server(site);
  state_least(site, server, "least_workers", fewest.workers, fewest);
  state_least(site, server, "least_cores", fewest.cores, fewest);
  return site;
}

}  // namespace sizing
