// Addresses and networks: what is taken reads the same from its own text.
#include "libsizing/base/network.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "libsizing/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto network = sizing::parse_network({reinterpret_cast<const char*>(data), size});
    if (sizing::parse_network(network.text) != network) std::abort();
    if (network.text.find_first_not_of("0123456789abcdef.:/") != std::string::npos) std::abort();
  } catch (const sizing::InputError&) {
  }
  return 0;
}
