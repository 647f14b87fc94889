// A diagnostic file held against the plan of its site: what is there, what is needed, what is in force.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/diagnostic.h"
#include "libsizing/plan/plan.h"

namespace sizing {

enum class SizeVerdict { too_small, fits, oversized };
std::string_view name(SizeVerdict verdict);

/// A resource that the file states. Oversized is what exceeds the need by the figure hardware.oversized; free space
/// never is, nor a disk of whose packages the size is not known.
struct HardwareVerdict {
  Fit fit;
  SizeVerdict verdict = SizeVerdict::fits;
  std::string decided_by, rests_on;  // of what is needed
  Place from;
};

/// A value that opsi works with now beside the plan's.
struct InForce {
  std::string quantity;  // "opsiconfd.workers"
  Unit unit;
  double there = 0, planned = 0;
  std::string verdict;  // "too few", "as planned", …
  Place from;
};

/// A value that was read, for people.
struct Taken {
  std::string what, value;
  Place from;
};

struct Import {
  Diagnostic diagnostic;
  Plan plan;  // of its one server
  std::vector<HardwareVerdict> hardware;
  std::vector<InForce> in_force;
  std::vector<Taken> taken;
  std::vector<Remark> remarks;  // on the file; those of the plan are the plan's
  std::string answer;           // one sentence

  bool too_small() const;
};

/// `site` is to_site(diagnostic), or that with other statements. Throws InputError where the clients are not stated.
Import import_site(const Diagnostic& diagnostic, const Site& site);

/// What is said about the file itself, errors first.
std::vector<Remark> import_remarks(const Import& import);
std::vector<Taken> taken_from(const Diagnostic& diagnostic);

}  // namespace sizing
