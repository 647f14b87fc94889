#include "libsizing/opsi/rule_set.h"

#include <gtest/gtest.h>

#include "libsizing/opsi/tables.h"
#include "tests/support/refusal.h"
#include "tests/support/small_rules.h"
#include "tests/support/worked_lines.h"

namespace sizing {
namespace {

class every_rule_set : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(opsi, every_rule_set, testing::Values("4.1", "4.2", "4.3"));

TEST_P(every_rule_set, gives_every_worked_line_and_remark) {
  for (const std::string& miss : misses(standard_model(GetParam()))) ADD_FAILURE() << miss;
}

TEST_P(every_rule_set, is_worked_by_the_oracle_in_many_lines) {
  EXPECT_GT(std::count_if(worked_lines().begin(), worked_lines().end(),
                          [](const WorkedLine& line) { return line.opsi == GetParam(); }),
            400);
}

// Worked lines of opsi 4.2, no depots.
TEST(opsi_4_2, gives_its_worked_lines) {
  const auto model = standard_model("4.2");
  const auto e = [&](const std::string& inputs) { return evaluate(model, given_by(*model, inputs)); };
  const Evaluation line = e("clients=1000;connections=100;samba.connections=130");
  EXPECT_EQ(line.value("opsiconfd.workers"), 5);
  EXPECT_EQ(line.value("opsiconfd.memory_by_workers"), 1250);
  EXPECT_EQ(rounded(line.value("opsiconfd.memory_by_clients")), "1105.26");
  EXPECT_EQ(line.value("opsiconfd.memory"), 1250);
  EXPECT_EQ(decided_by(line, find_node(*model, "opsiconfd.memory")), "opsiconfd.memory_by_workers");
  EXPECT_EQ(line.value("samba.memory"), 780);
  EXPECT_EQ(line.value("cpu.cores_by_workers"), 3);
  EXPECT_EQ(line.value("cpu.cores_by_clients"), 4);
  EXPECT_EQ(line.value("server.cores"), 4);
  EXPECT_EQ(decided_by(line, find_node(*model, "server.cores")), "cpu.cores_by_clients");

  EXPECT_EQ(e("clients=1000;samba.connections=500").value("samba.memory"), 3000);
  EXPECT_EQ(e("clients=50").value("opsiconfd.memory"), 750);
  EXPECT_EQ(decided_by(e("clients=50"), find_node(*model, "opsiconfd.memory")), "opsiconfd.memory_by_clients");
  const Evaluation large = e("clients=6000;connections=100");
  EXPECT_EQ(large.value("opsiconfd.memory"), 4500);
  EXPECT_EQ(extrapolated_curves(large).size(), 2U);
}

// The page's table for 1, 130 and 500 connections, before its margin.
TEST(samba_memory, matches_the_published_table) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    const auto before_margin = [&](const std::string& connections) {
      return evaluate(model, given_by(*model, "clients=9;[samba.margin]=0;samba.connections=" + connections))
          .value("samba.memory");
    };
    EXPECT_EQ(before_margin("1"), 4);
    EXPECT_EQ(before_margin("130"), 520);
    EXPECT_EQ(before_margin("500"), 2000);
  }
}

// What a role or a service that is not there takes away.
TEST(opsi_4_3, counts_only_what_runs_on_the_server) {
  const auto model = standard_model("4.3");
  const auto value = [&](const std::string& inputs, const char* quantity) {
    return evaluate(model, given_by(*model, "clients=1000;connections=100;" + inputs)).value(quantity);
  };
  EXPECT_EQ(value("service.samba=0", "samba.memory"), 0);
  EXPECT_EQ(value("service.redis=0", "redis.memory"), 0);
  EXPECT_EQ(value("service.database=0", "database.memory"), 0);
  EXPECT_EQ(value("depot.webdav=1", "samba.connections"), 0);
  EXPECT_EQ(value("role.depot=0", "samba.memory"), 0);
  EXPECT_EQ(value("role.config=0", "database.memory"), 0);
  EXPECT_EQ(value("role.config=0", "opsiconfd.websockets"), 0);
  EXPECT_EQ(value("role.config=0", "disk.logs"), 0);
  EXPECT_EQ(value("role.config=1", "directory_connector.memory"), 0);
}

TEST(rule_sets, are_three_and_the_page_is_the_default) {
  std::vector<std::string> names;
  for (const RuleSet& set : rule_sets()) names.push_back(set.name);
  EXPECT_EQ(names, (std::vector<std::string>{"4.1", "4.2", "4.3"}));
  EXPECT_EQ(default_rule_set(), "4.2");
}

TEST(rule_sets, have_the_same_inputs_and_the_quantities_of_the_contract) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    EXPECT_EQ(input_names(*model), input_names(*standard_model("4.2")));
    for (const char* input :
         {"clients", "active_clients", "connections", "samba.connections", "depots", "online_clients", "packages"})
      EXPECT_TRUE(find_input(*model, input)) << input;
    for (const char* quantity :
         {"opsiconfd.workers", "opsiconfd.memory", "samba.memory", "server.cores", "server.memory",
          "server.memory_to_buy", "disk.tmp", "disk.var_lib_opsi", "disk.logs", "disk.database", "disk.backup"})
      EXPECT_TRUE(find_formula(*model, quantity)) << set.name << " " << quantity;
    EXPECT_EQ(missing_inputs(*model, nothing_given(*model)), std::vector<std::string>{"clients"});
  }
}

TEST(rule_sets, refuse_an_unknown_release) {
  const InputError error = refusal([] { standard_model("4.4"); });
  EXPECT_EQ(error.problem().find("unknown rule set"), 0U);
  EXPECT_EQ(error.found(), "4.4");
  EXPECT_EQ(error.allowed(), "4.1, 4.2, 4.3");
  refusal([] { standard_model(""); });
}

TEST(standard_model, is_built_once) { EXPECT_EQ(standard_model("4.2"), standard_model("4.2")); }

}  // namespace
}  // namespace sizing
