// Metrics that opsiconfd exported.
#include "libsizing/host/metrics.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "libsizing/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto metrics = sizing::read_metrics({reinterpret_cast<const char*>(data), size}, "metrics.json");
    for (const auto& [moment, values] : metrics.rows)
      if (values.size() != metrics.columns.size() || moment.milliseconds < 0) std::abort();
  } catch (const sizing::InputError&) {
  }
  return 0;
}
