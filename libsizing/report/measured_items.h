// What both forms of calibration say alike: their answer, an asked size, their data.
#pragma once

#include "libsizing/plan/calibration.h"
#include "libsizing/report/document.h"
#include "libsizing/report/report.h"

namespace sizing {

/// "At 130 connections (--at) …", or why not. `measured_to` is the largest size measured.
std::string prediction_sentence(const SizePrediction& prediction, const Measured& measured, double confidence,
                                double measured_to);

/// The start of a document: the answer, the stamp, and what holds at the size asked for.
template <class AnyCalibration>
Document calibration_head(const AnyCalibration& c, const Stamp& stamp, double measured_to) {
  Document doc = {Paragraph{c.answer}, Paragraph{stamp_line(stamp, "")}};
  if (!c.prediction) return doc;
  doc.push_back(Heading{3, "At the size asked for"});
  doc.push_back(Paragraph{prediction_sentence(*c.prediction, c.measured, c.confidence, measured_to)});
  return doc;
}

/// Its end: the remarks, and of the data the file, columns, conditions, rows used and left out, and the comments before
/// the header.
void add_remarks_and_data(Document& doc, const std::vector<Remark>& remarks, const Measured& measured);

}  // namespace sizing
