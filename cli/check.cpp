// check: a host, names of hosts, or the value of a proxy variable against the requirements page.
#include <algorithm>
#include <optional>
#include <ostream>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/text.h"
#include "libsizing/host/check_answer.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/plan.h"
#include "libsizing/report/monitoring.h"

namespace sizing::cli {
namespace {

int write_answer(Invocation& call, const CheckAnswer& answer) {
  const std::string format = call.value("format");
  if (format == "nagios") {
    write_text(call, to_nagios(answer, call.stamp));
    return monitoring_state(answer.verdict());
  }
  if (format == "checkmk") {
    write_text(call, to_checkmk(answer, call.stamp));
    return fits;
  }
  write_report(call, report(answer, call.stamp));
  return answer.verdict() == Verdict::fail ? falls_short : fits;
}

// Options that this kind of check does not read would be ignored silently.
void allow_only(const Invocation& call, const std::string& what, std::vector<std::string> allowed) {
  allowed.insert(allowed.end(), {"format", "output"});
  for (const auto& [option, values] : call.values)
    if (std::find(allowed.begin(), allowed.end(), option) == allowed.end())
      throw InputError({"", 0, 0, "--" + option}, "means nothing to 'check " + what + "'");
}

int run_names(Invocation& call) {
  allow_only(call, "name", {});
  if (call.operands.size() < 2)
    throw InputError({"", 0, 0, "check name"}, "which name?", "", "check name HOST…, or ./name for a site file");
  return write_answer(call, check_names({call.operands.begin() + 1, call.operands.end()}));
}

int run_proxy(Invocation& call) {
  allow_only(call, "proxy", {"variable"});
  if (call.operands.size() != 2)
    throw InputError({"", 0, 0, "check proxy"}, call.operands.size() < 2 ? "which value?" : "one argument too many", "",
                     "check proxy VALUE, or ./proxy for a site file");
  return write_answer(call, check_proxy(call.value("variable", "no_proxy"), call.operands[1]));
}

// Whether the call says what the server is for: then there is a plan to hold the host against.
bool describes_a_site(const Invocation& call) {
  if (!call.operands.empty() || call.has("set")) return true;
  Invocation without = call;
  without.values.erase("opsi");
  return has_site_flags(without);
}

int run_host(Invocation& call) {
  if (call.has("variable")) throw InputError({"", 0, 0, "--variable"}, "means nothing without 'check proxy'");
  if (call.operands.size() > 1)
    throw InputError({"", 0, 0, "check"}, "one argument too many", call.operands[1], "check [SITE] [OPTIONS]");
  const std::string path = call.operands.empty() ? "" : call.operands[0];
  Site site = read_site_operand(call, path);
  const Facts facts = read_facts(open_root(call.value("root", "/")));
  const std::size_t named = server_of_host(site, facts);
  if (!call.has("server") && named < site.servers.size()) call.values["server"] = {site.servers[named].name};
  apply_flags(call, site);
  apply_sets(call, site);
  std::optional<std::size_t> own;
  if (describes_a_site(call)) own = asked_server(call, site);
  return write_answer(
      call, check_host(facts, {site, own, call.value("root", "/"), call.surroundings.date, call.has("connect")}));
}

int run_check(Invocation& call) {
  const std::string what = call.operands.empty() ? "" : call.operands[0];
  return what == "name" ? run_names(call) : what == "proxy" ? run_proxy(call) : run_host(call);
}

std::string format_asked_for(const std::vector<std::string>& args) {
  for (std::size_t i = 1; i < args.size(); ++i) {
    if (args[i].starts_with("--format=")) return args[i].substr(9);
    if (args[i] == "--format" && i + 1 < args.size()) return args[i + 1];
  }
  return "";
}

constexpr char about[] =
    "Every requirement of opsi's requirements page, against the host that this runs on: a row with what was found, "
    "what "
    "is\nrequired, the source and what to do. With SITE (a site file, or - for standard input) or flags also against "
    "the "
    "plan of its\nserver: the one of this host's name, else the config server, or --server. It changes nothing, starts "
    "no program and needs no\nright; what cannot be seen without root or without opsi is said, and never passes.\n\n"
    "'check name HOST…' holds names of hosts against the rules, 'check proxy VALUE' a value of no_proxy or of "
    "--variable. "
    "Site files\nof these names are ./name and ./proxy.\n\n"
    "--format nagios is a plug-in (Nagios, Icinga): a failure is CRITICAL (exit code 2), a warning WARNING (1), unseen "
    "alone UNKNOWN\n(3), else OK (0); bad input is UNKNOWN. --format checkmk are the lines of a local check, always "
    "with "
    "exit code 0. Notes never\nalarm. As root nothing is left unseen that a host can tell.";

}  // namespace

Command check_command() {
  std::vector<OptionGroup> options = {
      {"Host",
       {{"root", "DIR", "a copied tree (an image, a support archive) instead of this machine", false, {}},
        {"connect", "", "try the outgoing connections of the port matrix: 2 s, and looking up names", false, {}},
        {"variable", "NAME", "of 'check proxy'; default: no_proxy", false, proxy_variables()}}}};
  for (const OptionGroup& group : site_options(false)) options.push_back(group);
  options[1].options[0].help = "release; default: the site's, else the installed one's, else " + default_rule_set();
  OptionGroup output = output_options();
  output.options[0].values.insert(output.options[0].values.end(), {"nagios", "checkmk"});
  output.options[0].help = "text (default), json, csv, markdown, nagios or checkmk";
  options.push_back(output);
  return {"check",
          "This host against the requirements page and the plan of its site",
          "[SITE | name HOST… | proxy VALUE]",
          1000,
          about,
          {{"check --root data/hosts/opsi1", "a copied tree; without --root this machine", falls_short},
           {"check data/sites/school.toml --root data/hosts/opsi1", "also against the plan of a site", falls_short},
           {"check --root data/hosts/opsi1 --opsi 4.3 --format nagios", "as a plug-in: CRITICAL", 2},
           {"check name opsi1.example.org opsi_2", "names of hosts: the second has an underscore", falls_short},
           {"check proxy localhost,127.0.0.1,*.example.org", "a value of no_proxy: a wildcard", falls_short}},
          options,
          run_check};
}

std::optional<int> refuse_to_monitoring(const std::vector<std::string>& args, const std::string& problem,
                                        std::ostream& out) {
  const std::string format = !args.empty() && args[0] == "check" ? format_asked_for(args) : "";
  if (format == "nagios") {
    out << nagios_refusal(problem);
    return monitoring_state(Verdict::unseen);
  }
  if (format == "checkmk") {
    out << checkmk_refusal(problem);
    return bad_input;
  }
  return std::nullopt;
}

}  // namespace sizing::cli
