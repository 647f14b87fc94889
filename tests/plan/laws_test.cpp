// The laws of a sizing model, over every example site under every rule set and 300 random servers.
#include <numeric>

#include <gtest/gtest.h>

#include "tests/support/sites.h"

namespace sizing {
namespace {

const std::vector<Plan>& all_plans() {
  static const std::vector<Plan> plans = [] {
    std::vector<Plan> result;
    for (const Site& site : all_sites()) result.push_back(make_plan(site));
    return result;
  }();
  return plans;
}

TEST(plan_law, the_same_input_gives_the_same_output) {
  for (const Plan& plan : all_plans()) {
    const Plan again = make_plan(plan.site);
    EXPECT_EQ(again.answer, plan.answer);
    ASSERT_EQ(again.servers.size(), plan.servers.size());
    for (std::size_t s = 0; s < plan.servers.size(); ++s) {
      EXPECT_EQ(again.servers[s].server.evaluation.values, plan.servers[s].server.evaluation.values);
      EXPECT_EQ(again.servers[s].remarks.size(), plan.servers[s].remarks.size());
    }
  }
}

TEST(plan_law, every_amount_is_finite_and_not_negative) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers)
      for (const Formula& formula : plan.model->formulas) {
        const double value = server.server.evaluation.values[formula.node];
        EXPECT_TRUE(std::isfinite(value) && value >= 0) << formula.name << " = " << value;
      }
}

TEST(plan_law, more_load_never_needs_less) {
  RandomSites random(42);
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers)
      for (const char* load : {"clients", "connections", "samba.connections", "depots", "online_clients"}) {
        const Evaluation& before = server.server.evaluation;
        const double more = std::ceil(std::pow(5000, random.fraction()));
        Given given = before.given;
        given.inputs[input_index(*plan.model, load)] = before.value(load) + more;
        const Evaluation after = evaluate(plan.model, given);
        for (const char* need : {"server.memory", "server.memory_to_buy", "server.cores", "opsiconfd.workers"})
          EXPECT_GE(after.value(need), before.value(need)) << need << " with " << more << " more " << load;
      }
}

TEST(plan_law, the_memory_is_the_sum_of_its_parts) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers) {
      const Evaluation& e = server.server.evaluation;
      double sum = find_figure(*plan.model, "system.base_memory")->value;
      for (const char* part :
           {"opsiconfd.memory", "samba.memory", "database.memory", "redis.memory", "directory_connector.memory"})
        if (find_formula(*plan.model, part)) sum += e.value(part);
      EXPECT_DOUBLE_EQ(e.value("server.memory_by_services"), sum);
      EXPECT_EQ(e.value("server.memory"), std::max(2000.0, e.value("server.memory_by_services")));
    }
}

TEST(plan_law, the_parts_by_kind_are_the_memory) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers) {
      const double memory = server.server.evaluation.value("server.memory");
      const auto& parts = server.memory_by_kind;
      EXPECT_NEAR(std::accumulate(parts.begin(), parts.end(), 0.0), memory, 1e-12 * memory);
      EXPECT_GE(*std::min_element(parts.begin(), parts.end()), 0);
    }
}

TEST(plan_law, what_is_bought_is_enough) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers) {
      const Evaluation& e = server.server.evaluation;
      EXPECT_GE(e.value("server.memory_to_buy") * 1073.741824, e.value("server.memory") * (1 - 1e-15));
    }
}

TEST(plan_law, more_hardware_never_fits_less) {
  for (const Plan& plan : all_plans()) {
    Site larger = plan.site;
    for (Server& server : larger.servers)
      for (Offer& o : server.hardware) o.amount *= 1.5;
    const Plan after = make_plan(larger);
    for (std::size_t s = 0; s < plan.servers.size(); ++s) {
      const ServerPlan &before = plan.servers[s], &now = after.servers[s];
      ASSERT_EQ(before.fits.size(), now.fits.size());
      for (std::size_t f = 0; f < before.fits.size(); ++f) EXPECT_LE(before.fits[f].fits, now.fits[f].fits);
      if (before.limit.capacity.carries_any) {
        EXPECT_TRUE(now.limit.capacity.carries_any);
        EXPECT_LE(before.limit.capacity.most, now.limit.capacity.most);
      }
    }
  }
}

TEST(plan_law, fits_where_no_need_exceeds_the_hardware) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers) {
      ASSERT_EQ(server.fits.size(), server.server.hardware.size());
      for (const Fit& fit : server.fits) {
        EXPECT_EQ(fit.fits, server.server.evaluation.value(fit.quantity) <= fit.offered) << fit.resource;
        EXPECT_EQ(fit.fits, !std::any_of(server.remarks.begin(), server.remarks.end(), [&](const Remark& r) {
                    return r.code == "does_not_fit" && r.quantity == fit.quantity;
                  }));
      }
    }
}

// What a server has of a resource: what is stated, or else what the plan buys.
double amount_there(const ServerPlan& server, const Resource& resource) {
  for (const Fit& fit : server.fits)
    if (fit.resource == resource.name) return fit.offered;
  const Evaluation& e = server.server.evaluation;
  const Formula &needed = e.model->formulas[resource.formula], &buy = e.model->formulas[resource.to_buy];
  return convert(e.values[buy.node], buy.unit, needed.unit);
}

// At the limit, the stated load scaled with the clients, all that is stated fits; with one client more, what is said to
// run out first does not.
TEST(plan_law, the_limit_is_the_inverse_of_the_plan) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers) {
      const Limit& limit = server.limit;
      if (!limit.capacity.carries_any || limit.capacity.at_bound) continue;
      const Evaluation& e = server.server.evaluation;
      const std::size_t clients = input_index(*e.model, "clients");
      const auto together = following_inputs(e, clients);
      const auto with = [&](double x) { return evaluate(e.model, at_size(e.given, clients, x, together)); };
      const Evaluation at = with(limit.capacity.most), beyond = with(limit.capacity.most + 1);
      for (const Fit& fit : server.fits) EXPECT_LE(at.value(fit.quantity), fit.offered) << plan.answer;
      for (const Resource& resource : e.model->resources) {
        const bool first = std::find(limit.first.begin(), limit.first.end(), resource.name) != limit.first.end();
        const std::string& need = e.model->formulas[resource.formula].name;
        if (!first) continue;
        EXPECT_GT(beyond.value(need), amount_there(server, resource)) << plan.answer;
        EXPECT_LE(at.value(need), amount_there(server, resource)) << plan.answer;
      }
    }
}

TEST(plan_law, the_hardware_to_buy_carries_the_site) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers)
      if (!server.limit.on_offered) {
        EXPECT_GE(server.limit.capacity.most, server.server.evaluation.value("clients")) << plan.answer;
      }
}

TEST(plan_law, remarks_are_whole_sentences_with_errors_first) {
  for (const Plan& plan : all_plans())
    for (const ServerPlan& server : plan.servers)
      for (std::size_t r = 0; r < server.remarks.size(); ++r) {
        const Remark& remark = server.remarks[r];
        EXPECT_EQ(remark.text.find_first_of("{}"), std::string::npos) << remark.text;
        EXPECT_TRUE(remark.text.ends_with('.')) << remark.text;
        EXPECT_NE(find_node(*plan.model, remark.quantity), no_node) << remark.quantity;
        if (r > 0) {
          EXPECT_GE(server.remarks[r - 1].severity, remark.severity);
        }
      }
}

}  // namespace
}  // namespace sizing
