// A calibration by a line for people and as a table.
#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/report/chart.h"
#include "libsizing/report/json.h"
#include "libsizing/report/measured_items.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

constexpr std::size_t plot_width = 80, most_outliers_shown = 20;

// "742.73 ± 8.81 KiB": the number, and how far its interval reaches.
std::vector<std::string> fit_row(const std::string& title, const LineFit& fit, const Measured& m) {
  return {title,
          shown_amount(fit.slope, m.y_unit),
          rounded(fit.slope),
          rounded(fit.slope_stderr),
          shown_amount(fit.intercept, m.y_unit),
          rounded(fit.intercept),
          rounded(fit.intercept_stderr),
          detailed(fit.r2),
          shown_amount(fit.spread, m.y_unit)};
}

TextTable fits_table(const Calibration& c) {
  const Measured& m = c.measured;
  const std::string unit = m.y_unit ? " [" + name(*m.y_unit) + "]" : "";
  TextTable table{
      {"fit", "slope", "slope" + unit, "std. error", "base", "base" + unit, "std. error", "R²", "residuals"},
      {false, true, true, true, true, true, true, true, true}};
  table.rows.push_back(fit_row("least squares", c.least_squares, m));
  table.rows.push_back(fit_row("Huber, robust", c.huber, m));
  return table;
}

TextTable outliers_table(const Calibration& c) {
  const Measured& m = c.measured;
  const std::string unit = m.y_unit ? " [" + name(*m.y_unit) + "]" : "";
  TextTable table{{"line", printable(m.x), printable(m.y) + unit, "residual" + unit, "robust spreads"},
                  std::vector<bool>(5, true)};
  for (std::size_t k = 0; k < std::min(most_outliers_shown, c.outliers.size()); ++k) {
    const std::size_t i = c.outliers[k];
    const double residual = c.huber.residuals[i];
    table.rows.push_back({std::to_string(m.series.lines[i]), rounded(m.series.x[i]), rounded(m.series.y[i]),
                          rounded(residual),
                          c.huber.spread > 0 ? rounded(residual / c.huber.spread) : "all but exact"});
  }
  return table;
}

void say_figures(const Calibration& c, const Stamp& stamp, Document& doc) {
  if (!c.figures.empty()) {
    doc.push_back(Heading{3, "Figures, for --figures"});
    doc.push_back(Verbatim{figures_file(c, stamp)});
  } else if (c.suggestion) {
    const FigureSuggestion& s = *c.suggestion;
    doc.push_back(Paragraph{"These rows look like what " + s.slope_figure +
                            (s.base_figure.empty() ? " is" : " and " + s.base_figure + " are") +
                            " made of; to make it so: --slope-figure " + s.slope_figure +
                            (s.base_figure.empty() ? "" : " --base-figure " + s.base_figure) +
                            " --write-figures FILE."});
  }
}

std::string use_of(const Calibration& c) {
  if (!c.usable) return "What it may be used for: to see that these rows are no line; for no size, and for no figure.";
  const double far = std::max(std::abs(c.fit().x_low), std::abs(c.fit().x_high));
  return "What it may be used for: " + printable(c.measured.y) + " from " + rounded(c.fit().x_low) + " to " +
         rounded(c.fit().x_high) + " " + printable(c.measured.x) +
         " under the conditions of these rows; with care up to " + rounded(farthest * far) +
         "; not beyond. The intervals hold chance, not other conditions.";
}

Document document_of(const Calibration& c, const Stamp& stamp) {
  const Measured& m = c.measured;
  Document doc = calibration_head(c, stamp, c.fit().x_high);
  doc.push_back(Heading{3, "Fits"});
  doc.push_back(fits_table(c));
  const std::string unit = m.y_unit ? " [" + name(*m.y_unit) + "]" : "";
  doc.push_back(Heading{3, std::string("Residuals from the line of ") + (c.robust ? "Huber's fit" : "least squares")});
  doc.push_back(Verbatim{residual_plot("measured minus line" + unit + (c.outliers.empty() ? "" : ", × an outlier"),
                                       printable(m.x), m.series.x, c.fit().residuals, c.outliers, plot_width)});
  if (!c.outliers.empty()) {
    doc.push_back(Heading{3, "Outliers, by Huber's line"});
    doc.push_back(outliers_table(c));
    if (c.outliers.size() > most_outliers_shown)
      doc.push_back(
          Paragraph{"And " + std::to_string(c.outliers.size() - most_outliers_shown) + " more; JSON has all."});
  }
  add_remarks_and_data(doc, c.remarks, m);
  doc.push_back(Paragraph{use_of(c)});
  say_figures(c, stamp, doc);
  return doc;
}

std::vector<Cell> csv_row(const Calibration& c, const std::string& fit_name, const LineFit& fit) {
  const Measured& m = c.measured;
  const auto unit = [](const std::optional<Unit>& u) { return u ? cell(name(*u)) : Cell{}; };
  std::vector<Cell> row = {fit_name,
                           fit.slope,
                           fit.slope_stderr,
                           fit.intercept,
                           fit.intercept_stderr,
                           fit.r2,
                           fit.spread,
                           static_cast<double>(fit.n),
                           static_cast<double>(fit.distinct),
                           static_cast<double>(c.outliers.size()),
                           m.x,
                           unit(m.x_unit),
                           m.y,
                           unit(m.y_unit)};
  const bool predicted = c.prediction && !c.prediction->refused && &fit == &c.fit();
  if (predicted)
    for (const double v :
         {c.prediction->at.x, c.prediction->at.y, c.prediction->at.next.low, c.prediction->at.next.high})
      row.emplace_back(v);
  else
    row.resize(row.size() + 4);
  row.emplace_back(c.usable ? "yes" : "no");
  return row;
}

Table table_of(const Calibration& c) {
  return {{"fit", "slope", "slope_stderr", "intercept", "intercept_stderr", "r2", "residual_spread", "n", "distinct_x",
           "outliers", "x", "x_unit", "y", "y_unit", "at", "predicted", "low", "high", "usable"},
          {csv_row(c, "least_squares", c.least_squares), csv_row(c, "huber", c.huber)}};
}

}  // namespace

std::string figures_file(const Calibration& c, const Stamp& stamp) {
  if (c.figures.empty()) return "";
  std::vector<std::string> head = {"Figures measured on a site, for --figures of opsi-sizing.",
                                   "opsi-sizing " + std::string(version()) + ", " + stamp.date + ": " + stamp.command};
  for (const std::string& comment : c.measured.comments)
    if (!comment.empty() && head.size() < 20) head.push_back("Measured: " + excerpt(comment, 100));
  return figures_toml(c.figures, head);
}

Report report(const Calibration& c, const Stamp& stamp) {
  return {[&c, stamp] { return document_of(c, stamp); }, [&c] { return to_csv(table_of(c)); },
          [&c, stamp] { return to_json(c, stamp); }};
}

}  // namespace sizing
