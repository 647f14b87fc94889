// A plan as Python holds it: its servers are evaluated at once, the rest is made when it is first asked for.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "libsizing/plan/plan.h"

namespace sizing::python {

class Planned {
 public:
  /// Throws InputError where the site does not resolve.
  explicit Planned(Site site) : site_(std::move(site)), servers_(resolve(site_)) {}

  const Site& site() const { return site_; }
  const std::vector<ResolvedServer>& servers() const { return servers_; }
  const Model& model() const { return *servers_[0].evaluation.model; }
  /// Limits, settings, remarks, answers. Not safe to call from two threads at once: the interpreter's lock is held.
  const Plan& whole() const {
    if (!whole_) whole_ = make_plan(site_);
    return *whole_;
  }

 private:
  Site site_;
  std::vector<ResolvedServer> servers_;
  mutable std::optional<Plan> whole_;
};

}  // namespace sizing::python
