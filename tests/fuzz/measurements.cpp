// Tables of measurements from outside: what they hold is selected, fitted and made a figure of, whatever it is. The
// first line of the input is a condition, the rest the table.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libsizing/opsi/site.h"
#include "libsizing/plan/calibration.h"
#include "libsizing/plan/throughput.h"
#include "libsizing/report/report.h"

namespace {

using namespace sizing;

void require(bool law) {
  if (!law) std::abort();
}

CalibrationRequest request_of(std::string_view condition) {
  CalibrationRequest request;
  request.data = {"data.csv", "connections", "pss_kib", {}, "", ""};
  if (!condition.empty()) request.data.conditions.push_back(parse_condition(condition));
  request.at = AskedSize{130, "--at", true};
  request.date = "2026-01-02";
  return request;
}

void check(const Calibration& c) {
  const Series& s = c.measured.series;
  require(s.x.size() == s.y.size() && s.x.size() == s.lines.size());
  require(s.x.size() + s.not_met + s.without_value == s.rows);
  require(std::isfinite(c.fit().slope) && c.fit().r2 <= 1);
  for (const FigureOverride& own : read_own_figures(figures_toml(c.figures, {"a head"}), "own.toml"))
    require(own.low && own.high && *own.low <= *own.high);
}

template <class Question>
void ask(Question question) {
  try {
    question();
  } catch (const InputError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string condition = text.substr(0, end), csv = text.substr(std::min(end + 1, text.size()));
  ask([&] {
    const Calibration c = calibrate(csv, request_of(condition));
    for (const Format format : {Format::text, Format::json, Format::csv, Format::markdown})
      render(report(c, {"2026-01-02", "fuzz"}), format, {});
  });
  ask([&] {
    CalibrationRequest request = request_of(condition);
    request.slope_figure = "samba.memory_idle_connection";
    request.base_figure = "samba.base_memory";
    check(calibrate(csv, request));
  });
  ask([&] {
    const ThroughputCalibration c = calibrate_throughput(csv, request_of(condition));
    require(c.fit.usl.a >= 0 && c.fit.usl.b >= 0);
    render(report(c, {"2026-01-02", "fuzz"}), Format::text, {});
  });
  return 0;
}
