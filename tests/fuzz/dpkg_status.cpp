// dpkg's list of packages, and the version in it.
#include <cstdlib>

#include "libsizing/base/text.h"
#include "libsizing/host/packages.h"
#include "tests/fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string version = installed_version(fuzz::chars(data, size), "opsiconfd");
  if (version != printable(version)) std::abort();
  const std::string release = release_of(version);
  if (!release.empty() && !version.starts_with(release)) std::abort();
  return 0;
}
