// Throughput over workers: the Universal Scalability Law through measurements, and where more workers stop to help.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/analysis/usl.h"
#include "libsizing/plan/calibration.h"

namespace sizing {

struct ThroughputCalibration {
  Measured measured;
  double confidence = usual_confidence;
  UslFit fit;
  std::optional<SizePrediction> prediction;
  std::vector<Remark> remarks;  // errors first
  bool usable = true;
  std::string answer;  // one sentence
};

/// Whether the columns speak of throughput over workers: x counts workers, y is a rate or is called throughput.
bool is_throughput(const std::string& x, const std::string& y);

/// Throws InputError as calibrate does, and where a figure is asked for: no figure of the table is one of this law.
ThroughputCalibration calibrate_throughput(std::string_view csv, const CalibrationRequest& request);
/// The same of a table that is no file; its name in errors is request.data.file.
ThroughputCalibration calibrate_throughput(const Csv& table, const CalibrationRequest& request);

}  // namespace sizing
