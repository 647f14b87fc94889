#include "libsizing/host/imported_site.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing {
namespace {

constexpr char opsi_folder[] = "/var/lib/opsi", depot_folder[] = "/var/lib/opsi/depot";

const Model& model() { return *standard_model(default_rule_set()); }

const Resource& resource_of(const std::string& name) {
  const auto& all = model().resources;
  return *std::find_if(all.begin(), all.end(), [&](const Resource& r) { return r.name == name; });
}

// In the resource's own unit, so that people can read it; no byte is lost by that.
void offer_bytes(Server& server, const std::string& resource, const FoundNumber& amount) {
  if (!amount) return;
  const Resource& of = resource_of(resource);
  const Unit& unit = model().formulas[of.formula].unit;
  const std::string text = exact(convert(amount->value, parse_unit("B"), unit)) + " " + name(unit);
  offer(server, parse_offer(model(), of, text, amount->place));
}

void state_input(Server& server, const std::string& input, double value, const Place& place) {
  state(server, {input, checked(*find_input(model(), input), value, place), place});
}

std::string first_label(const std::string& host) { return lower(host.substr(0, host.find('.'))); }

bool is_host(const std::string& id, const FoundText& name) {
  if (!name) return false;
  const bool qualified = name->value.find('.') != std::string::npos;
  return qualified ? lower(id) == lower(name->value) : first_label(id) == lower(name->value);
}

std::string server_name(const Diagnostic& d) {
  if (const std::string own = depots_of(d).own; !own.empty()) return own;
  return d.node_name ? d.node_name->value : d.host_name ? d.host_name->value : "server";
}

void state_clients(Server& server, const Diagnostic& d) {
  if (d.clients) state_input(server, "clients", d.clients->value, d.clients->place);
  const FoundNumber month = active_within_a_month(d);
  const FoundNumber& active = month ? month : d.active_clients;
  if (!active) return;
  // The health check's sentence may be a day older than the count.
  const double most = d.clients ? d.clients->value : active->value;
  state_input(server, "active_clients", std::min(active->value, most), active->place);
}

void offer_hardware(Server& server, const Diagnostic& d) {
  offer_bytes(server, "memory", d.memory);
  if (d.cores) offer(server, parse_offer(model(), resource_of("cores"), exact(d.cores->value), d.cores->place));
  if (const Mount* mount = packages_mount(d)) {
    offer_bytes(server, "disk.var_lib_opsi", mount->total);
    if (holds_opsi_alone(*mount) && mount->used)
      state_input(server, "packages", mount->used->value / 1e9, mount->used->place);
  }
  // What the plan needs in /tmp is free space.
  if (const Mount* mount = mount_of(d, "/tmp")) offer_bytes(server, "disk.tmp", mount->free);
}

// "4.3" of "4.3.24.1 [python-opsi-common=4.3.8.2]"; a pair, so that 4.10 comes after 4.9.
std::pair<int, int> numbers_of(const std::string& version, const Place& place) {
  const auto parts = split(version, '.');
  const auto number = [&](const std::string& text) {
    const std::string digits = text.substr(0, text.find_first_not_of("0123456789"));
    if (digits.empty() || digits.size() > 4) throw InputError(place, "not a version", version, "one such as 4.3.24.1");
    return std::stoi(digits);
  };
  if (parts.size() < 2) throw InputError(place, "not a version", version, "one such as 4.3.24.1");
  return {number(parts[0]), number(parts[1])};
}

}  // namespace

ImportedRelease release_of(const Diagnostic& d) {
  const FoundText& version = d.opsiconfd_version ? d.opsiconfd_version : d.opsiconfd_package;
  if (!version) return {"", "", {}, false};
  const auto wanted = numbers_of(version->value, version->place);
  ImportedRelease release{rule_sets().front().name, version->value, version->place, false};
  for (const RuleSet& set : rule_sets()) {
    const auto here = numbers_of(set.name, {});
    if (here > wanted) break;
    release.rule_set = set.name;
    release.known = here == wanted;
  }
  return release;
}

ImportedDepots depots_of(const Diagnostic& d) {
  ImportedDepots depots;
  for (const auto& depot : d.depots) {
    const bool own = depots.own.empty() &&
                     (d.depots.size() == 1 || is_host(depot.value, d.node_name) || is_host(depot.value, d.host_name));
    if (own)
      depots.own = depot.value;
    else
      depots.others.push_back(depot.value);
  }
  return depots;
}

const Mount* packages_mount(const Diagnostic& d) { return mount_of(d, depot_folder); }

bool holds_opsi_alone(const Mount& mount) { return mount.folder.starts_with(opsi_folder); }

Site to_site(const Diagnostic& d) {
  Site site;
  site.file = d.file;
  Server server{server_name(d), {}, {}, {d.file, 0, 0, "server"}};
  constexpr std::size_t room = 150;  // of longest_title
  site.title = (server.name.size() <= room ? server.name : "A server") + ", from its diagnostic file";
  const ImportedRelease release = release_of(d);
  site.opsi = release.rule_set;
  site.opsi_place = release.place;
  state_clients(server, d);
  // The config server is one of the depot servers, whether its name is found among them or not.
  if (d.depots.size() > 1)
    state_input(server, "depots", static_cast<double>(d.depots.size() - 1),
                {d.file, d.depots[0].place.line, d.depots[0].place.column, "depots.ids"});
  offer_hardware(server, d);
  site.servers.push_back(std::move(server));
  return site;
}

}  // namespace sizing
