// A distribution of times as users write it: what is read is written so that it reads the same.
#include "libsizing/queueing/distribution.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses([&] {
    const Distribution read = parse_distribution(fuzz::text_of(data, size), 2, "service");
    const Distribution again = parse_distribution(name(read), 2);
    fuzz::hold(again.kind == read.kind && again.shape == read.shape, "a name reads as what it names");
    fuzz::hold(survival(read, 1) >= 0 && survival(read, 1) <= 1, "a share is from 0 to 1");
  });
  return 0;
}
