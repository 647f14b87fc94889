#include "cli/command.h"
#include "cli/simulate_run.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/resolve.h"

namespace sizing::cli {
namespace {

int run_explain(Invocation& call) {
  if (call.operands.empty())
    throw InputError({"", 0, 0, "explain"}, "the quantity is missing", "",
                     "a quantity such as opsiconfd.memory or server.cores; 'opsi-sizing plan' shows them all");
  const std::string& quantity = call.operands[0];
  const Site site = kept_within(call, site_of(call, call.operands.size() > 1 ? call.operands[1] : ""));
  const auto model = model_of(site);
  const NodeId node = quantity_node(*model, quantity, {"", 0, 0, "explain"});
  const ResolvedServer server = resolve(site)[asked_server(call, site)];
  std::vector<std::string> origins;
  for (const Origin& origin : server.origins) origins.push_back(origin.text);
  const Explanation explanation = explain(server.evaluation, node, origins);
  write_report(call, report(explanation, server.name, model->name, call.stamp));
  return fits;
}

}  // namespace

Command explain_command() {
  std::vector<OptionGroup> options = site_options(false);
  options.push_back(service_level_options());
  options.push_back(output_options());
  return {
      "explain",
      "Where a number comes from: formulas, numbers, figures and their sources, as a tree",
      "QUANTITY [SITE]",
      2,
      "Square brackets mark figures. An operand that does not decide is said to; every number recomputes from those "
      "below it.",
      {{"explain opsiconfd.memory --clients 1000 --connections 100", "which of two rules decides, and both answers"},
       {"explain server.memory data/sites/school.toml", "the whole tree of a site's memory"},
       {"explain server.cores data/sites/company.toml --within \"largest < 1 ms\"", "with a service level as a rule"},
       {"explain samba.memory data/sites/school.toml --format json", "the tree for scripts"}},
      options,
      run_explain};
}

}  // namespace sizing::cli
