#include "libsizing/report/measured_items.h"

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

Items measured_items(const Measured& m) {
  const auto unit = [](const std::optional<Unit>& u) {
    return !u ? std::string(", unit not known") : name(*u).empty() ? std::string() : ", in " + name(*u);
  };
  Items items;
  items.items.push_back({"file", printable(m.file)});
  items.items.push_back(
      {"x", printable(m.x) + (m.x_unit && m.x.find(name(*m.x_unit)) == std::string::npos ? unit(m.x_unit) : "")});
  items.items.push_back({"y", printable(m.y) + unit(m.y_unit)});
  if (!m.filter.empty()) items.items.push_back({"rows with", m.filter});
  items.items.push_back({"rows", std::to_string(m.series.x.size()) + " used of " + std::to_string(m.series.rows) +
                                     "; " + std::to_string(m.series.not_met) + " of other conditions, " +
                                     std::to_string(m.series.without_value) + " with an empty cell"});
  for (std::size_t i = 0; i < m.comments.size() && i < 20; ++i)
    if (!m.comments[i].empty()) items.items.push_back({"says", excerpt(m.comments[i], 200)});
  return items;
}

}  // namespace

std::string prediction_sentence(const SizePrediction& p, const Measured& m, double confidence, double measured_to) {
  const std::string size = rounded(p.at.x) + " " + printable(m.x) + " (" + printable(p.asked.from) + ")";
  if (p.refused == FitRefusal::no_line)
    return "No answer at " + size + ": these data do not carry one; the remarks say why.";
  if (p.refused)
    return "No answer at " + size + ": the measurements end at " + rounded(measured_to) +
           ", and nothing is said beyond three times that. Measure larger sizes.";
  const auto between = [&](const Interval& i) {
    return shown_amount(i.low, m.y_unit) + " to " + shown_amount(i.high, m.y_unit);
  };
  const std::string percent = rounded(100 * confidence) + " %";
  return "At " + size + " " + printable(m.y) + " is " + shown_amount(p.at.y, m.y_unit) +
         "; one more measurement would fall within " + between(p.at.next) + " with " + percent +
         " confidence, the mean of many within " + between(p.at.line) + "." +
         (p.at.x > measured_to ? " This is extrapolated: the measurements end at " + rounded(measured_to) + "." : "");
}

void add_remarks_and_data(Document& doc, const std::vector<Remark>& remarks, const Measured& measured) {
  if (!remarks.empty()) {
    doc.push_back(Heading{3, "Remarks"});
    doc.push_back(remark_items(remarks));
  }
  doc.push_back(Heading{3, "Data"});
  doc.push_back(measured_items(measured));
}

}  // namespace sizing
