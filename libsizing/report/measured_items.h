// What both forms of calibration say of their data and of an asked size.
#pragma once

#include "libsizing/plan/calibration.h"
#include "libsizing/report/document.h"

namespace sizing {

/// File, columns, conditions, rows used and left out, and the comments before the header.
Items measured_items(const Measured& measured);

/// "At 130 connections (--at) …", or why not. `measured_to` is the largest size measured.
std::string prediction_sentence(const SizePrediction& prediction, const Measured& measured, double confidence,
                                double measured_to);

}  // namespace sizing
