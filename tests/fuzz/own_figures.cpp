// Files of own figures: what is read and written reads the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "libsizing/opsi/site.h"
#include "libsizing/plan/calibration.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  try {
    const auto by_name = [](const FigureOverride& a, const FigureOverride& b) { return a.name < b.name; };
    auto read = read_own_figures({reinterpret_cast<const char*>(data), size}, "own.toml");
    auto again = read_own_figures(figures_toml(read, {}), "own.toml");
    std::sort(read.begin(), read.end(), by_name);
    std::sort(again.begin(), again.end(), by_name);
    if (again.size() != read.size()) std::abort();
    for (std::size_t i = 0; i < read.size(); ++i)
      if (again[i].name != read[i].name || again[i].note != read[i].note || again[i].low != read[i].low ||
          again[i].high != read[i].high || again[i].kind != read[i].kind)
        std::abort();
  } catch (const InputError&) {
  }
  return 0;
}
