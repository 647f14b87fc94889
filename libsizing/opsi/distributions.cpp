#include "libsizing/opsi/distributions.h"

#include <algorithm>
#include <map>
#include <set>

#include "libsizing/base/date.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

// "debian 12" of "Debian 12 Bookworm": lower case, the words that name and number it.
std::string plain_name(const std::string& text) {
  std::string name = replace_all(lower(text), "-", ".");
  for (const char* word : {" linux", " lts", "linux", "server", "gnu/"}) name = replace_all(name, word, "");
  name = replace_all(name, "red hat enterprise", "rhel");
  name = replace_all(name, "suse enterprise", "sles");
  return std::string(trim(name));
}

bool matches(const LinuxRelease& row, const std::string& query) {
  const std::string wanted = plain_name(query);
  const std::vector<std::string> names = {plain_name(row.distribution), plain_name(row.id + " " + row.release)};
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) {
    return n == wanted || n.starts_with(wanted + " ") || n.ends_with(" " + wanted);
  });
}

std::string date_of(const LinuxRelease& row) {
  for (const Source& s : sources())
    if (s.id == row.source) return s.date;
  return "";
}

// The release that a table's rows of this distribution know a host's release by: "9" of "9.4" where they list only
// majors; "15.7" stays itself where they list other releases of 15.
template <class Rows>
std::string known_release(const Rows& rows, const std::string& id, const std::string& release) {
  const std::string major = release.substr(0, release.find('.'));
  const bool by_minor = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
    return row.id == id && (row.release == release || row.release.starts_with(major + "."));
  });
  return by_minor ? release : major;
}

}  // namespace

std::vector<std::string> distribution_releases() {
  std::set<std::string> releases;
  for (const LinuxRelease& row : distributions()) releases.insert(row.opsi);
  return {releases.begin(), releases.end()};
}

std::vector<LinuxRelease> distributions_named(const std::string& query, const std::string& opsi) {
  std::vector<LinuxRelease> rows;
  for (const LinuxRelease& row : distributions())
    if ((opsi.empty() || row.opsi == opsi) && (query.empty() || matches(row, query))) rows.push_back(row);
  return rows;
}

std::vector<LinuxRelease> newest(const std::vector<LinuxRelease>& rows) {
  std::map<std::string, LinuxRelease> best;
  for (const LinuxRelease& row : rows) {
    LinuxRelease& kept = best.try_emplace(row.opsi + "|" + row.id + "|" + row.release, row).first->second;
    if (date_of(row) > date_of(kept)) kept = row;
  }
  std::vector<LinuxRelease> result;
  for (const auto& [key, row] : best) result.push_back(row);
  return result;
}

std::optional<LinuxRelease> distribution_of(const std::string& id, const std::string& release,
                                            const std::string& opsi) {
  const std::string known = known_release(distributions(), id, release);
  std::vector<LinuxRelease> rows;
  for (const LinuxRelease& row : distributions())
    if (row.opsi == opsi && row.id == id && row.release == known) rows.push_back(row);
  if (rows.empty()) return std::nullopt;
  return newest(rows).front();
}

const EndOfLife* end_of_life_of(const std::string& id, const std::string& release) {
  const std::string known = known_release(end_of_life(), id, release);
  for (const EndOfLife& end : end_of_life())
    if (end.id == id && end.release == known) return &end;
  return nullptr;
}

long days_left(const EndOfLife& end, const std::string& today) {
  return (parse_date(end.date).value() - parse_date(today).value()).count();
}

std::vector<std::string> differences(const std::vector<LinuxRelease>& rows) {
  std::map<std::string, std::set<std::string>> views, statuses;
  for (const LinuxRelease& row : rows) {
    const std::string what = row.id + " " + row.release + " on opsi " + row.opsi;
    views[what].insert(row.status + " (" + row.source + ")");
    statuses[what].insert(row.status);
  }
  std::vector<std::string> sentences;
  for (const auto& [what, said] : views)
    if (statuses[what].size() > 1)
      sentences.push_back("the sources differ on " + what + ": " +
                          join(std::vector<std::string>(said.begin(), said.end()), ", ") +
                          "; the newest source answers");
  return sentences;
}

}  // namespace sizing
