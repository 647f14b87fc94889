// read_histogram and read_times: weights and times are read or refused with their place; what is read has a sum to
// share, and a mean that is a number.
#include <cmath>
#include <numeric>

#include "libsizing/opsi/routine.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses(
      [&] {
        const auto steps = read_histogram(fuzz::text_of(data, size), "shape.csv");
        fuzz::hold(!steps.empty() && steps.size() <= most_histogram_steps, "there are steps, not too many");
        fuzz::hold(std::accumulate(steps.begin(), steps.end(), 0.0) > 0, "somebody comes");
      },
      "shape.csv");
  fuzz::reads_or_refuses(
      [&] {
        const Distribution times = distribution_of(read_times(fuzz::text_of(data, size), "times.csv"));
        fuzz::hold(times.mean >= 0 && std::isfinite(times.mean), "the mean is a time");
      },
      "times.csv");
  return 0;
}
