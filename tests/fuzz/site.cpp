// read_site: a site file is read or refused with its place, and what is read is planned or refused.
#include "libsizing/opsi/site.h"

#include "libsizing/plan/plan.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  constexpr std::size_t few = 3;  // servers: a plan of many is slow under the sanitizers
  fuzz::reads_or_refuses(
      [&] {
        const Site site = read_site(fuzz::text_of(data, size), "site.toml");
        fuzz::hold(!site.servers.empty(), "a site that is read has a server");
        if (site.servers.size() > few) return;
        fuzz::hold(make_plan(site).servers.size() == site.servers.size(), "each server has a plan");
      },
      "site.toml");
  return 0;
}
