#include "libsizing/base/instruction_set.h"

namespace sizing {

std::string_view name(InstructionSet set) {
  constexpr std::string_view names[] = {"baseline", "avx2", "avx512"};
  return names[static_cast<std::size_t>(set)];
}

const std::vector<InstructionSet>& instruction_sets() {
  static const std::vector<InstructionSet> sets = [] {
    std::vector<InstructionSet> found = {InstructionSet::baseline};
#ifdef SIZING_X86
    if (__builtin_cpu_supports("avx2")) found.push_back(InstructionSet::avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
      found.push_back(InstructionSet::avx512);
#endif
    return found;
  }();
  return sets;
}

InstructionSet best_instruction_set() { return instruction_sets().back(); }

}  // namespace sizing
