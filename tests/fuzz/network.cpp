// Addresses and networks: what is taken reads the same from its own text.
#include "libsizing/base/network.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses([&] {
    const Network network = parse_network(fuzz::text_of(data, size));
    fuzz::hold(parse_network(network.text) == network, "written again, the same network");
    fuzz::hold(network.text.find_first_not_of("0123456789abcdef.:/") == std::string::npos, "a network alone");
  });
  return 0;
}
