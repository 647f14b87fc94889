#include "libsizing/queueing/day_loops.h"

namespace sizing {

// Defined in day_loops.cpp, once for each instruction set that it is compiled for.
extern const DayLoop day_baseline;
#ifdef SIZING_X86
extern const DayLoop day_avx2;
extern const DayLoop day_avx512;
#endif

ArrivalDrawing drawing_of(const ArrivalCurve& curve) {
  const Arrivals& a = curve.arrivals;
  return {curve.at_once ? ArrivalShape::Kind::at_once : a.shape.kind,
          a.start,
          a.window,
          a.shape.peak,
          curve.before.data(),
          a.shape.steps.size()};
}

const DayLoop& day_loop(InstructionSet set) {
#ifdef SIZING_X86
  if (set == InstructionSet::avx2) return day_avx2;
  if (set == InstructionSet::avx512) return day_avx512;
#endif
  (void)set;
  return day_baseline;
}

}  // namespace sizing
