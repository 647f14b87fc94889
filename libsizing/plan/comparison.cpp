#include "libsizing/plan/comparison.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

const ServerPlan* find_server(const Plan& plan, const std::string& name) {
  for (const ServerPlan& server : plan.servers)
    if (server.server.name == name) return &server;
  return nullptr;
}

std::vector<Remark> remarks_only_in(const ServerPlan& a, const ServerPlan& b) {
  std::vector<Remark> only;
  for (const Remark& remark : a.remarks)
    if (std::none_of(b.remarks.begin(), b.remarks.end(), [&](const Remark& r) {
          return r.code == remark.code && r.quantity == remark.quantity && r.severity == remark.severity;
        }))
      only.push_back(remark);
  return only;
}

double sum(const Plan& plan, const char* quantity) {
  double total = 0;
  for (const ServerPlan& server : plan.servers) total += server.server.evaluation.value(quantity);
  return total;
}

std::string shortfall_sentence(const Plan& plan) {
  std::vector<std::string> lacking;
  for (const Shortfall& s : plan.shortfalls()) lacking.push_back(s.resource + " of " + s.server);
  return lacking.empty() ? "" : " Hardware that falls short then: " + join(lacking, ", ") + ".";
}

std::string comparison_sentence(const Plan& from, const Plan& to) {
  const double m1 = sum(from, "server.memory"), m2 = sum(to, "server.memory");
  const double c1 = sum(from, "server.cores"), c2 = sum(to, "server.cores");
  const auto moved = [](double a, double b) { return b > a ? "rises" : b < a ? "falls" : "stays"; };
  const auto from_to = [](double a, double b, const std::string& x, const std::string& y) {
    return a == b ? " at " + y : " from " + x + " to " + y;
  };
  const std::string cores = c1 == c2 ? "stay" : c2 > c1 ? "rise" : "fall";
  return "Memory " + std::string(moved(m1, m2)) + from_to(m1, m2, rounded(m1) + " MB", rounded(m2) + " MB") +
         ", cores " + cores + from_to(c1, c2, rounded(c1), rounded(c2)) + "." + shortfall_sentence(to);
}

}  // namespace

Comparison compare(const Plan& from, const std::string& from_label, const Plan& to, const std::string& to_label) {
  Comparison result;
  result.from = from_label;
  result.to = to_label;
  result.from_opsi = from.model->name;
  result.to_opsi = to.model->name;
  result.has_hardware = to.has_hardware();
  result.falls_short = to.shortfalls();
  result.answer = comparison_sentence(from, to);
  const bool one_each = from.servers.size() == 1 && to.servers.size() == 1;
  for (const ServerPlan& after : to.servers) {
    const ServerPlan* before = one_each ? &from.servers[0] : find_server(from, after.server.name);
    ServerComparison server{after.server.name, before != nullptr, true, {}, {}, {}};
    if (before) {
      server.changes = compare(before->server.evaluation, after.server.evaluation);
      server.new_remarks = remarks_only_in(after, *before);
      server.gone_remarks = remarks_only_in(*before, after);
    }
    result.servers.push_back(std::move(server));
  }
  for (const ServerPlan& before : from.servers)
    if (!one_each && !find_server(to, before.server.name))
      result.servers.push_back({before.server.name, true, false, {}, {}, {}});
  return result;
}

}  // namespace sizing
