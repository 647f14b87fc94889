// The mounted file systems, and those that the health check looks at.
#include <algorithm>
#include <cstdlib>

#include "libsizing/host/space.h"
#include "tests/fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const auto mounts = parse_mounts(fuzz::chars(data, size));
  for (const std::string& folder : watched_mounts(mounts))
    if (folder != "/" && std::find(mounts.begin(), mounts.end(), folder) == mounts.end()) std::abort();
  return 0;
}
