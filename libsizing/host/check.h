// A check: one requirement held against what was found. Every check of a host, a name or a proxy setting is such a row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/error.h"

namespace sizing {

/// `unseen`: it could not be looked at (no right, not in this tree); that is never a pass.
enum class Verdict { pass, note, warning, fail, unseen };
std::string_view name(Verdict verdict);

struct Check {
  std::string id;     // stable, for scripts: "memory", "no_proxy.wildcard"
  std::string title;  // for people: "Memory"
  Verdict verdict = Verdict::pass;
  std::string found, required;
  std::string source;  // id of a Source
  std::string advice;  // what to do; "" where nothing is to be done
  Place place{};       // where it stands: file, line and column of a violation
};

/// The verdict of all together: fail before warning before unseen before note before pass; of none: pass.
Verdict worst(const std::vector<Check>& checks);

}  // namespace sizing
