#include "libsizing/report/lists.h"

#include <algorithm>

#include "libsizing/base/date.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/requirements.h"
#include "libsizing/opsi/distributions.h"
#include "libsizing/opsi/port_matrix.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/peaks.h"
#include "libsizing/plan/serving.h"

namespace sizing {
namespace {

Cell cell(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }

std::string users_of(const std::string& figure) {
  std::vector<std::string> users;
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    const Figure* row = find_figure(*model, figure);
    if (model->figure_used[static_cast<std::size_t>(row - model->figures.data())]) users.push_back(set.name);
  }
  const auto& checks = figures_of_checks();
  if (std::find(checks.begin(), checks.end(), figure) != checks.end()) users.emplace_back("check");
  const auto& routines = figures_of_routines();
  if (std::find(routines.begin(), routines.end(), figure) != routines.end()) users.emplace_back("load");
  const auto& serving = figures_of_serving();
  if (std::find(serving.begin(), serving.end(), figure) != serving.end()) users.emplace_back("simulate");
  return users.empty() ? "background" : join(users, " ");
}

template <class Rows, class Get>
std::vector<std::string> distinct(const Rows& rows, Get get) {
  std::vector<std::string> values;
  for (const auto& row : rows)
    if (std::find(values.begin(), values.end(), get(row)) == values.end()) values.push_back(get(row));
  std::sort(values.begin(), values.end());
  return values;
}

void check_known(const std::string& value, const std::vector<std::string>& known, const std::string& key) {
  if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) return;
  throw InputError({"", 0, 0, key}, "unknown" + did_you_mean(value, known), value, join_some(known));
}

bool passes(const Port& port, const PortFilter& filter) {
  if (port.opsi != filter.opsi) return false;
  if (filter.role.empty()) return true;
  for (const Direction direction : {Direction::in, Direction::out, Direction::local})
    if ((filter.direction.empty() || filter.direction == name(direction)) && passes(port, filter.role, direction))
      return true;
  return false;
}

std::string end_sentence(const LinuxRelease& row, const std::string& date) {
  const EndOfLife* end = end_of_life_of(row.id, row.release);
  if (!end) return "no end-of-life date known";
  const long left = days_left(*end, date);
  if (left < 0) return "end of life since " + end->date;
  return "end of life " + end->date + ", in " + std::to_string(left) + " days";
}

}  // namespace

List figures_list(const std::vector<std::string>& names) {
  List list{"figures", "Figures",
            "",        {{"key", "value", "low", "high", "unit", "kind", "opsi", "source", "used_by", "note"}, {}},
            "note",    {}};
  std::vector<std::string> known;
  for (const Figure& figure : figures()) known.push_back(figure.name);
  for (const std::string& wanted : names) check_known(wanted, known, "figure");
  for (const Figure& f : figures()) {
    if (!names.empty() && std::find(names.begin(), names.end(), f.name) == names.end()) continue;
    const bool plain = f.curve.empty() && f.text.empty();
    list.table.rows.push_back({f.name, plain ? Cell{f.value} : Cell{value_text(f)}, cell(f.low), cell(f.high),
                               unit_text(f), std::string(name(f.kind)), f.opsi, f.source, users_of(f.name), f.note});
  }
  return list;
}

List sources_list() {
  List list{"sources", "Sources", "", {{"id", "title", "date", "applies_to", "where"}, {}}, "where", {}};
  for (const Source& s : sources()) list.table.rows.push_back({s.id, s.title, s.date, s.applies_to, s.where});
  return list;
}

List ports_list(const PortFilter& filter) {
  check_known(filter.opsi, port_releases(), "opsi");
  check_known(filter.role, {"config", "depot", "client"}, "role");
  check_known(filter.direction, {"in", "out", "local"}, "direction");
  if (filter.role.empty() && !filter.direction.empty())
    throw InputError({"", 0, 0, "direction"}, "needs a role, since a direction is seen from a host");
  List list{"ports",     "Ports of opsi " + filter.opsi,
            "",          {{"opsi", "port", "protocol", "from", "to", "purpose", "source", "condition"}, {}},
            "condition", {}};
  if (!filter.role.empty())
    list.title += ", " + filter.role + (filter.role == "client" ? "" : " server") +
                  (filter.direction.empty()      ? ""
                   : filter.direction == "local" ? ", on the host itself"
                   : filter.direction == "in"    ? ", incoming"
                                                 : ", outgoing");
  for (const Port& p : ports())
    if (passes(p, filter))
      list.table.rows.push_back(
          {p.opsi, p.port, p.protocol, p.from.name, p.to.name, p.purpose, p.source, sizing::cell(p.condition)});
  return list;
}

DistributionAnswer distributions_list(const std::string& query, const std::string& opsi, const std::string& date) {
  check_known(opsi, distribution_releases(), "opsi");
  if (!parse_date(date)) throw InputError({"", 0, 0, "date"}, "not a day", date, "a day such as 2026-06-10");
  const auto rows = distributions_named(query, opsi);
  auto names = distinct(distributions(), [](const LinuxRelease& d) { return d.distribution; });
  for (const std::string& id : distinct(distributions(), [](const LinuxRelease& d) { return d.id; }))
    names.push_back(id);
  if (rows.empty() && (opsi.empty() || distributions_list(query, "", date).list.table.rows.empty()))
    throw InputError({"", 0, 0, "distribution"}, "no source names it" + did_you_mean(query, names), query,
                     "a name that the list of distributions has");

  DistributionAnswer answer{{"distributions",
                             "Distributions for an opsi server",
                             "",
                             {{"opsi", "distribution", "id", "release", "status", "end_of_life", "source"}, {}},
                             "",
                             {}},
                            true};
  for (const std::string& difference : differences(rows)) answer.list.foot.push_back({"", difference});
  for (const LinuxRelease& row : rows) {
    const EndOfLife* end = end_of_life_of(row.id, row.release);
    answer.list.table.rows.push_back(
        {row.opsi, row.distribution, row.id, row.release, row.status, sizing::cell(end ? end->date : ""), row.source});
  }
  if (query.empty()) return answer;
  std::vector<std::string> verdicts;
  answer.supported = false;
  for (const LinuxRelease& row : newest(rows)) {
    answer.supported = answer.supported || row.status == "supported";
    verdicts.push_back(row.distribution + " is " + row.status + " by opsi " + row.opsi + " (" + row.source + "); " +
                       end_sentence(row, date) + ".");
  }
  constexpr std::size_t few = 4;
  if (verdicts.size() > few)
    verdicts = {std::to_string(verdicts.size()) +
                " releases match; the newest source of each says whether opsi supports it."};
  if (rows.empty()) verdicts.push_back("No source says that opsi " + opsi + " supports " + query + ".");
  answer.list.answer = join(verdicts, " ");
  return answer;
}

}  // namespace sizing
