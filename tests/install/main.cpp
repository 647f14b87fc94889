// A site through the installed library, from its file's text to a worked line of opsi 4.2; exit code 0 where both
// amounts come out as published.
#include "libsizing/plan/plan.h"

int main() {
  constexpr char site[] = "[[server]]\nclients = 1000\nconnections = 100\nsamba.connections = 130\n";
  const sizing::Plan plan = sizing::make_plan(sizing::read_site(site, "site.toml"));
  const sizing::Evaluation& evaluation = plan.servers[0].server.evaluation;
  return evaluation.value("opsiconfd.memory") == 1250 && evaluation.value("samba.memory") == 780 ? 0 : 1;
}
