// The distribution against the matrix of the opsi release, and its end of life.
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/requirement_parts.h"
#include "libsizing/opsi/distributions.h"

namespace sizing {
namespace {

std::string shown(const OsRelease& os) {
  const std::string name = os.pretty_name.empty() ? os.id + " " + os.version_id : os.pretty_name;
  return excerpt(name) + " (" + excerpt(os.id + " " + os.version_id) + ")";
}

// The newest source of the matrix of this release: it is named where a distribution is not.
std::string matrix_source(const std::string& opsi) {
  std::string id, date;
  for (const LinuxRelease& row : distributions())
    for (const Source& source : sources())
      if (row.opsi == opsi && source.id == row.source && source.date > date) id = source.id, date = source.date;
  return id;
}

bool has_ended(const LinuxRelease& row, const std::string& date) {
  const EndOfLife* end = end_of_life_of(row.id, row.release);
  return end && days_left(*end, date) < 0;
}

// What to move to: the releases of the same distribution that the matrix supports and that have not ended, else those
// of others, else the opsi release that supports this one.
std::string where_to(const OsRelease& os, const Demand& demand) {
  std::vector<std::string> own, others, newer;
  for (const LinuxRelease& row : newest(distributions_named("", demand.opsi)))
    if (row.status == "supported" && !has_ended(row, demand.date))
      (row.id == os.id ? own : others).push_back(row.distribution);
  for (const std::string& opsi : distribution_releases()) {
    const auto row = distribution_of(os.id, os.version_id, opsi);
    if (opsi > demand.opsi && row && row->status == "supported" && !has_ended(*row, demand.date)) newer.push_back(opsi);
  }
  std::string text;
  if (!newer.empty()) text = "opsi " + newer.back() + " supports it. ";
  if (!own.empty()) return text + "opsi " + demand.opsi + " supports " + join_some(own);
  if (!others.empty())
    return text + "No release of it that opsi " + demand.opsi + " supports lives on; of others: " + join_some(others);
  return text + "Nothing that opsi " + demand.opsi + " supports lives on: plan for a newer opsi";
}

std::vector<std::string> other_views(const OsRelease& os, const LinuxRelease& row) {
  std::vector<LinuxRelease> rows;
  for (const LinuxRelease& other : distributions())
    if (other.opsi == row.opsi && other.id == os.id && other.release == row.release) rows.push_back(other);
  return differences(rows);
}

void require_support(Requiring& r, const OsRelease& os) {
  const std::string& opsi = r.demand.opsi;
  const std::string id = "distribution", title = "Distribution", required = "one that opsi " + opsi + " supports";
  const std::string source = matrix_source(opsi);
  if (source.empty())
    return (void)r.add(id, title, Verdict::note, shown(os), required, "getting_started_41",
                       "There is no list of distributions for opsi " + opsi + " to hold it against");
  const auto row = distribution_of(os.id, os.version_id, opsi);
  if (!row)
    return (void)r.add(id, title, Verdict::fail, shown(os) + ", which no list names", required, source,
                       where_to(os, r.demand));
  const Verdict verdict = row->status == "supported" ? Verdict::pass
                          : row->status == "develop" ? Verdict::warning
                                                     : Verdict::fail;
  std::string advice = verdict == Verdict::pass ? "" : where_to(os, r.demand);
  const auto views = other_views(os, *row);
  if (verdict != Verdict::pass && !views.empty()) advice += ". Note: " + join(views, "; ");
  r.add(id, title, verdict, shown(os) + ": " + row->status, required, row->source, advice);
}

// As the health check: a warning from 90 days before the last day on, a failure after it.
void require_life(Requiring& r, const OsRelease& os) {
  const std::string id = "distribution.end_of_life", title = "End of life of the distribution";
  const double warning = r.figure("check.end_of_life_warning", "day");
  const std::string required = "not yet; a warning from " + rounded(warning) + " days before",
                    source = r.figure("check.end_of_life_warning").source;
  const EndOfLife* end = end_of_life_of(os.id, os.version_id);
  if (!end)
    return (void)r.add(id, title, Verdict::note, "no date known for " + excerpt(os.id + " " + os.version_id), required,
                       source, "See until when its maker supports it");
  const long left = days_left(*end, r.demand.date);
  const Verdict verdict = left < 0                               ? Verdict::fail
                          : static_cast<double>(left) <= warning ? Verdict::warning
                                                                 : Verdict::pass;
  r.add(id, title, verdict,
        left < 0 ? "since " + end->date : end->date + ", in " + std::to_string(left) + (left == 1 ? " day" : " days"),
        required, end->source, verdict == Verdict::pass ? "" : "Upgrade in time. " + where_to(os, r.demand));
  r.result.measures.push_back({id, "days_left", static_cast<double>(left), "", warning + 1, 0.0});
}

}  // namespace

void require_distribution(Requiring& r) {
  const auto& os = r.facts.os;
  if (os.seen()) {
    require_support(r, os.value);
    require_life(r, os.value);
    return;
  }
  const std::string source = matrix_source(r.demand.opsi);
  r.add_unseen("distribution", "Distribution", os.unseen, "one that opsi " + r.demand.opsi + " supports",
               source.empty() ? "getting_started_41" : source);
  r.add_unseen("distribution.end_of_life", "End of life of the distribution", os.unseen, "not yet",
               r.figure("check.end_of_life_warning").source);
}

}  // namespace sizing
