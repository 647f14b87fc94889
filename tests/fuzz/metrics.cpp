// Metrics that opsiconfd exported.
#include "libsizing/host/metrics.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses(
      [&] {
        const Metrics metrics = read_metrics(fuzz::text_of(data, size), "metrics.json");
        for (const auto& [moment, values] : metrics.rows) {
          fuzz::hold(values.size() == metrics.columns.size(), "a row has a value, or none, of each column");
          fuzz::hold(moment.milliseconds >= 0, "a moment is one");
        }
      },
      "metrics.json");
  return 0;
}
