#include "libsizing/plan/resolve.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

const Statement* find_statement(const Server& server, std::string_view input) {
  for (const Statement& s : server.statements)
    if (s.name == input) return &s;
  return nullptr;
}

// What a server says of a role; both roles are the default.
bool has_role(const Server& server, std::string_view role) {
  const Statement* statement = find_statement(server, role);
  return !statement || statement->value != 0;
}

bool is_config(const Server& server) { return has_role(server, "role.config"); }

std::size_t depot_servers(const Site& site) {
  return static_cast<std::size_t>(std::count_if(site.servers.begin(), site.servers.end(), [](const Server& s) {
    return !is_config(s) && has_role(s, "role.depot");
  }));
}

// A config server that says nothing of its depots has those of the site.
bool takes_depots_of_site(const Site& site, const Server& server) {
  return is_config(server) && !find_statement(server, "depots") && depot_servers(site) > 0;
}

// A key of a server, or the server itself: by its line in a file, else by its name.
Place place_of(const Server& server, const std::string& key = "") {
  const std::string name = server.place.file.empty() ? key : server.name + (key.empty() ? "" : "." + key);
  return {server.place.file, server.place.line, server.place.column, name};
}

bool default_is_assumed(const Evaluation& e, const Input& input) {
  for (const NodeId operand : named_operands(*e.model, input.fallback)) {
    const Node& node = e.model->nodes[operand];
    if (node.op == Op::figure && e.model->figures[node.index].kind == Kind::assumed) return true;
  }
  return false;
}

const RoutinePeak* find_peak(const std::vector<RoutinePeak>& peaks, std::string_view input) {
  for (const RoutinePeak& peak : peaks)
    if (peak.input == input) return &peak;
  return nullptr;
}

// What a server states, and the depots of the site.
Given said_of(const Site& site, const Server& server, const Model& model) {
  Given given = nothing_given(model);
  if (takes_depots_of_site(site, server))
    given.inputs[input_index(model, "depots")] = static_cast<double>(depot_servers(site));
  given.input_kinds.assign(model.inputs.size(), Kind::given);
  for (const Statement& s : server.statements) {
    const std::size_t input = input_index(model, s.name);
    given.inputs[input] = s.value, given.input_kinds[input] = s.kind;
  }
  return given;
}

// Routines are shares of clients, of a server in its roles: they need what is given without them.
std::vector<RoutinePeak> peaks_of(const Site& site, const Server& server, const std::shared_ptr<const Model>& model,
                                  const Given& given) {
  if (site.routines.empty() || !missing_inputs(*model, given).empty()) return {};
  return routine_peaks(site, server, evaluate(model, given));
}

void add_peaks(Given& given, const Server& server, const Model& model, const std::vector<RoutinePeak>& peaks) {
  for (const RoutinePeak& peak : peaks) {
    if (find_statement(server, peak.input)) continue;
    const std::size_t input = input_index(model, peak.input);
    given.inputs[input] = peak.most;
    given.input_kinds[input] = peak.assumed.empty() ? Kind::derived : Kind::assumed;
  }
}

Origin origin_of(const Site& site, const Server& server, const Evaluation& e, const std::vector<RoutinePeak>& peaks,
                 const Input& input) {
  if (const Statement* statement = find_statement(server, input.name)) {
    if (!statement->why.empty()) return {OriginKind::derived, where(statement->place) + ": " + statement->why};
    return {OriginKind::stated, where(statement->place)};
  }
  if (input.name == "depots" && takes_depots_of_site(site, server))
    return {OriginKind::derived, "depot servers of the site"};
  if (const RoutinePeak* peak = find_peak(peaks, input.name)) return {OriginKind::derived, peak->text};
  const std::string formula = default_text(*e.model, input);
  if (default_is_assumed(e, input)) return {OriginKind::assumed, "assumed: " + formula};
  return {OriginKind::standard, "default: " + formula};
}

