// dpkg's list of packages, and their versions in it.
#include "libsizing/host/packages.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  std::string again;
  const Packages packages = parse_packages(fuzz::text_of(data, size));
  for (const auto& [name, version] : packages) {
    fuzz::hold(version == printable(version), "a version can be shown");
    fuzz::hold(version.starts_with(release_of(version)), "a release is the start of its version");
    again += "Package: " + name + "\nStatus: install ok installed\nVersion: " + version + "\n\n";
  }
  fuzz::hold(parse_packages(again) == packages, "written again, the same packages");
  return 0;
}
