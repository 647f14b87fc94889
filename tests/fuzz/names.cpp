// Names of hosts and domains, and the encoding of international ones.
#include "libsizing/host/names.h"

#include "libsizing/host/punycode.h"
#include "tests/fuzz/checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view name = fuzz::chars(data, size);
  fuzz::hold_rows(check_host_name(name));
  fuzz::hold_rows(check_domain(name));
  fuzz::hold_rows(check_fqdn(name));

  if (const auto text = from_utf8(name)) {
    if (to_utf8(*text) != name) std::abort();
    constexpr std::size_t longest = 200;
    const auto encoded = text->size() < longest ? punycode_encode(*text) : std::nullopt;
    if (encoded && punycode_decode(*encoded) != *text) std::abort();
  }
  constexpr std::size_t longest = 2000;
  if (size < longest) (void)punycode_decode(name);
  return 0;
}
