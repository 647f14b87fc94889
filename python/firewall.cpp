// opsi_sizing.firewall: what a server has to let through, as rows and as rules.
#include "libsizing/plan/firewall.h"

#include <pybind11/stl.h>

#include "libsizing/report/firewall_report.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

struct Walled {
  Firewall firewall;
  Stamp stamp;
};

// The words of the call, by parameter.
struct Words {
  std::vector<std::string> clients_from, servers_from, admins_from, with, without;
};

Words words_of_call(const py::object& clients_from, const py::object& servers_from, const py::object& admins_from,
                    const py::object& with, const py::object& without) {
  return {words_of("clients_from", clients_from), words_of("servers_from", servers_from),
          words_of("admins_from", admins_from), words_of("with_", with), words_of("without", without)};
}

std::vector<std::string> said_in_call(const Words& words, bool outgoing) {
  std::vector<std::string> parts;
  const auto add = [&](const char* name, const std::vector<std::string>& list) {
    if (!list.empty()) parts.push_back(std::string(name) + "=" + std::string(py::repr(py::cast(list))));
  };
  add("clients_from", words.clients_from);
  add("servers_from", words.servers_from);
  add("admins_from", words.admins_from);
  add("with_", words.with);
  add("without", words.without);
  if (outgoing) parts.push_back("outgoing=True");
  return parts;
}

// Python keeps the word `with` for itself: the parameter is with_.
Firewall firewall_by(const ServerPlan& server, const FirewallOptions& options) {
  try {
    return make_firewall(server, options);
  } catch (const InputError& error) {
    if (error.place().key != "with") throw;
    throw InputError({"", 0, 0, "with_"}, error.problem(), error.found(), error.allowed());
  }
}

Walled firewall_of(const Question& asked, const Words& words, bool outgoing) {
  const FirewallOptions options{parse_networks(words.clients_from, "clients_from"),
                                parse_networks(words.servers_from, "servers_from"),
                                parse_networks(words.admins_from, "admins_from"),
                                words.with,
                                words.without,
                                outgoing};
  const Plan plan = make_plan(asked.site);
  return {firewall_by(plan.servers.at(asked.server), options),
          stamp_of("firewall", asked.site, said_in_call(words, outgoing))};
}

std::vector<std::string> texts_of(const std::vector<Network>& networks) {
  std::vector<std::string> texts;
  for (const Network& network : networks) texts.push_back(network.text);
  return texts;
}

void add_row(py::module_& module) {
  py::class_<FirewallRow>(module, "FirewallRow", "A row of the port matrix that a server takes part in.")
      .def_property_readonly(
          "direction", [](const FirewallRow& r) { return name(r.direction); }, "'in', 'out' or 'local'.")
      .def_readonly("protocol", &FirewallRow::protocol, "'tcp' or 'udp'.")
      .def_readonly("port", &FirewallRow::port, "As the matrix writes it: '80/443'.")
      .def_property_readonly(
          "ports",
          [](const FirewallRow& r) {
            std::vector<std::pair<int, int>> ranges;
            for (const PortRange& range : r.ranges) ranges.emplace_back(range.low, range.high);
            return ranges;
          },
          "The same as ranges (first, last).")
      .def_readonly("peer", &FirewallRow::peer, "The other end.")
      .def_property_readonly(
          "addresses", [](const FirewallRow& r) { return texts_of(r.addresses); }, "Of the other end; empty: any.")
      .def_readonly("purpose", &FirewallRow::purpose)
      .def_readonly("condition", &FirewallRow::condition, "When the row applies; '' where always.")
      .def_readonly("source", &FirewallRow::source, "The id of a row of sources().")
      .def_readonly("option", &FirewallRow::option, "The word for with_ and without, or ''.")
      .def_readonly("open", &FirewallRow::open)
      .def_readonly("why_not", &FirewallRow::why_not, "Why it is not open, or ''.")
      .def("__repr__", [](const FirewallRow& r) {
        return "<FirewallRow " + std::string(name(r.direction)) + " " + r.protocol + " " + r.port +
               (r.open ? ">" : ", not open>");
      });
}

}  // namespace

void add_firewall(py::module_& module) {
  add_row(module);
  py::class_<Walled> walled(module, "Firewall", "What a server's firewall has to let through; firewall() makes it.");
  walled
      .def_property_readonly(
          "answer", [](const Walled& w) { return w.firewall.answer; }, "One sentence.")
      .def_property_readonly("server", [](const Walled& w) { return w.firewall.server; })
      .def_property_readonly("roles", [](const Walled& w) { return w.firewall.roles; })
      .def_property_readonly(
          "opsi", [](const Walled& w) { return w.firewall.opsi; }, "The release of the port matrix.")
      .def_property_readonly(
          "rows", [](const Walled& w) { return w.firewall.rows; }, "Incoming, outgoing, local.")
      .def(
          "to_nftables", [](const Walled& w) { return nftables_rules(w.firewall, w.stamp); },
          "A file for nft -f: a table of its own, which replaces itself and touches no other.")
      .def(
          "to_ufw", [](const Walled& w) { return ufw_rules(w.firewall, w.stamp); }, "A shell script of ufw commands.")
      .def(
          "to_firewalld", [](const Walled& w) { return firewalld_rules(w.firewall, w.stamp); },
          "A shell script that writes and loads a zone.")
      .def("__repr__", [](const Walled& w) { return "<Firewall: " + w.firewall.answer + ">"; });
  add_formats(walled, [](const Walled& w) { return report(w.firewall, w.stamp); });

  py::class_<Site>(module.attr("Site"))
      .def(
          "firewall",
          [](const Site& site, const ServerArgument& server, const WordsArgument& clients_from,
             const WordsArgument& servers_from, const WordsArgument& admins_from, const WordsArgument& with,
             const WordsArgument& without, bool outgoing) {
            return firewall_of({site, server_index(site, server)},
                               words_of_call(clients_from, servers_from, admins_from, with, without), outgoing);
          },
          py::kw_only(), py::arg("server") = py::none(), py::arg("clients_from") = py::tuple(),
          py::arg("servers_from") = py::tuple(), py::arg("admins_from") = py::tuple(), py::arg("with_") = py::tuple(),
          py::arg("without") = py::tuple(), py::arg("outgoing") = false,
          "What a server of this site has to let through, as firewall() gives it.");
  module.def(
      "firewall",
      [](const SiteArgument& site, const WordsArgument& clients_from, const WordsArgument& servers_from,
         const WordsArgument& admins_from, const WordsArgument& with, const WordsArgument& without, bool outgoing,
         const ServerArgument& server, const RuleSetArgument& opsi, const FiguresArgument& figures,
         const py::typing::Dict<py::str, py::object>& stated) {
        return firewall_of(question_of("firewall", site, server, opsi, figures, stated),
                           words_of_call(clients_from, servers_from, admins_from, with, without), outgoing);
      },
      py::arg("site"), py::arg("clients_from"), py::arg("servers_from"), py::arg("admins_from"), py::arg("with_"),
      py::arg("without"), py::arg("outgoing"), py::arg("server"), py::arg("opsi"), py::arg("figures"),
      py::arg("stated"));
}

}  // namespace sizing::python
