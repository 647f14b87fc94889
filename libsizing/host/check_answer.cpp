#include "libsizing/host/check_answer.h"

#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/names.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing {
namespace {

std::string counted(int count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// The titles of the rows with a verdict, each once.
std::vector<std::string> titles(const std::vector<Check>& checks, Verdict verdict) {
  std::vector<std::string> result;
  for (const Check& check : checks)
    if (check.verdict == verdict && std::find(result.begin(), result.end(), check.title) == result.end())
      result.push_back(check.title);
  return result;
}

std::string answer_of(const std::string& subject, const std::vector<Check>& checks) {
  auto count = counts(checks);
  const int fails = count[Verdict::fail], looked_at = fails + count[Verdict::warning] + count[Verdict::pass];
  std::string text = subject;
  if (fails > 0)
    text += " fails " + std::to_string(fails) + " of " + counted(looked_at, "requirement", "requirements") + ": " +
            join_some(titles(checks, Verdict::fail)) + ".";
  else
    text += " fails none of " + counted(looked_at, "requirement", "requirements") + ".";
  if (count[Verdict::warning] > 0)
    text += " " + counted(count[Verdict::warning], "warning", "warnings") + ": " +
            join_some(titles(checks, Verdict::warning)) + ".";
  if (count[Verdict::unseen] > 0) text += " " + std::to_string(count[Verdict::unseen]) + " could not be seen.";
  return text;
}

// The same breach in the whole name and in its domain is said once.
void add_domain_rows(std::vector<Check>& rows, const std::string& domain, const Place& where) {
  const auto rule = [](const Check& check) { return check.id.substr(check.id.find('.') + 1); };
  std::vector<std::string> said;
  for (const Check& check : rows) said.push_back(rule(check));
  for (const Check& check : check_domain(domain, where))
    if (std::find(said.begin(), said.end(), rule(check)) == said.end()) rows.push_back(check);
}

std::vector<Check> rows_of_name(const std::string& name) {
  std::vector<Check> rows = check_host_name(name);
  const bool is_address = std::any_of(rows.begin(), rows.end(), [](const Check& c) {
    return c.id.ends_with(".address") && c.verdict != Verdict::pass;
  });
  const auto dot = name.find('.');
  if (dot != std::string::npos && !is_address)
    add_domain_rows(rows, name.substr(dot + 1),
                    {"", 0, static_cast<int>(width(name.substr(0, dot + 1))) + 1, "domain"});
  for (Check& row : rows) row.place.key = printable(name);
  return rows;
}

// The config server of a depot server, where its name is one to look up.
std::string config_server_of(const Site& site, const Plan& plan, std::size_t own) {
  for (std::size_t i = 0; i < plan.servers.size(); ++i) {
    const auto& roles = plan.servers[i].roles;
    const bool config = std::find(roles.begin(), roles.end(), "config") != roles.end();
    if (i != own && config && site.servers[i].name.find('.') != std::string::npos) return site.servers[i].name;
  }
  return "";
}

}  // namespace

std::map<Verdict, int> counts(const std::vector<Check>& checks) {
  std::map<Verdict, int> count;
  for (const Check& check : checks) ++count[check.verdict];
  return count;
}

ReleaseChoice choose_release(const Site& site, const Facts& facts) {
  if (!site.opsi.empty()) return {site.opsi, rule_set_origin(site).text};
  const std::string installed = release_of(facts.opsiconfd.value.version);
  const auto known = rule_set_names();
  if (std::find(known.begin(), known.end(), installed) != known.end())
    return {installed, "opsiconfd " + facts.opsiconfd.value.version + " is installed"};
  return {default_rule_set(), "default"};
}

std::size_t server_of_host(const Site& site, const Facts& facts) {
  const std::string full = lower(full_name(facts)), own = lower(facts.host_name.value);
  const auto is_own = [&](const Server& server) {
    const std::string name = lower(server.name);
    return !name.empty() && (name == full || name == own || name == own.substr(0, own.find('.')));
  };
  const auto at = std::find_if(site.servers.begin(), site.servers.end(), is_own);
  return static_cast<std::size_t>(at - site.servers.begin());
}

CheckAnswer check_host(const Facts& facts, const Demand& demand, const std::string& opsi_from) {
  CheckAnswer answer;
  const std::string full = full_name(facts);
  answer.subject = !full.empty()            ? excerpt(full)
                   : facts.host_name.seen() ? excerpt(facts.host_name.value)
                                            : std::string("the host");
  answer.tree = demand.tree;
  answer.opsi = demand.opsi;
  answer.opsi_from = opsi_from;
  if (demand.plan) answer.server = demand.plan->server.name;
  Requirements all = check_requirements(facts, demand);
  answer.checks = std::move(all.checks);
  answer.measures = std::move(all.measures);
  answer.answer = answer_of(answer.subject, answer.checks);
  return answer;
}

CheckAnswer check_host(const Facts& facts, const HostQuestion& question) {
  Site site = question.site;
  const ReleaseChoice release = choose_release(site, facts);
  site.opsi = release.opsi;
  std::optional<Plan> plan;
  Demand demand;
  demand.opsi = release.opsi;
  demand.date = question.date;
  demand.tree = facts.root.live() ? "" : question.root;
  demand.connect = question.connect;
  if (question.server) {
    plan = make_plan(site);
    demand.plan = &plan->servers.at(*question.server);
    demand.config_server = config_server_of(site, *plan, *question.server);
  }
  return check_host(facts, demand, release.from);
}

CheckAnswer check_names(const std::vector<std::string>& names) {
  CheckAnswer answer;
  answer.subject = names.size() == 1 ? "host name " + excerpt(names[0]) : std::to_string(names.size()) + " host names";
  for (const std::string& name : names)
    for (const Check& check : rows_of_name(name)) answer.checks.push_back(check);
  answer.answer = answer_of(names.size() == 1 ? "The " + answer.subject : "Of " + answer.subject + " one or another",
                            answer.checks);
  if (names.size() > 1) {
    std::vector<std::string> wrong;
    for (const std::string& name : names)
      if (worst(rows_of_name(name)) == Verdict::fail) wrong.push_back(excerpt(name));
    answer.answer = wrong.empty() ? "All " + answer.subject + " keep the rules."
                                  : std::to_string(wrong.size()) + " of " + answer.subject + " " +
                                        (wrong.size() == 1 ? "breaks" : "break") + " a rule: " + join_some(wrong) + ".";
  }
  return answer;
}

const std::vector<std::string>& proxy_variables() {
  static const std::vector<std::string> names = {"http_proxy", "https_proxy", "no_proxy"};
  return names;
}

CheckAnswer check_proxy(const std::string& variable, const std::string& value) {
  const auto& known = proxy_variables();
  if (std::find(known.begin(), known.end(), variable) == known.end())
    throw InputError({"", 0, 0, "variable"}, "no variable of a proxy" + did_you_mean(variable, known), variable,
                     join(known, ", "));
  CheckAnswer answer;
  answer.subject = "value of " + variable;
  const Place where{"", 0, 1, variable};
  answer.checks = variable == "no_proxy" ? check_no_proxy(value, where) : check_proxy_url(value, where);
  answer.answer = answer_of("The " + answer.subject, answer.checks);
  return answer;
}

}  // namespace sizing
