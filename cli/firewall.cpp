// firewall: what a server has to let through, as a table or as rules.
#include "libsizing/plan/firewall.h"

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/report/firewall_report.h"

namespace sizing::cli {
namespace {

std::vector<std::string> listed(const Invocation& call, const std::string& option) {
  std::vector<std::string> words;
  for (const std::string& value : call.all(option))
    for (const std::string& word : split(value, ',')) words.emplace_back(trim(word));
  return words;
}

std::vector<Network> networks(const Invocation& call, const std::string& option) {
  return parse_networks(listed(call, option), "--" + option);
}

int run_firewall(Invocation& call) {
  const Site site = site_of(call, call.operands.empty() ? "" : call.operands[0]);
  const Plan plan = make_plan(site);
  const FirewallOptions options{networks(call, "clients-from"), networks(call, "servers-from"),
                                networks(call, "admins-from"),  listed(call, "with"),
                                listed(call, "without"),        call.has("outgoing")};
  const Firewall firewall = make_firewall(plan.servers.at(asked_server(call, site)), options);
  const std::string format = call.value("format");
  if (format == "nftables")
    write_text(call, nftables_rules(firewall, call.stamp));
  else if (format == "ufw")
    write_text(call, ufw_rules(firewall, call.stamp));
  else if (format == "firewalld")
    write_text(call, firewalld_rules(firewall, call.stamp));
  else
    write_report(call, report(firewall, call.stamp));
  return fits;
}

OptionGroup output_with_rules() {
  OptionGroup group = output_options();
  for (Option& option : group.options) {
    if (option.name != "format") continue;
    option.help = "text (default), json, csv, markdown; or rules: nftables, ufw, firewalld";
    option.values.insert(option.values.end(), {"nftables", "ufw", "firewalld"});
  }
  return group;
}

}  // namespace

Command firewall_command() {
  std::vector<OptionGroup> groups = site_options(false);
  groups.push_back(
      {"Rules",
       {{"clients-from", "LIST", "addresses and networks of the clients, with commas; default: any", true, {}},
        {"servers-from", "LIST", "those of the other opsi servers; default: any", true, {}},
        {"admins-from", "LIST", "those from which SSH and the web pages are used; default: any", true, {}},
        {"with",
         "LIST",
         "optional rows to open: grafana, unstated, and samba where the depot is read otherwise",
         true,
         {}},
        {"without", "LIST", "optional rows to leave out: tftp, samba, deploy, wol; never ssh", true, {}},
        {"outgoing", "", "restrict what goes out to the matrix, too", false, {}}}});
  groups.push_back(output_with_rules());
  return {"firewall",
          "What a server's firewall has to let through: the port matrix, or nftables, ufw or firewalld rules",
          "[SITE]",
          1,
          "The rows of the port matrix for the roles of one server, the config server or --server NAME, and the opsi "
          "release.\nRules accept on input what is open here, SSH, answers, loopback and ICMP, and nothing else; they "
          "are printed, not\napplied. Optional rows are named by words, which the table shows in its column option. A "
          "row with several kinds of\npeers is open to any address as long as one of them has no addresses stated.",
          {{"firewall data/sites/school.toml", "what has to be let through, and why"},
           {"firewall data/sites/company.toml --clients-from 10.1.0.0/16 --admins-from 10.1.5.0/24 --format nftables",
            "a file for nft -f"},
           {"firewall data/sites/large.toml --server depot-2 --without tftp --format ufw", "a depot without netboot"},
           {"firewall --opsi 4.3 --clients 500 --outgoing --format firewalld", "outgoing restricted as well"}},
          groups,
          run_firewall};
}

}  // namespace sizing::cli
