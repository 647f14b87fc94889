#include "libsizing/queueing/fcfs.h"

namespace sizing {

// Defined in fcfs_loops.cpp, once for each instruction set that it is compiled for.
extern const FcfsLoop fcfs_baseline;
#ifdef SIZING_X86
extern const FcfsLoop fcfs_avx2;
extern const FcfsLoop fcfs_avx512;
#endif

Drawing drawing_of(const Distribution& distribution) {
  Drawing drawing{.kind = distribution.kind, .mean = distribution.mean};
  if (distribution.mean == 0) drawing.kind = Distribution::Kind::constant;
  if (drawing.kind == Distribution::Kind::erlang) drawing.phases = static_cast<std::size_t>(distribution.shape);
  if (drawing.kind == Distribution::Kind::hyperexponential) drawing.branches = two_exponentials(distribution);
  if (drawing.kind == Distribution::Kind::lognormal) drawing.logarithm = log_normal(distribution);
  if (drawing.kind == Distribution::Kind::measured) {
    const MeasuredTimes& m = *distribution.measured;
    drawing.low = m.low.data(), drawing.width = m.width.data(), drawing.before = m.before.data();
    drawing.bins = m.low.size();
  }
  return drawing;
}

const FcfsLoop& fcfs_loop(InstructionSet set) {
#ifdef SIZING_X86
  if (set == InstructionSet::avx2) return fcfs_avx2;
  if (set == InstructionSet::avx512) return fcfs_avx512;
#endif
  (void)set;
  return fcfs_baseline;
}

}  // namespace sizing
