// A comparison says what two plans say: for every pair of rule sets, by flags and by a site file.
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libsizing/opsi/rule_set.h"
#include "tests/cli/call.h"

namespace sizing::cli {
namespace {

using Json = nlohmann::json;

Json json_of(std::vector<std::string> args) {
  args.insert(args.end(), {"--format", "json"});
  return Json::parse(call(args).out);
}

// The value of a quantity of the only server, or null where the rule set has none.
Json value_in(const Json& plan, const std::string& quantity) {
  const Json& quantities = plan.at("servers").at(0).at("quantities");
  return quantities.contains(quantity) ? quantities.at(quantity).at("value") : Json(nullptr);
}

void expect_the_difference(const Json& comparison, const Json& from, const Json& to) {
  EXPECT_EQ(comparison.at("from").at("opsi"), from.at("opsi"));
  EXPECT_EQ(comparison.at("to").at("opsi"), to.at("opsi"));
  std::set<std::string> changed;
  for (const Json& change : comparison.at("servers").at(0).at("changes")) {
    const std::string quantity = change.at("quantity");
    changed.insert(quantity);
    EXPECT_EQ(change.at("from"), value_in(from, quantity)) << quantity;
    EXPECT_EQ(change.at("to"), value_in(to, quantity)) << quantity;
  }
  for (const Json& plan : {from, to})
    for (const auto& [quantity, row] : plan.at("servers").at(0).at("quantities").items())
      EXPECT_TRUE(value_in(from, quantity) == value_in(to, quantity) || changed.contains(quantity)) << quantity;
}

TEST(compare_command, says_of_any_two_rule_sets_what_their_plans_say) {
  const std::vector<std::vector<std::string>> sites = {{"--clients", "3000"}, {"data/sites/school.toml"}};
  for (const RuleSet& a : rule_sets())
    for (const RuleSet& b : rule_sets())
      for (const auto& site : sites) {
        const auto with = [&](std::vector<std::string> args) {
          args.insert(args.end(), site.begin(), site.end());
          return json_of(args);
        };
        SCOPED_TRACE(a.name + " " + b.name + " " + site.back());
        expect_the_difference(with({"compare", a.name, b.name}), with({"plan", "--opsi", a.name}),
                              with({"plan", "--opsi", b.name}));
      }
}

TEST(compare_command, takes_a_site_against_a_rule_set_on_either_side) {
  const std::string site = "data/sites/school.toml";  // of 4.2
  const Json own = json_of({"plan", site}), other = json_of({"plan", "--opsi", "4.3", site});
  expect_the_difference(json_of({"compare", site, "4.3"}), own, other);
  expect_the_difference(json_of({"compare", "4.3", site}), other, own);
}

}  // namespace
}  // namespace sizing::cli
