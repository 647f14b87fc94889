// Names of hosts and domains, and the encoding of international ones.
#include "libsizing/host/names.h"

#include "libsizing/host/punycode.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view name = fuzz::text_of(data, size);
  fuzz::hold_rows(check_host_name(name));
  fuzz::hold_rows(check_domain(name));
  fuzz::hold_rows(check_fqdn(name));

  if (const auto text = from_utf8(name)) {
    fuzz::hold(to_utf8(*text) == name, "written again, the same UTF-8");
    constexpr std::size_t longest = 200;
    const auto encoded = text->size() < longest ? punycode_encode(*text) : std::nullopt;
    fuzz::hold(!encoded || punycode_decode(*encoded) == *text, "decoded, the same text");
  }
  constexpr std::size_t longest = 2000;
  if (size < longest) (void)punycode_decode(name);
  return 0;
}
