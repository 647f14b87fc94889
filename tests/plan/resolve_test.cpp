#include "libsizing/plan/resolve.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

std::string origin(const ResolvedServer& server, const char* input) {
  const Origin& o = server.origins[input_index(*server.evaluation.model, input)];
  return std::string(name(o.kind)) + " " + o.text;
}

double value(const ResolvedServer& server, const char* quantity) { return server.evaluation.value(quantity); }

TEST(resolve, says_where_each_input_comes_from) {
  Site site = read_site("[[server]]\nname = \"a\"\nclients = 100\nroles = [\"config\"]\n", "s.toml");
  state(site.servers[0], {"depots", 2, {"", 0, 0, "--depots"}});
  const ResolvedServer server = resolve(site)[0];
  EXPECT_EQ(origin(server, "clients"), "stated s.toml:3");
  EXPECT_EQ(origin(server, "role.config"), "stated s.toml:4");
  EXPECT_EQ(origin(server, "role.depot"), "stated s.toml:4");
  EXPECT_EQ(origin(server, "depots"), "stated --depots");
  EXPECT_EQ(origin(server, "active_clients"), "default default: clients");
  EXPECT_EQ(origin(server, "packages"), "default default: 0 GB");
  EXPECT_EQ(origin(server, "connections"),
            "assumed assumed: clients × [load.simultaneous_share] × 1 connection/client");
  EXPECT_EQ(value(server, "connections"), 10);  // 10 % of 100
  EXPECT_EQ(server.origins.size(), server.evaluation.model->inputs.size());
}

TEST(resolve, lets_a_flag_win_over_the_file) {
  Site site = read_site("[[server]]\nclients = 100\nconnections = 7\n", "s.toml");
  state(site.servers[0], {"connections", 9, {"", 0, 0, "--connections"}});
  const ResolvedServer server = resolve(site)[0];
  EXPECT_EQ(value(server, "connections"), 9);
  EXPECT_EQ(origin(server, "connections"), "stated --connections");
}

TEST(resolve, assumes_nothing_where_the_site_measured_the_figure) {
  const char figure[] = "[figures.\"load.simultaneous_share\"]\nvalue = 20\nnote = \"n\"\n";
  const std::string file = std::string("[[server]]\nclients = 100\n") + figure;
  EXPECT_EQ(origin(resolve(read_site(file, "s.toml"))[0], "connections").substr(0, 7), "assumed");
  const ResolvedServer measured = resolve(read_site(file + "kind = \"measured\"\n", "s.toml"))[0];
  EXPECT_EQ(origin(measured, "connections").substr(0, 7), "default");
  EXPECT_EQ(value(measured, "connections"), 20);
}

constexpr char three_servers[] = R"([[server]]
name = "config"
clients = 1000
[[server]]
name = "north"
roles = ["depot"]
clients = 300
[[server]]
name = "south"
roles = ["depot"]
clients = 200
)";

TEST(resolve, counts_the_depot_servers_of_the_site) {
  const auto servers = resolve(read_site(three_servers, "s.toml"));
  ASSERT_EQ(servers.size(), 3U);
  EXPECT_EQ(value(servers[0], "depots"), 2);
  EXPECT_EQ(origin(servers[0], "depots"), "derived depot servers of the site");
  EXPECT_EQ(value(servers[1], "depots"), 0);
  EXPECT_EQ(origin(servers[1], "depots"), "default default: 0 depots");
}

TEST(resolve, takes_the_stated_number_of_depots) {
  Site site = read_site(three_servers, "s.toml");
  state(site.servers[0], {"depots", 0, {"", 0, 0, "--depots"}});
  EXPECT_EQ(value(resolve(site)[0], "depots"), 0);
}

TEST(resolve, evaluates_all_servers_with_one_model) {
  const auto servers = resolve(read_site(three_servers, "s.toml"));
  EXPECT_EQ(servers[0].evaluation.model, servers[2].evaluation.model);
  EXPECT_EQ(servers[0].evaluation.model, standard_model("4.2"));
}

TEST(resolve, refuses_a_site_without_clients) {
  const InputError flags = refusal([] { resolve(flag_site()); });
  EXPECT_EQ(flags.problem(), "is missing");
  EXPECT_EQ(flags.place().key, "clients");
  EXPECT_TRUE(contains(flags.allowed(), "a whole number of clients")) << flags.what();
  EXPECT_TRUE(contains(flags.allowed(), "site file")) << flags.what();
  const std::string file = std::string(three_servers) + "[[server]]\nname = \"west\"\nroles = [\"depot\"]\n";
  EXPECT_EQ(describe(refusal([&] { resolve(read_site(file, "s.toml")); }).place()), "s.toml:12:1: west.clients");
}

TEST(resolve, refuses_two_config_servers_and_servers_without_role) {
  const std::string file = std::string(three_servers) + "[[server]]\nname = \"second\"\nclients = 1\n";
  const InputError two = refusal([&] { resolve(read_site(file, "s.toml")); });
  EXPECT_EQ(two.problem(), "a second config server beside config");
  EXPECT_EQ(describe(two.place()), "s.toml:12:1: second");
  const InputError none = refusal([] { resolve(read_site("[[server]]\nclients = 1\nroles = []\n", "s.toml")); });
  EXPECT_EQ(none.problem(), "the server has no role");
  EXPECT_EQ(none.place().line, 1);
}

TEST(resolve, puts_the_figures_of_the_site_in_place) {
  const Site site = read_site(
      "[[server]]\nclients = 9\nsamba.connections = 10\n[figures.\"samba.margin\"]\nvalue = 25\nnote = \"n\"\n",
      "s.toml");
  EXPECT_EQ(value(resolve(site)[0], "samba.memory"), 50);  // 10 × 4 MB × 1.25
  EXPECT_EQ(find_figure(*standard_model("4.2"), "samba.margin")->value, 50);
}

TEST(rule_set_origin, is_the_line_that_states_it_or_the_default) {
  const auto origin_of = [](const char* toml) {
    const Origin o = rule_set_origin(read_site(toml, "s.toml"));
    return std::string(name(o.kind)) + " " + o.text;
  };
  EXPECT_EQ(origin_of("[[server]]\nclients = 1\n"), "default default");
  EXPECT_EQ(origin_of("name = \"n\"\nopsi = \"4.2\"\n[[server]]\nclients = 1\n"), "stated s.toml:2");
}

TEST(main_server, is_the_config_server) {
  EXPECT_EQ(main_server(read_site(three_servers, "s.toml")), 0U);
  EXPECT_EQ(main_server(read_site("[[server]]\nclients=1\nroles=[\"depot\"]\n[[server]]\nclients=1\n", "s.toml")), 1U);
  EXPECT_EQ(main_server(flag_site()), 0U);
}

}  // namespace
}  // namespace sizing
