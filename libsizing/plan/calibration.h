// Calibration: what measurements of a site say about its own figures, and how far they may be believed.
//
// A line y = base + slope × x through the rows that were asked for, by least squares and by Huber's robust fit; checks
// of it as remarks; the answer at a size that a plan asks for; and figures made of slope and base, in the form that a
// site file has. Where the data do not carry a line (see `usable`) no figure is made of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/analysis/line_check.h"
#include "libsizing/opsi/site.h"
#include "libsizing/plan/measured.h"
#include "libsizing/plan/plan.h"

namespace sizing {

/// A line that explains less of the variance than this makes no figure. This and the following are conventions of this
/// tool, not published limits.
inline constexpr double least_r2 = 0.9;
/// Fewer points, or sizes of x, than these are warned of.
inline constexpr std::size_t few_points = 8, few_sizes = 4;
/// Least squares and Huber's slope that differ by more than this share are warned of.
inline constexpr double differing_slopes = 0.05;

/// A size of x to answer at.
struct AskedSize {
  double x = 0;
  std::string from;             // "--at", "samba.connections of server"
  bool may_be_refused = false;  // too far away: said in the answer; else it is an InputError
};

struct CalibrationRequest {
  MeasuredRequest data;
  bool robust = false;  // figures and prediction from Huber's fit
  double confidence = usual_confidence;
  std::optional<AskedSize> at;
  std::string slope_figure, base_figure;  // figures of the table to make, or ""
  std::string date;                       // of the calibration, for the note
};

struct SizePrediction {
  AskedSize asked;
  PointPrediction at;
  std::optional<FitRefusal> refused;  // too_far or no_line: `at` holds only its x
};

/// A figure that the data suggest; nothing is done without being asked.
struct FigureSuggestion {
  std::string slope_figure, base_figure;  // base_figure may be ""
};

struct Calibration {
  Measured measured;
  double confidence = usual_confidence;
  LineFit least_squares, huber;
  bool robust = false;  // which of both is the answer
  Straightness straightness;
  SpreadTrend spread_trend;
  std::vector<std::size_t> outliers;  // points, by their residual from Huber's line
  std::optional<SizePrediction> prediction;
  std::vector<FigureOverride> figures;
  std::optional<FigureSuggestion> suggestion;
  std::vector<Remark> remarks;  // errors first
  bool usable = true;           // a figure may be made of it
  std::string answer;           // one sentence

  const LineFit& fit() const { return robust ? huber : least_squares; }
};

/// `csv` is the text of the file. Throws InputError: what the reading of columns refuses; too few points, no spread in
/// x, numbers too large; a size too far away; a figure that is unknown, of another unit, or that the data do not carry.
Calibration calibrate(std::string_view csv, const CalibrationRequest& request);

/// The same of a table that is no file; its name in errors and notes is request.data.file.
Calibration calibrate(const Csv& table, const CalibrationRequest& request);

/// The words for `robust` (the second of them) and for the law that is fitted: a line, or plan/throughput.h's.
const std::vector<std::string>& fit_methods();
const std::vector<std::string>& fit_models();

/// The share of a confidence in percent. Throws InputError at `key` for one that is not from 50 to 99.99.
double confidence_of(double percent, const std::string& key);

/// The remarks of a line fit, errors first: each says what was seen and what follows.
std::vector<Remark> line_remarks(const Calibration& calibration);

/// Throws the InputError that a refusal of these measurements is.
[[noreturn]] void refuse(const Measured& measured, FitRefusal refusal, std::size_t least_points);

/// The figures that columns and conditions make plain (state=idle of smbd over connections), or nothing.
std::optional<FigureSuggestion> suggested_figures(const Measured& measured, const std::vector<Condition>& conditions,
                                                  const std::vector<std::string>& columns);

/// Slope and base of a usable calibration as the figures asked for. Range: 5 % to 95 % by Student's t.
std::vector<FigureOverride> calibrated_figures(const Calibration& calibration, const CalibrationRequest& request);

/// Own figures as TOML that read_own_figures reads; `head` becomes comments.
std::string figures_toml(const std::vector<FigureOverride>& figures, const std::vector<std::string>& head);

/// The value that the plan of a site has for an input or a formula of a server, in `unit` where that is known. Throws
/// InputError for an unknown one, and for one that counts something else.
double planned_value(const Site& site, std::size_t server, const std::string& quantity,
                     const std::optional<Unit>& unit);
/// The size at which the plan of a site asks `request` to answer. `quantity`: the one that x is; where it is "" that
/// which the slope's figure tells. Throws InputError as planned_value does, and at "quantity" where none is told.
AskedSize planned_size(const Site& site, std::size_t server, const std::string& quantity,
                       const CalibrationRequest& request);
/// The quantity of the plan that x counts, as the slope's figure tells: "samba.connections"; "" where it does not.
std::string planned_quantity(const std::string& slope_figure, const std::string& x);

}  // namespace sizing
