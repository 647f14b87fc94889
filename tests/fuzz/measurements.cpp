// Tables of measurements from outside: what they hold is selected, fitted and made a figure of, whatever it is. The
// first line of the input is a condition, the rest the table.
#include <algorithm>
#include <cmath>

#include "libsizing/opsi/site.h"
#include "libsizing/plan/calibration.h"
#include "libsizing/plan/throughput.h"
#include "libsizing/report/report.h"
#include "tests/fuzz/laws.h"

namespace {

using namespace sizing;
using fuzz::hold;
using fuzz::reads_or_refuses;

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
  hold(s.x.size() == s.y.size() && s.x.size() == s.lines.size(), "a point has x, y and its line");
  hold(s.x.size() + s.not_met + s.without_value == s.rows, "each row is used or left out");
  hold(std::isfinite(c.fit().slope) && c.fit().r2 <= 1, "a fit is one");
  for (const FigureOverride& own : read_own_figures(figures_toml(c.figures, {"a head"}), "own.toml"))
    hold(own.low && own.high && *own.low <= *own.high, "a figure lies between its bounds");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string condition = text.substr(0, end), csv = text.substr(std::min(end + 1, text.size()));
  reads_or_refuses(
      [&] {
        const Csv table = parse_measurements(csv, "data.csv");
        for (const CsvRow& row : table.rows)
          hold(row.fields.size() == table.header.size(), "a row has the fields of the header");
      },
      "data.csv");
  reads_or_refuses([&] {
    const Calibration c = calibrate(csv, request_of(condition));
    for (const Format format : {Format::text, Format::json, Format::csv, Format::markdown})
      render(report(c, {"2026-01-02", "fuzz"}), format, {});
  });
  reads_or_refuses([&] {
    CalibrationRequest request = request_of(condition);
    request.slope_figure = "samba.memory_idle_connection";
    request.base_figure = "samba.base_memory";
    check(calibrate(csv, request));
  });
  reads_or_refuses([&] {
    const ThroughputCalibration c = calibrate_throughput(csv, request_of(condition));
    hold(c.fit.usl.a >= 0 && c.fit.usl.b >= 0, "no coefficient is negative");
    render(report(c, {"2026-01-02", "fuzz"}), Format::text, {});
  });
  return 0;
}
