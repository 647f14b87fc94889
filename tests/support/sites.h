// Sites for tests of plans: the examples of data/sites, random ones, and one server described in a line.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/plan/plan.h"
#include "tests/support/random_sites.h"

namespace sizing {

/// One server from "clients=1000;connections=100", stated by flags.
inline Site one_server(const std::string& opsi, const std::string& inputs) {
  Site site = flag_site();
  site.opsi = opsi;
  for (const std::string& pair : split(inputs, ';')) {
    const auto parts = split(pair, '=');
    state(site.servers[0], {parts.at(0), parse_number(parts.at(1)), {"", 0, 0, "--" + parts.at(0)}});
  }
  return site;
}

/// `site` with hardware for its first server: "memory=16 GB;cores=4".
inline Site with_hardware(Site site, const std::string& hardware) {
  const auto model = standard_model("4.2");
  for (const std::string& pair : split(hardware, ';')) {
    const auto parts = split(pair, '=');
    for (const Resource& resource : model->resources)
      if (resource.name == parts.at(0)) offer(site.servers[0], parse_offer(*model, resource, parts.at(1), {}));
  }
  return site;
}

/// Every example site under every rule set.
inline std::vector<Site> example_sites() {
  std::vector<Site> sites;
  for (const auto& entry : std::filesystem::directory_iterator("data/sites"))
    for (const RuleSet& set : rule_sets()) {
      sites.push_back(load_site(entry.path().string()));
      sites.back().opsi = set.name;
    }
  return sites;
}

/// `count` sites of one random server with random hardware, the same in every run.
inline std::vector<Site> random_sites(int count, unsigned seed = 41) {
  RandomSites random(seed);
  std::vector<Site> sites;
  for (int i = 0; i < count; ++i) {
    const std::string opsi = rule_sets()[static_cast<std::size_t>(i) % rule_sets().size()].name;
    const Model& model = *standard_model(opsi);
    Site site = flag_site();
    site.opsi = opsi;
    const Given given = random.given(model);
    for (std::size_t n = 0; n < model.inputs.size(); ++n)
      if (!std::isnan(given.inputs[n]) && model.inputs[n].name != "role.config")  // so that there is a role
        state(site.servers[0], {model.inputs[n].name, given.inputs[n], {"", 0, 0, "--" + model.inputs[n].name}});
    const double memory = std::ceil(2 + 100 * random.fraction()), cores = std::ceil(2 + 40 * random.fraction());
    if (i % 2 == 0) site = with_hardware(site, "memory=" + exact(memory) + " GB;cores=" + exact(cores));
    sites.push_back(std::move(site));
  }
  return sites;
}

inline std::vector<Site> all_sites() {
  std::vector<Site> sites = example_sites();
  for (Site& site : random_sites(300)) sites.push_back(std::move(site));
  return sites;
}

/// The remark `code`, null where the plan's first server has none.
inline const Remark* find_remark(const Plan& plan, const std::string& code, const std::string& quantity = "") {
  for (const Remark& remark : plan.servers.at(0).remarks)
    if (remark.code == code && (quantity.empty() || remark.quantity == quantity)) return &remark;
  return nullptr;
}

}  // namespace sizing
