// A calibration by the Universal Scalability Law for people and as a table.
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/chart.h"
#include "libsizing/report/json.h"
#include "libsizing/report/measured_items.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

constexpr std::size_t plot_width = 80;

TextTable law_table(const ThroughputCalibration& c) {
  const UslFit& f = c.fit;
  TextTable table{{"coefficient", "value", "std. error", "meaning"}, {false, true, true, false}};
  const auto error = [&](std::size_t i, bool held) { return held ? std::string("held at 0") : rounded(f.stderrs[i]); };
  table.rows.push_back({"g", rounded(f.usl.g), rounded(f.stderrs[0]), "throughput of one"});
  table.rows.push_back(
      {"a", rounded(f.usl.a), error(1, f.bounded[0]), "contention: the share of work that waits for one door"});
  table.rows.push_back(
      {"b", rounded(f.usl.b), error(2, f.bounded[1]), "coherency: what every pair costs for agreeing"});
  return table;
}

Document document_of(const ThroughputCalibration& c, const Stamp& stamp) {
  const Measured& m = c.measured;
  Document doc = calibration_head(c, stamp, c.fit.high);
  doc.push_back(Heading{3, "Universal Scalability Law: X(N) = g N / (1 + a (N - 1) + b N (N - 1))"});
  doc.push_back(law_table(c));
  doc.push_back(Paragraph{"Fitted to throughput itself by unweighted nonlinear least squares with a, b >= 0; R² " +
                          detailed(c.fit.r2) + ", residuals " + shown_amount(c.fit.spread, m.y_unit) + "."});
  doc.push_back(Heading{3, "Residuals"});
  doc.push_back(
      Verbatim{residual_plot("measured minus law", printable(m.x), m.series.x, c.fit.residuals, {}, plot_width)});
  add_remarks_and_data(doc, c.remarks, m);
  return doc;
}

Table table_of(const ThroughputCalibration& c) {
  const UslFit& f = c.fit;
  const auto top = peak(f.usl);
  const bool predicted = c.prediction && !c.prediction->refused;
  const auto of = [&](double v) { return predicted ? Cell{v} : Cell{}; };
  const PointPrediction at = predicted ? c.prediction->at : PointPrediction{};
  return {{"g",           "g_stderr",    "a",      "a_stderr",        "b",  "b_stderr",
           "a_held_at_0", "b_held_at_0", "peak_n", "peak_throughput", "r2", "residual_spread",
           "n",           "x",           "y",      "y_unit",          "at", "predicted",
           "low",         "high",        "usable"},
          {{f.usl.g,
            f.stderrs[0],
            f.usl.a,
            f.stderrs[1],
            f.usl.b,
            f.stderrs[2],
            f.bounded[0] ? "yes" : "no",
            f.bounded[1] ? "yes" : "no",
            top ? Cell{top->n} : Cell{},
            top ? Cell{top->throughput} : Cell{},
            f.r2,
            f.spread,
            static_cast<double>(f.n),
            c.measured.x,
            c.measured.y,
            c.measured.y_unit ? cell(name(*c.measured.y_unit)) : Cell{},
            of(at.x),
            of(at.y),
            of(at.next.low),
            of(at.next.high),
            c.usable ? "yes" : "no"}}};
}

}  // namespace

Report report(const ThroughputCalibration& c, const Stamp& stamp) {
  return {[&c, stamp] { return document_of(c, stamp); }, [&c] { return to_csv(table_of(c)); },
          [&c, stamp] { return to_json(c, stamp); }};
}

}  // namespace sizing
