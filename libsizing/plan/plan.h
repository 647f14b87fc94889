// The plan of a site: for each server its quantities, whether its hardware fits, what it carries, settings and remarks.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "libsizing/analysis/capacity.h"
#include "libsizing/plan/resolve.h"

namespace sizing {

struct Remark {
  std::string code;
  Severity severity = Severity::note;
  std::string quantity;
  std::string text;
};

/// A resource of a server against what the server has or is offered, both in the resource's unit.
struct Fit {
  std::string resource;
  std::string quantity;  // the formula that needs it
  Unit unit;
  double needed = 0, offered = 0;
  std::string offered_text;  // as stated: "16 GB"
  bool fits = true;
};

/// A line for a configuration file. The value is for machines: sizes in bytes.
struct SettingValue {
  std::string key, value, file, standard, apply, why;
  std::string shown;  // the value for people: "600 MB"
};

/// How many clients the server carries on the hardware stated; memory and cores that are not stated count as bought.
/// The stated inputs that would follow the clients grow with them: more clients of the same habits.
struct Limit {
  bool on_offered = false;  // some hardware is stated
  Capacity capacity;
  std::vector<std::string> first;   // the resources that run out first
  std::vector<std::string> scaled;  // the stated inputs that grow with the clients
};

struct ServerPlan {
  ResolvedServer server;
  std::vector<std::string> roles;
  std::vector<Fit> fits;  // of the hardware that is stated; empty where none is
  Limit limit;
  std::vector<SettingValue> settings;
  std::vector<Remark> remarks;             // errors first
  std::array<double, 5> memory_by_kind{};  // server.memory in MB, by Kind of what it rests on
  std::string answer;                      // one sentence

  bool all_fit() const;
};

/// A stated resource that is not enough.
struct Shortfall {
  std::string server, resource;
};

struct Plan {
  Site site;
  std::shared_ptr<const Model> model;
  std::vector<ServerPlan> servers;
  std::string answer;

  bool has_hardware() const;
  bool all_fit() const;
  std::vector<Shortfall> shortfalls() const;
};

/// The stated hardware of a server against what it needs, in the order of the model's resources.
std::vector<Fit> fits_of(const ResolvedServer& server);

/// The inputs that are given and whose default would follow `input`: those that "the same habits" scale with it.
std::vector<std::size_t> following_inputs(const Evaluation& evaluation, std::size_t input);

/// "cores run out", "memory runs out", "cores and memory run out".
std::string run_out(const std::vector<std::string>& resources);

/// Throws InputError where the site does not resolve.
Plan make_plan(const Site& site);

}  // namespace sizing
