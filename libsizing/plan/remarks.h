// The remarks of a plan: those that the rules state, and those that follow from the form of any model.
#pragma once

#include <vector>

#include "libsizing/plan/plan.h"

namespace sizing {

/// Errors first, then warnings, then notes; within them in the order of the rules.
std::vector<Remark> remarks_of(const ResolvedServer& server, const std::vector<Fit>& fits);

/// What the servers of a site say of each other; said of the config server, the one at `config`.
std::vector<Remark> remarks_between(const std::vector<ResolvedServer>& servers, std::size_t config);

void sort_by_severity(std::vector<Remark>& remarks);

}  // namespace sizing
