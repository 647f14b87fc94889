#include "libsizing/plan/sweep_answer.h"

#include <gtest/gtest.h>

#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

TEST(ask_sweep, varies_inputs_and_figures) {
  const Site site = one_server("4.2", "connections=100");
  const SweepAnswer answer = ask_sweep(site, 0, {{"clients", {1000, 2000, 3000}}, {"samba.margin", {0, 50}}},
                                       {"samba.memory", "load.clients"});
  ASSERT_EQ(answer.sweep.rows, 6U);
  EXPECT_EQ(answer.sweep.values[0].front(), 400);  // 100 × 4 MB
  EXPECT_EQ(answer.sweep.values[0].back(), 600);   // with half as much again
  EXPECT_EQ(answer.sweep.values[1].front(), 1000);
  EXPECT_EQ(answer.sweep.values[1].back(), 3000);
  EXPECT_EQ(answer.axis_units, (std::vector<std::string>{"client", "%"}));
  EXPECT_EQ(answer.output_units, (std::vector<std::string>{"MB", "client"}));
}

TEST(ask_sweep, says_where_another_rule_decides) {
  const SweepAnswer answer =
      ask_sweep(one_server("4.2", "connections=100"), 0, {{"clients", {1366, 1367, 1368}}}, {"opsiconfd.memory"});
  ASSERT_EQ(answer.changes.size(), 1U);
  EXPECT_EQ(answer.changes[0],
            "from clients = 1367 on, opsiconfd.memory_by_clients decides opsiconfd.memory (before: "
            "opsiconfd.memory_by_workers)");
}

TEST(ask_sweep, takes_the_needs_where_no_output_is_named) {
  const SweepAnswer answer = ask_sweep(flag_site(), 0, {{"clients", {100}}}, {});
  for (const char* output : {"opsiconfd.workers", "server.memory", "server.memory_to_buy", "server.cores"})
    EXPECT_EQ(std::count(answer.outputs.begin(), answer.outputs.end(), output), 1) << output;
}

TEST(ask_sweep, refuses_what_it_cannot_vary) {
  const Site site = one_server("4.2", "clients=100");
  const auto error = [&](const std::vector<Varied>& varied, const std::vector<std::string>& outputs = {}) {
    return std::string(refusal([&] { ask_sweep(site, 0, varied, outputs); }).what());
  };
  EXPECT_TRUE(contains(error({}), "vary: is missing"));
  EXPECT_TRUE(contains(error({{"clients", {}}}), "no values"));
  EXPECT_TRUE(contains(error({{"clinets", {1, 2}}}), "did you mean 'clients'?"));
  EXPECT_TRUE(contains(error({{"server.memory", {1, 2}}}), "is computed"));
  EXPECT_TRUE(contains(error({{"cpu.cores_by_clients", {1, 2}}}), "only an input or a plain figure"));
  EXPECT_TRUE(contains(error({{"server.architectures", {1, 2}}}), "only an input or a plain figure"));
  EXPECT_TRUE(contains(error({{"clients", {1, 2}}, {"clients", {5}}}), "varied twice"));
  EXPECT_TRUE(contains(error({{"clients", {-5, 5}}}), "not allowed; found -5"));
  EXPECT_TRUE(contains(error({{"clients", {0.5}}}), "a whole number"));
  EXPECT_TRUE(contains(error({{"samba.margin", {-5}}}), "found -5"));
  const std::vector<double> many(2000, 1);
  EXPECT_TRUE(contains(error({{"clients", many}, {"connections", many}}), "too many rows"));
  EXPECT_TRUE(contains(error({{"clients", {1}}}, {"server.memry"}), "did you mean 'server.memory'?"));
}

}  // namespace
}  // namespace sizing
