// From what a site states to evaluated servers: figures put in place, defaults filled in, and for every input where its
// value comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/model/evaluate.h"
#include "libsizing/opsi/site.h"
#include "libsizing/plan/peaks.h"

namespace sizing {

/// What the inputs that say a server's roles begin with.
inline constexpr std::string_view role_prefix = "role.";

enum class OriginKind { stated, derived, standard, assumed };
std::string_view name(OriginKind kind);

struct Origin {
  OriginKind kind = OriginKind::standard;
  std::string text;  // "--clients", "school.toml:12", "default", "assumed: clients × [load.simultaneous_share] × …"
};

struct ResolvedServer {
  std::string name;
  Evaluation evaluation;
  std::vector<Origin> origins;  // by input
  std::vector<Offer> hardware;
  std::vector<RoutinePeak> peaks{};  // of its routines, those of inputs that are stated as well

  /// The peak that an input's value is from; null where it is from none.
  const RoutinePeak* peak_behind(std::size_t input) const;
};

/// A place as the origin of a value: "school.toml:12", "--clients", "argument clients".
std::string where(const Place& place);

/// The model of the site's rule set over its figures; `opsi` empty takes the default rule set.
std::shared_ptr<const Model> model_of(const Site& site);

/// Where the choice of the rule set comes from.
Origin rule_set_origin(const Site& site);

/// What is given about a server before it is evaluated: its statements, the depots that follow from the site, and the
/// peaks of its routines for inputs that are not stated.
Given given_of(const Site& site, const Server& server, const std::shared_ptr<const Model>& model);

/// Throws InputError where the roles of the servers do not make a site: one config server, no server without a role.
void check_roles(const Site& site);

/// All servers of the site, all with the same model. Throws InputError where a required input is missing or the roles
/// of the servers do not make a site.
std::vector<ResolvedServer> resolve(const Site& site);

/// The site with `input` of a server stated where it is not (at its lower bound), so that it resolves: for questions
/// that vary this input themselves. Throws InputError for clients that are not stated where routines need them.
Site with_stated(Site site, std::size_t server, const Input& input);

/// The server that questions about one server mean: the only one, else the config server.
std::size_t main_server(const Site& site);

}  // namespace sizing
