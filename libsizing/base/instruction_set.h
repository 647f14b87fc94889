// The instruction sets that the hot loops are compiled for, and which of them this machine has. Every one gives the
// same bits; see cmake/instruction_sets.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace sizing {

enum class InstructionSet { baseline, avx2, avx512 };
std::string_view name(InstructionSet set);

/// Those that this program was built with and this machine has, slowest first; never empty.
const std::vector<InstructionSet>& instruction_sets();
InstructionSet best_instruction_set();

}  // namespace sizing
