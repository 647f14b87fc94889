#include "libsizing/model/kernels.h"

namespace sizing {

// Defined in kernel_loops.cpp, once for each instruction set that it is compiled for.
extern const Kernels kernels_baseline;
#ifdef SIZING_X86
extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
#endif

const Kernels& kernels(InstructionSet set) {
#ifdef SIZING_X86
  if (set == InstructionSet::avx2) return kernels_avx2;
  if (set == InstructionSet::avx512) return kernels_avx512;
#endif
  (void)set;
  return kernels_baseline;
}

}  // namespace sizing