// check_finite with the place of the own figure that may be why.
void check_finite_at(const Evaluation& e, const Site& site) {
  try {
    check_finite(e);
  } catch (const InputError& error) {
    for (const FigureOverride& own : site.figures)
      if (error.problem().find(own.name) != std::string::npos)
        throw InputError(own.place, own.name + " gives no finite " + error.place().key, own.value, error.allowed());
    throw;
  }
}

}  // namespace

std::string where(const Place& place) {
  if (!place.file.empty()) return printable(place.file) + (place.line > 0 ? ":" + std::to_string(place.line) : "");
  return (place.key.starts_with("--") ? "" : "argument ") + place.key;
}

const RoutinePeak* ResolvedServer::peak_behind(std::size_t input) const {
  if (origins[input].kind != OriginKind::derived) return nullptr;
  return find_peak(peaks, evaluation.model->inputs[input].name);
}

std::string_view name(OriginKind kind) {
  constexpr std::array<std::string_view, 4> names = {"stated", "derived", "default", "assumed"};
  return names[static_cast<std::size_t>(kind)];
}

std::shared_ptr<const Model> model_of(const Site& site) {
  const std::string rule_set = site.opsi.empty() ? default_rule_set() : site.opsi;
  if (site.figures.empty()) return standard_model(rule_set);
  return build_model(rule_set, apply(figures(), site.figures));
}

Origin rule_set_origin(const Site& site) {
  return site.opsi.empty() ? Origin{OriginKind::standard, "default"}
                           : Origin{OriginKind::stated, where(site.opsi_place)};
}

Given given_of(const Site& site, const Server& server, const std::shared_ptr<const Model>& model) {
  Given given = said_of(site, server, *model);
  add_peaks(given, server, *model, peaks_of(site, server, model, given));
  return given;
}

void check_roles(const Site& site) {
  const Server* config = nullptr;
  for (const Server& server : site.servers) {
    if (!is_config(server) && !has_role(server, "role.depot"))
      throw InputError(place_of(server), "the server has no role", "", "config, depot or both");
    if (is_config(server) && config)
      throw InputError(place_of(server), "a second config server beside " + config->name, "",
                       "one config server in a site; write roles = [\"depot\"] for depot servers");
    if (is_config(server)) config = &server;
  }
}

std::vector<ResolvedServer> resolve(const Site& site) {
  if (site.servers.empty()) throw InputError({site.file, 0, 0, ""}, "the site has no server");
  check_roles(site);
  const auto model = model_of(site);
  std::vector<ResolvedServer> servers;
  for (const Server& server : site.servers) {
    Given given = said_of(site, server, *model);
    for (const std::string& input : missing_inputs(*model, given))
      throw InputError(place_of(server, input), "is missing", "",
                       allowed_values(*find_input(*model, input)) + (site.file.empty() ? "; or a site file" : ""));
    const auto peaks = peaks_of(site, server, model, given);
    add_peaks(given, server, *model, peaks);
    ResolvedServer resolved{server.name, evaluate(model, std::move(given)), {}, server.hardware, peaks};
    check_finite_at(resolved.evaluation, site);
    for (const Input& input : model->inputs)
      resolved.origins.push_back(origin_of(site, server, resolved.evaluation, peaks, input));
    servers.push_back(std::move(resolved));
  }
  return servers;
}

Site with_stated(Site site, std::size_t server, const Input& input) {
  std::vector<Statement>& said = site.servers[server].statements;
  if (input.name == "clients" && !site.routines.empty() && !find_statement(site.servers[server], input.name))
    throw InputError(place_of(site.servers[server], input.name), "is missing: the routines of the site need it", "",
                     allowed_values(input));
  if (std::none_of(said.begin(), said.end(), [&](const Statement& s) { return s.name == input.name; }))
    said.push_back({input.name, input.low, {}});
  return site;
}

std::size_t main_server(const Site& site) {
  for (std::size_t i = 0; i < site.servers.size(); ++i)
    if (is_config(site.servers[i])) return i;
  return 0;
}

}  // namespace sizing
