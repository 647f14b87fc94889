#include "libsizing/plan/plan.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"
#include "libsizing/plan/cards.h"
#include "libsizing/plan/remarks.h"

namespace sizing {
namespace {

std::vector<std::string> roles_of(const Evaluation& e) {
  std::vector<std::string> roles;
  for (const Input& input : e.model->inputs)
    if (input.name.starts_with(role_prefix) && e.values[input.node] != 0)
      roles.push_back(input.name.substr(role_prefix.size()));
  return roles;
}

// What carries the load: the hardware that is stated, and of memory and cores, where they are not, what the plan buys.
struct Carrier {
  std::vector<Allowance> allowances;
  std::vector<std::string> names;
};

Carrier carrier_of(const Evaluation& e, const std::vector<Fit>& fits) {
  Carrier carrier;
  for (const Fit& fit : fits) {
    carrier.allowances.push_back({find_node(*e.model, fit.quantity), fit.offered});
    carrier.names.push_back(fit.resource);
  }
  for (const Resource& resource : e.model->resources) {
    const bool bought = resource.name == "memory" || resource.name == "cores";
    const bool stated = std::find(carrier.names.begin(), carrier.names.end(), resource.name) != carrier.names.end();
    if (!bought || stated) continue;
    const Formula &needed = e.model->formulas[resource.formula], &buy = e.model->formulas[resource.to_buy];
    carrier.allowances.push_back({needed.node, convert(e.values[buy.node], buy.unit, needed.unit)});
    carrier.names.push_back(resource.name);
  }
  return carrier;
}

Limit limit_of(const ResolvedServer& server, const std::vector<Fit>& fits) {
  const Evaluation& e = server.evaluation;
  const std::size_t clients = input_index(*e.model, "clients");
  const Carrier carrier = carrier_of(e, fits);
  const auto together = following_inputs(e, clients);
  Limit limit;
  limit.on_offered = !fits.empty();
  limit.capacity = capacity(*e.model, e.given, clients, carrier.allowances, together);
  for (const std::size_t i : limit.capacity.first) limit.first.push_back(carrier.names[i]);
  for (const std::size_t i : together) limit.scaled.push_back(e.model->inputs[i].name);
  return limit;
}

std::vector<SettingValue> settings_of(const Evaluation& e) {
  std::vector<SettingValue> settings;
  for (const SettingCard& card : cards_of(e))
    if (!card.default_is_enough)
      settings.push_back({card.key, rounded(card.value), card.file, card.standard, card.apply, card.why, card.shown});
  return settings;
}

// Both sizes, since memory is needed in GB and sold in GiB.
std::string gigabytes(double megabytes) {
  const double gib = convert(megabytes, parse_unit("MB"), parse_unit("GiB"));
  return rough(megabytes / 1000) + " GB (" + rough(gib) + " GiB) of memory";
}

std::string carries(const ServerPlan& plan) {
  const Capacity& c = plan.limit.capacity;
  if (!c.carries_any) return "carries no clients";
  if (c.at_bound) return "carries more clients than any site has";
  const Evaluation& e = plan.server.evaluation;
  std::string habits = plan.limit.scaled.empty() ? "" : " at the stated habits";
  if (plan.server.origins[input_index(*e.model, "least_workers")].kind == OriginKind::derived)
    habits += " by the rules (the service level is kept for these " + rounded(e.value("clients")) + ")";
  return "carries up to " + rounded(c.most) + " clients" + habits + ", then " + run_out(plan.limit.first);
}

// The codes of errors that the hardware does not tell.
std::string errors_of(const ServerPlan& plan) {
  std::vector<std::string> codes;
  for (const Remark& r : plan.remarks)
    if (r.severity == Severity::error && r.code != "does_not_fit") codes.push_back(r.code);
  return codes.empty() ? "" : " Errors are remarked: " + join(codes, ", ") + ".";
}

std::string server_answer(const ServerPlan& plan) {
  const Evaluation& e = plan.server.evaluation;
  const std::string needs = "needs " + with_unit(rounded(e.value("server.cores")), parse_unit("core")) + " and about " +
                            gigabytes(e.value("server.memory"));
  if (plan.fits.empty())
    return plan.server.name + " " + needs + " (buy " + rounded(e.value("server.memory_to_buy")) + " GiB); that " +
           carries(plan) + "." + errors_of(plan);
  if (plan.all_fit())
    return plan.server.name + " fits its hardware: it " + needs + "; the hardware " + carries(plan) + "." +
           errors_of(plan);
  std::vector<std::string> lacking;
  for (const Fit& fit : plan.fits)
    if (!fit.fits)
      lacking.push_back(fit.resource + " (" + with_unit(rounded(fit.needed), fit.unit) + " needed, " +
                        fit.offered_text + " there)");
  return plan.server.name + " does not fit its hardware, which lacks " + listed(lacking) + "; the hardware " +
         carries(plan) + "." + errors_of(plan);
}

std::string site_errors(const Plan& plan) {
  std::string text;
  for (const ServerPlan& server : plan.servers)
    if (const std::string errors = errors_of(server); !errors.empty()) text += " " + server.server.name + ":" + errors;
  return text;
}

std::string site_answer(const Plan& plan) {
  if (plan.servers.size() == 1) return plan.servers[0].answer;
  double cores = 0, memory = 0;
  std::vector<std::string> lacking;
  for (const ServerPlan& server : plan.servers) {
    cores += server.server.evaluation.value("server.cores");
    memory += server.server.evaluation.value("server.memory");
    if (!server.all_fit()) lacking.push_back(server.server.name);
  }
  const std::string verdict = !plan.has_hardware() ? ""
                              : lacking.empty()    ? "; all stated hardware fits"
                                                   : "; the hardware of " + join(lacking, ", ") + " does not fit";
  const auto tightest =
      std::min_element(plan.servers.begin(), plan.servers.end(), [](const ServerPlan& a, const ServerPlan& b) {
        const auto room = [](const ServerPlan& s) {
          const double clients = s.server.evaluation.value("clients");
          return clients > 0 ? s.limit.capacity.most / clients : s.limit.capacity.most;
        };
        return room(a) < room(b);
      });
  return std::to_string(plan.servers.size()) + " servers need " + with_unit(rounded(cores), parse_unit("core")) +
         " and about " + gigabytes(memory) + " in all" + verdict + "; the tightest, " + tightest->server.name + ", " +
         carries(*tightest) + "." + site_errors(plan);
}

}  // namespace

bool ServerPlan::all_fit() const {
  return std::all_of(fits.begin(), fits.end(), [](const Fit& fit) { return fit.fits; });
}

bool Plan::has_hardware() const {
  return std::any_of(servers.begin(), servers.end(), [](const ServerPlan& s) { return !s.fits.empty(); });
}

bool Plan::all_fit() const {
  return std::all_of(servers.begin(), servers.end(), [](const ServerPlan& s) { return s.all_fit(); });
}

std::string run_out(const std::vector<std::string>& resources) {
  const bool several = resources.size() > 1 || (!resources.empty() && resources[0].ends_with('s'));
  return listed(resources) + (several ? " run out" : " runs out");
}

std::vector<Shortfall> Plan::shortfalls() const {
  std::vector<Shortfall> result;
  for (const ServerPlan& server : servers)
    for (const Fit& fit : server.fits)
      if (!fit.fits) result.push_back({server.server.name, fit.resource});
  return result;
}

std::vector<Fit> fits_of(const ResolvedServer& server) {
  const Model& model = *server.evaluation.model;
  std::vector<Fit> fits;
  for (const Resource& resource : model.resources)
    for (const Offer& offer : server.hardware) {
      if (offer.resource != resource.name) continue;
      const Formula& formula = model.formulas[resource.formula];
      const double needed = server.evaluation.values[formula.node];
      fits.push_back(
          {resource.name, formula.name, formula.unit, needed, offer.amount, offer.text, needed <= offer.amount});
    }
  return fits;
}

std::vector<std::size_t> following_inputs(const Evaluation& e, std::size_t input) {
  std::vector<std::size_t> following;
  const NodeId node = e.model->inputs[input].node;
  for (std::size_t i = 0; i < e.model->inputs.size(); ++i) {
    const Input& other = e.model->inputs[i];
    if (i != input && e.is_given(other) && other.fallback != no_node && reachable(*e.model, other.fallback)[node])
      following.push_back(i);
  }
  return following;
}

Plan make_plan(const Site& site) {
  Plan plan{site, nullptr, {}, ""};
  std::vector<ResolvedServer> servers = resolve(site);
  const std::size_t config = main_server(site);
  const std::vector<Remark> between = remarks_between(servers, config);
  for (ResolvedServer& resolved : servers) {
    ServerPlan server;
    server.server = std::move(resolved);
    const Evaluation& e = server.server.evaluation;
    plan.model = e.model;
    server.roles = roles_of(e);
    server.fits = fits_of(server.server);
    server.limit = limit_of(server.server, server.fits);
    server.settings = settings_of(e);
    server.remarks = remarks_of(server.server, server.fits);
    server.memory_by_kind = split_by_kind(e, find_node(*e.model, "server.memory"));
    server.answer = server_answer(server);
    plan.servers.push_back(std::move(server));
  }
  std::vector<Remark>& remarks = plan.servers[config].remarks;
  remarks.insert(remarks.end(), between.begin(), between.end());
  sort_by_severity(remarks);
  plan.answer = site_answer(plan);
  return plan;
}

}  // namespace sizing
