#include "libsizing/report/firewall_report.h"

#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::string texts_of(const std::vector<Network>& networks) {
  std::vector<std::string> texts;
  for (const Network& network : networks) texts.push_back(network.text);
  return join(texts, " ");
}

List list_of(const Firewall& firewall) {
  List list{"connections",
            "Connections of " + firewall.server,
            firewall.answer,
            {{"server", "opsi", "direction", "port", "protocol", "peer", "addresses", "open", "option", "purpose",
              "source", "condition"},
             {}},
            "condition",
            {}};
  for (const FirewallRow& row : firewall.rows) {
    std::vector<std::string> said;
    for (const std::string& text : {row.why_not, row.condition})
      if (!text.empty()) said.push_back(text);
    const bool local = row.direction == Direction::local;
    list.table.rows.push_back(
        {firewall.server, firewall.opsi, std::string(name(row.direction)), row.port, row.protocol, row.peer,
         local                   ? ""
         : row.addresses.empty() ? "any"
                                 : texts_of(row.addresses),
         row.open ? "yes" : "no", cell(row.option), row.purpose, cell(row.source), cell(join(said, "; "))});
  }
  list.foot = {
      {"", firewall.restrict_outgoing ? "What goes out is restricted to the outgoing rows."
                                      : "What goes out is free; --outgoing restricts it to the outgoing rows."},
      {"", "The matrix has no rows for other services of a host, such as DHCP, NTP or monitoring: add yours."},
      {"", "Rules: --format nftables, ufw or firewalld."}};
  return list;
}

}  // namespace

// People read server and release in the title; machines find them in each row.
Report report(const Firewall& firewall, const Stamp& stamp) {
  const List list = list_of(firewall);
  List shown = list;
  shown.title += ", opsi " + firewall.opsi;
  constexpr int said = 2;
  shown.table.columns.erase(shown.table.columns.begin(), shown.table.columns.begin() + said);
  for (auto& row : shown.table.rows) row.erase(row.begin(), row.begin() + said);
  const Report whole = report(list, stamp);
  return {report(shown, stamp).document, whole.csv, whole.json};
}

}  // namespace sizing
