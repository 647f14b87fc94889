#include "libsizing/plan/remarks.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"
#include "tests/support/worked_lines.h"

namespace sizing {
namespace {

Plan plan_of(const std::string& opsi, const std::string& inputs) { return make_plan(one_server(opsi, inputs)); }

std::string severity(const Remark* remark) { return remark ? std::string(name(remark->severity)) : ""; }

// Each limit of the health checks and the page, from both sides.
TEST(remarks, of_the_rules_are_made_at_their_limits) {
  for (const RemarkLine& line : remark_lines()) {
    if (line.inputs.find('[') != std::string::npos) continue;  // figures are no inputs
    EXPECT_EQ(severity(find_remark(plan_of(line.opsi, line.inputs), line.code)), line.severity)
        << line.opsi << " " << line.inputs << " " << line.code;
  }
}

// The makers of opsi: Scalability Light allows two workers, Scalability any number (scalability43); 4.2 has one module.
TEST(scalability_module, is_the_smaller_one_where_that_is_enough) {
  const auto text = [](const char* opsi, const char* inputs) {
    const Plan plan = plan_of(opsi, inputs);
    const Remark* remark = find_remark(plan, "scalability_module");
    return remark ? remark->text : "";
  };
  EXPECT_EQ(text("4.3", "clients=9;connections=20"), "");
  EXPECT_TRUE(contains(text("4.3", "clients=9;connections=21"), "Scalability Light, or Scalability"));
  EXPECT_TRUE(contains(text("4.3", "clients=9;connections=41"), "Scalability (Scalability Light allows 2 workers)"));
  EXPECT_FALSE(contains(text("4.2", "clients=9;connections=21"), "Light"));
}

TEST(extrapolated, is_remarked_beyond_the_last_published_point) {
  const auto memory = [](const char* inputs) {
    return severity(find_remark(plan_of("4.2", inputs), "extrapolated", "opsiconfd.memory_by_clients"));
  };
  EXPECT_EQ(memory("clients=4000;connections=100"), "");
  EXPECT_EQ(memory("clients=4001;connections=100"), "warning");
  EXPECT_EQ(memory("clients=3990;connections=100;depots=1"), "");
  EXPECT_EQ(memory("clients=3991;connections=100;depots=1"), "warning");
  EXPECT_EQ(memory("clients=4001;connections=2000"), "note");  // 100 workers decide: 25 GB
  const auto cores = [](const char* inputs) {
    return severity(find_remark(plan_of("4.2", inputs), "extrapolated", "cpu.cores_by_clients"));
  };
  EXPECT_EQ(cores("clients=1000;connections=100"), "");
  EXPECT_EQ(cores("clients=1001;connections=100"), "warning");
  EXPECT_EQ(cores("clients=1001;connections=2000"), "note");
  EXPECT_FALSE(find_remark(plan_of("4.3", "clients=100000;connections=100"), "extrapolated"));
}

TEST(assumed_input, is_remarked_where_it_decides_something) {
  const Plan plan = plan_of("4.2", "clients=1000");
  const Remark* remark = find_remark(plan, "assumed_input");
  ASSERT_TRUE(remark);
  EXPECT_EQ(remark->quantity, "connections");
  EXPECT_EQ(remark->severity, Severity::warning);
  EXPECT_TRUE(contains(remark->text, "100 connections")) << remark->text;
  EXPECT_TRUE(contains(remark->text, "state it")) << remark->text;
  EXPECT_FALSE(find_remark(plan_of("4.2", "clients=1000;connections=100"), "assumed_input"));
  // 50 clients need less than the page's least server, however many connect.
  EXPECT_FALSE(find_remark(plan_of("4.2", "clients=50"), "assumed_input"));
}

TEST(hardware_remarks, are_made_where_the_hardware_is_used_up) {
  const std::string site = "clients=1000;connections=100";
  const double needed = plan_of("4.2", site).servers[0].server.evaluation.value("server.memory");
  const auto with_memory = [&](double megabytes, const char* unit) {
    const double size = megabytes / convert(1, parse_unit(unit), parse_unit("MB"));
    return make_plan(with_hardware(one_server("4.2", site), "memory=" + exact(size) + " " + unit));
  };
  EXPECT_EQ(severity(find_remark(with_memory(needed * 0.99, "GB"), "does_not_fit")), "error");
  EXPECT_FALSE(find_remark(with_memory(needed * 1.01, "GB"), "does_not_fit"));
  EXPECT_EQ(severity(find_remark(with_memory(needed * 1.01, "GB"), "near_limit")), "note");
  EXPECT_TRUE(find_remark(with_memory(needed / 0.901, "GB"), "near_limit"));   // 90.1 % used
  EXPECT_FALSE(find_remark(with_memory(needed / 0.899, "GB"), "near_limit"));  // 89.9 % used
  EXPECT_FALSE(find_remark(with_memory(needed * 0.99, "GB"), "near_limit"));
}

// 1 GiB is 1.073741824 GB: what lacks less than that would fit if the modules were GiB.
TEST(hardware_remarks, say_where_gib_would_fit) {
  const std::string site = "clients=1000;connections=100";
  const double needed = plan_of("4.2", site).servers[0].server.evaluation.value("server.memory") / 1000;
  const auto remarked = [&](double size, const char* unit) {
    return find_remark(make_plan(with_hardware(one_server("4.2", site), "memory=" + exact(size) + unit)),
                       "gib_would_fit") != nullptr;
  };
  EXPECT_TRUE(remarked(needed / 1.073, "GB"));
  EXPECT_FALSE(remarked(needed / 1.075, "GB"));
  EXPECT_FALSE(remarked(needed * 1.001, "GB"));
  EXPECT_FALSE(remarked(needed / 1.1, "GiB"));
}

TEST(no_effect, is_remarked_of_what_a_release_does_not_read) {
  const Remark* websockets = nullptr;
  const Plan older = plan_of("4.2", "clients=100;connections=9;online_clients=50");
  websockets = find_remark(older, "no_effect");
  ASSERT_TRUE(websockets);
  EXPECT_EQ(websockets->quantity, "online_clients");
  EXPECT_EQ(websockets->severity, Severity::note);
  EXPECT_FALSE(find_remark(plan_of("4.3", "clients=100;connections=9;online_clients=50"), "no_effect"));
  EXPECT_FALSE(find_remark(plan_of("4.2", "clients=100;connections=9"), "no_effect"));
  EXPECT_TRUE(
      find_remark(plan_of("4.1", "clients=100;connections=9;active_clients=50"), "no_effect", "active_clients"));
}

// Measured beside published: 24.2 + 0.76 and 14.2 MB for each of 130 connections, against 130 × 4 × 1.5.
TEST(samba_measured, stands_beside_the_published_rule) {
  const Plan plan = plan_of("4.2", "clients=1000;connections=100;samba.connections=130");
  const Remark* remark = find_remark(plan, "samba_measured");
  ASSERT_TRUE(remark);
  for (const char* number : {"780 MB", "123 MB", "1870.2 MB"})
    EXPECT_TRUE(contains(remark->text, number)) << remark->text;
}

TEST(remarks_between, compare_the_config_server_with_its_depots) {
  const auto codes = [](const std::string& config) {
    const Plan plan = make_plan(read_site("[[server]]\nname = \"c\"\nroles = [\"config\"]\n" + config +
                                              "[[server]]\nname = \"d\"\nroles = [\"depot\"]\nclients = 900\n",
                                          "s.toml"));
    return std::pair(find_remark(plan, "depot_clients_above_total") != nullptr,
                     find_remark(plan, "depots_differ") != nullptr);
  };
  EXPECT_EQ(codes("clients = 900\n"), std::pair(false, false));
  EXPECT_EQ(codes("clients = 899\n"), std::pair(true, false));
  EXPECT_EQ(codes("clients = 900\ndepots = 1\n"), std::pair(false, false));
  EXPECT_EQ(codes("clients = 900\ndepots = 2\n"), std::pair(false, true));
  EXPECT_EQ(codes("clients = 900\ndepots = 0\n"), std::pair(false, true));
}

}  // namespace
}  // namespace sizing
