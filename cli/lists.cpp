// The commands that show the tables which the product holds.
#include "libsizing/report/lists.h"

#include "cli/command.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/distributions.h"
#include "libsizing/opsi/port_matrix.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/report/method.h"

namespace sizing::cli {
namespace {

int run_figures(Invocation& call) {
  write_report(call, report(figures_list(call.operands), call.stamp));
  return fits;
}

int run_sources(Invocation& call) {
  write_report(call, report(sources_list(), call.stamp));
  return fits;
}

int run_ports(Invocation& call) {
  const PortFilter filter{call.value("opsi", default_rule_set()), call.value("role"), call.value("direction")};
  write_report(call, report(ports_list(filter), call.stamp));
  return fits;
}

int run_distributions(Invocation& call) {
  const auto answer = distributions_list(join(call.operands, " "), call.value("opsi"), call.surroundings.date);
  write_report(call, report(answer.list, call.stamp));
  return answer.supported ? fits : falls_short;
}

int run_method(Invocation& call) {
  write_report(call, method_report(call.value("opsi"), call.stamp));
  return fits;
}

}  // namespace

Command figures_command() {
  return {"figures",
          "The figures behind the rules: value, range, kind, source, and who uses them",
          "[FIGURE…]",
          1000,
          "Kinds: published by the makers of opsi, measured, derived from published figures, assumed. The ranges of "
          "uncertain\nfigures are 5 % to 95 %. A figure that no rule uses is listed as background.",
          {{"figures", "all of them"},
           {"figures samba.margin samba.memory_per_connection", "some"},
           {"figures --format csv", "as the table that the product was built from"}},
          {output_options()},
          run_figures};
}

Command sources_command() {
  return {"sources",
          "The sources of the figures",
          "",
          0,
          "",
          {{"sources", "what the ids in the source columns stand for"}},
          {output_options()},
          run_sources};
}

Command ports_command() {
  return {"ports",
          "The port matrix, by opsi release, role and direction",
          "",
          0,
          "A direction is seen from the role: connections that come in, that go out, or that stay on the host.",
          {{"ports --opsi 4.3", "all connections of opsi 4.3"},
           {"ports --opsi 4.3 --role depot --direction in", "what a depot server must accept"}},
          {{"Which ports",
            {opsi_option("release; default: " + default_rule_set(), port_releases()),
             {"role", "ROLE", "config, depot or client", false, {"config", "depot", "client"}},
             {"direction", "DIRECTION", "in, out or local, as seen from the role", false, {"in", "out", "local"}}}},
           output_options()},
          run_ports};
}

Command distributions_command() {
  return {"distributions",
          "Which distributions an opsi server may run on, and until when",
          "[DISTRIBUTION]",
          10,
          "Asked about one distribution, the exit code is 1 where no newest source supports it. End-of-life dates are "
          "those that\nopsi's own health check uses.",
          {{"distributions", "the whole matrix, with its sources"},
           {"distributions debian 12", "is it supported, by which opsi, until when"},
           {"distributions \"Ubuntu 20.04\" --opsi 4.3", "no longer supported: exit code 1", falls_short}},
          {{"Which", {opsi_option("release; default: all that the matrix has", distribution_releases())}},
           output_options()},
          run_distributions};
}

Command method_command() {
  return {"method",
          "Every rule with its formula, figures and sources, printed from the model",
          "",
          0,
          "",
          {{"method --opsi 4.2 --format markdown", "the method as an annex of a quote"}},
          {{"Which", {opsi_option("rule set; default: all")}}, output_options()},
          run_method};
}

}  // namespace sizing::cli
