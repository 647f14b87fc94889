// A distribution of times, and a shape of arrivals, as users write them: what is read is written so that it reads the
// same, and is within its bounds.
#include "libsizing/queueing/distribution.h"

#include "libsizing/queueing/arrivals.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses([&] {
    const Distribution read = parse_distribution(fuzz::text_of(data, size), 2, "service");
    const Distribution again = parse_distribution(name(read), 2);
    fuzz::hold(again.kind == read.kind && again.shape == read.shape, "a name reads as what it names");
    fuzz::hold(survival(read, 1) >= 0 && survival(read, 1) <= 1, "a share is from 0 to 1");
  });
  fuzz::reads_or_refuses([&] {
    const ArrivalShape shape = parse_shape(fuzz::text_of(data, size));
    fuzz::hold(shape.peak >= 0 && shape.peak <= 1, "a peak is within the window");
    fuzz::hold(arrived(arrival_curve({1, 0, 1, shape}), 1) == 1, "all come within the window");
  });
  return 0;
}
