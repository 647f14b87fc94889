// A figure that could be changed without a test noticing would be a figure that nobody checks.
#include <set>

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/worked_lines.h"

namespace sizing {
namespace {

// Figures of the tables that no rule uses: `opsi-sizing figures` lists them.
const std::set<std::string> background = {
    // Held against a host by `check`; tests/host/requirements_test.cpp notices a change.
    "server.architectures",
    "disk.free_space_error",
    "check.memory_tolerance",
    "check.end_of_life_warning",
    // Held against a host by `import`.
    "hardware.oversized",
    // What follows from routines rests on them; tests/plan/peaks_test.cpp notices a change.
    "load.quantile",
    "opsiconfd.session_lifetime",
    "depot.transfer_slots",
    "client.requests_per_boot",
    "client.rpc_time",
    // What is simulated rests on them; tests/plan/serving_test.cpp notices a change.
    "opsiconfd.busy_cores_per_worker",
    "opsiconfd.request_core_share",
    "opsiconfd.socket_backlog",
    "client.connect_timeout",
    "client.read_timeout",
    "client.tries",
    "client.reconnect_after_loss",
    // Shown alone.
    "opsiconfd.max_sessions_per_ip",
    "opsiconfd.websockets_per_worker_tested",
    "samba.memory_after_read",
    "database.software_rows_per_client",
};

// These stand in a setting alone; settings_follow_the_model checks them.
const std::set<std::string> in_settings_only = {"database.max_allowed_packet",
                                                "database.default_max_allowed_packet",
                                                "database.default_max_connections",
                                                "database.other_connections",
                                                "redis.other_connections",
                                                "samba.default_max_processes",
                                                "samba.default_max_open_files",
                                                "samba.default_deadtime",
                                                "4.2 redis.memory_error"};

// This one changes the words of a remark alone; remarks_test.cpp checks them.
const std::set<std::string> in_words_only = {"opsiconfd.scalability_light_workers"};

std::set<std::string> used_figures() {
  std::set<std::string> used;
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    for (std::size_t i = 0; i < model->figures.size(); ++i)
      if (model->figure_used[i]) used.insert(model->figures[i].name);
  }
  return used;
}

TEST(figures, are_used_by_a_rule_or_listed_as_background) {
  const auto used = used_figures();
  for (const Figure& figure : figures())
    EXPECT_NE(used.contains(figure.name), background.contains(figure.name)) << figure.name;
  for (const std::string& name : background)
    EXPECT_TRUE(std::any_of(figures().begin(), figures().end(), [&](const Figure& f) { return f.name == name; }))
        << name;
}

TEST(figures, cannot_change_without_a_worked_line_noticing) {
  for (const RuleSet& set : rule_sets()) {
    const auto model = standard_model(set.name);
    ASSERT_TRUE(misses(model).empty());
    for (std::size_t i = 0; i < model->figures.size(); ++i) {
      const std::string& name = model->figures[i].name;
      if (in_settings_only.contains(std::string(set.name) + " " + name)) continue;
      if (!model->figure_used[i] || in_settings_only.contains(name) || in_words_only.contains(name)) continue;
      auto changed = figures();
      changed[i].value = changed[i].value * 1.37 + 1;
      for (Point& point : changed[i].curve) point.y *= 1.37;
      EXPECT_FALSE(misses(build_model(set.name, changed)).empty()) << set.name << " " << changed[i].name;
    }
  }
}

double setting(const std::shared_ptr<const Model>& model, const std::string& inputs, const std::string& key) {
  const Evaluation e = evaluate(model, given_by(*model, inputs));
  for (const Setting& s : model->settings)
    if (s.key == key && (s.condition == no_node || e.values[s.condition] != 0)) return e.values[s.node];
  return -1;
}

TEST(settings, follow_the_model) {
  const auto model = standard_model("4.3");
  // opsiconfd wants 16,000,000 bytes; MariaDB's default, 16 MiB, gives them. A smaller default would not.
  EXPECT_EQ(setting(model, "clients=9", "max_allowed_packet"), -1);
  auto small_packets = figures();
  for (Figure& figure : small_packets)
    if (figure.name == "database.default_max_allowed_packet") figure.value = 4 << 20;
  EXPECT_EQ(setting(build_model("4.3", small_packets), "clients=9", "max_allowed_packet"), 16'000'000);
  EXPECT_EQ(setting(model, "clients=9;connections=100", "workers"), 5);
  EXPECT_EQ(setting(model, "clients=9;connections=100", "max_connections"), -1);   // 5 × (20 + 10), below 151
  EXPECT_EQ(setting(model, "clients=9;connections=101", "max_connections"), 200);  // 6 × (20 + 10) + 20
  EXPECT_EQ(setting(model, "clients=9;connections=101;service.database=0", "max_connections"), -1);
  EXPECT_EQ(setting(model, "clients=2000", "innodb_buffer_pool_size"), 200);  // 0.1 MB a client
  EXPECT_EQ(setting(model, "clients=1280", "innodb_buffer_pool_size"), -1);   // not above the default
  EXPECT_EQ(setting(model, "clients=10000", "maxclients"), -1);
  EXPECT_EQ(setting(model, "clients=10001", "maxclients"), 10201);  // and 200 for others
  EXPECT_EQ(setting(model, "clients=5000;active_clients=0;connections=0", "LimitNOFILE"), -1);
  EXPECT_EQ(setting(model, "clients=5001;active_clients=0;connections=0", "LimitNOFILE"), 20002);  // two each,
  // and the 10000 that opsiconfd asks for itself
}

}  // namespace
}  // namespace sizing
