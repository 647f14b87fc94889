#include "libsizing/host/check.h"

#include <algorithm>
#include <array>

namespace sizing {

std::string_view name(Verdict verdict) {
  constexpr std::array<std::string_view, 5> names = {"pass", "note", "warning", "fail", "unseen"};
  return names[static_cast<std::size_t>(verdict)];
}

Verdict worst(const std::vector<Check>& checks) {
  constexpr std::array<Verdict, 5> rising = {Verdict::pass, Verdict::note, Verdict::unseen, Verdict::warning,
                                             Verdict::fail};
  const auto rank = [&](Verdict v) { return std::find(rising.begin(), rising.end(), v) - rising.begin(); };
  Verdict verdict = Verdict::pass;
  for (const Check& check : checks)
    if (rank(check.verdict) > rank(verdict)) verdict = check.verdict;
  return verdict;
}

}  // namespace sizing
