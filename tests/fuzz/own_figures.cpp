// Files of own figures: what is read and written reads the same.
#include <algorithm>

#include "libsizing/opsi/site.h"
#include "libsizing/plan/calibration.h"
#include "tests/fuzz/laws.h"

namespace {

using namespace sizing;

std::vector<FigureOverride> by_name(std::vector<FigureOverride> figures) {
  std::sort(figures.begin(), figures.end(),
            [](const FigureOverride& a, const FigureOverride& b) { return a.name < b.name; });
  return figures;
}

bool same(const FigureOverride& a, const FigureOverride& b) {
  return a.name == b.name && a.note == b.note && a.low == b.low && a.high == b.high && a.kind == b.kind;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::reads_or_refuses(
      [&] {
        const auto read = by_name(read_own_figures(fuzz::text_of(data, size), "own.toml"));
        const auto again = by_name(read_own_figures(figures_toml(read, {}), "own.toml"));
        fuzz::hold(std::equal(again.begin(), again.end(), read.begin(), read.end(), same),
                   "written again, the same figures");
      },
      "own.toml");
  return 0;
}
