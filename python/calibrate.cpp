// opsi_sizing.calibrate: own figures from measurements, of a file or of columns.
#include <algorithm>
#include <functional>

#include <pybind11/stl.h>

#include "libsizing/base/date.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/calibration.h"
#include "libsizing/plan/throughput.h"
#include "python/column.h"
#include "python/formats.h"
#include "python/module.h"
#include "python/stated.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

constexpr char columns_name[] = "data";  // of a table that is no file, as errors and notes call it

struct Calibrated {
  Calibration calibration;
  Stamp stamp;

  const LineFit& fit() const { return calibration.fit(); }
};
struct CalibratedThroughput {
  ThroughputCalibration calibration;
  Stamp stamp;
};

struct Predicted {
  SizePrediction prediction;
};
struct Outlier {
  int line = 0;
  double x = 0, y = 0, residual = 0;
};

using Pair = std::pair<double, double>;
Pair pair_of(const Interval& interval) { return {interval.low, interval.high}; }

std::optional<std::string> name_of(const std::optional<Unit>& unit) {
  return unit ? std::optional(name(*unit)) : std::nullopt;
}

// Parameters have _ where the library's keys have -; a row that is no line of a file is counted from 0.
template <class Answer>
Answer answered(const std::function<Answer()>& ask) {
  try {
    return ask();
  } catch (const InputError& error) {
    Place place = error.place();
    if (place.file == columns_name && place.line > 0)
      throw RowError(place.key, {static_cast<std::size_t>(place.line - 1)}, error.problem(), error.found(),
                     error.allowed());
    if (place.file.empty()) place.key = replace_all(place.key, "-", "_");
    throw InputError(place, error.problem(), error.found(), error.allowed());
  }
}

// {"names": all columns, "cells": the texts of those that are used}; the cells of others are not looked at.
Csv table_of(const std::vector<std::string>& names, const std::map<std::string, std::vector<std::string>>& used) {
  Csv table;
  table.header = names;
  std::size_t rows = 0;
  for (const auto& [name, cells] : used) rows = std::max(rows, cells.size());
  for (const auto& [name, cells] : used)
    if (cells.size() != rows)
      throw InputError({columns_name, 0, 0, name}, "is shorter than another column", std::to_string(cells.size()),
                       std::to_string(rows) + " rows");
  for (std::size_t row = 0; row < rows; ++row) {
    table.rows.push_back({static_cast<int>(row) + 1, std::vector<std::string>(names.size())});
    for (std::size_t c = 0; c < names.size(); ++c)
      if (const auto at = used.find(names[c]); at != used.end()) table.rows.back().fields[c] = at->second[row];
  }
  return table;
}

struct Asked {
  CalibrationRequest request;
  bool usl = false;
  Stamp stamp;
};

const std::string& one_of(const std::string& key, const std::string& word, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return word;
  throw InputError({"", 0, 0, key}, "not allowed" + did_you_mean(word, known), word, join(known, ", "));
}

std::vector<Condition> conditions_of(const std::vector<std::string>& texts) {
  std::vector<Condition> conditions;
  for (const std::string& text : texts) try {
      conditions.push_back(parse_condition(text));
    } catch (const InputError& error) {
      throw InputError({"", 0, 0, "where"}, error.problem(), error.found(), error.allowed());
    }
  return conditions;
}

// What the call says beside the data; `how` has the parameters of the same names.
template <class Value>
Value said(const py::dict& how, const char* name) {
  try {
    return how[name].cast<Value>();
  } catch (const py::cast_error&) {
    throw py::type_error(std::string(name) + " does not take " +
                         std::string(py::str(py::type::handle_of(how[name]).attr("__name__"))));
  }
}

std::string text_or_nothing(const py::dict& how, const char* name) {
  return said<std::optional<std::string>>(how, name).value_or("");
}

bool asks_a_site(const py::dict& how) {
  for (const char* name : {"site", "opsi", "figures"})
    if (!how[name].is_none()) return true;
  const auto stated = how["stated"].cast<py::dict>();
  return std::any_of(stated.begin(), stated.end(), [](const auto& item) { return !item.second.is_none(); });
}

// The size that is said, or that the plan of a site asks for.
std::optional<AskedSize> asked_size(const py::dict& how, const CalibrationRequest& request) {
  const std::string quantity = text_or_nothing(how, "quantity");
  if (!how["at"].is_none()) {
    if (asks_a_site(how)) throw InputError({"", 0, 0, "at"}, "the size is given by the site as well");
    return AskedSize{number_of("at", how["at"]), "at"};
  }
  if (!asks_a_site(how)) {
    if (!quantity.empty())
      throw InputError({"", 0, 0, "quantity"}, "is of a plan, and there is no site", "",
                       "site=, or what is stated about one");
    return std::nullopt;
  }
  const Question asked =
      question_of("calibrate", how["site"], how["server"], how["opsi"], how["figures"], how["stated"].cast<py::dict>());
  return planned_size(asked.site, asked.server, quantity, request);
}

CalibrationRequest request_of(const py::dict& how, const std::string& file) {
  CalibrationRequest request;
  request.data = {file,
                  said<std::string>(how, "x"),
                  said<std::string>(how, "y"),
                  conditions_of(said<std::vector<std::string>>(how, "where")),
                  text_or_nothing(how, "x_unit"),
                  text_or_nothing(how, "unit")};
  request.robust = one_of("fit", said<std::string>(how, "fit"), fit_methods()) == "huber";
  request.confidence = confidence_of(number_of("confidence", how["confidence"]), "confidence");
  request.slope_figure = text_or_nothing(how, "slope_figure");
  request.base_figure = text_or_nothing(how, "base_figure");
  request.date = today();
  request.at = asked_size(how, request);
  return request;
}

Asked asked_of(const py::dict& how, const std::string& file, const std::string& call) {
  Asked asked{answered<CalibrationRequest>([&] { return request_of(how, file); }), false, stamp_of(call)};
  const std::string model = text_or_nothing(how, "model");
  asked.usl = model.empty() ? is_throughput(asked.request.data.x, asked.request.data.y)
                            : one_of("model", model, fit_models()) == "usl";
  return asked;
}

using AnyCalibration = py::typing::Union<Calibrated, CalibratedThroughput>;

AnyCalibration calibrated(const Csv& table, const Asked& asked) {
  if (asked.usl)
    return py::cast(CalibratedThroughput{
        answered<ThroughputCalibration>([&] { return calibrate_throughput(table, asked.request); }), asked.stamp});
  return py::cast(Calibrated{answered<Calibration>([&] { return calibrate(table, asked.request); }), asked.stamp});
}

void add_parts(py::module_& module) {
  py::class_<Outlier>(module, "Outlier", "A measurement that does not belong to the line.")
      .def_readonly("line", &Outlier::line, "Of the file; of columns the row, counted from 1.")
      .def_readonly("x", &Outlier::x, "In the unit of x.")
      .def_readonly("y", &Outlier::y, "In the unit of y.")
      .def_readonly("residual", &Outlier::residual, "Measured less the robust line, in the unit of y.")
      .def("__repr__", [](const Outlier& o) {
        return "<Outlier in line " + std::to_string(o.line) + ": " + rounded(o.y) + " at " + rounded(o.x) + ">";
      });
  py::class_<Predicted> prediction(module, "Prediction", "What a fit says at a size, or that it says nothing there.");
  const auto of = [](auto value) {
    return [value](const Predicted& p) {
      return p.prediction.refused ? std::nullopt : std::optional(value(p.prediction.at));
    };
  };
  prediction
      .def_property_readonly(
          "x", [](const Predicted& p) { return p.prediction.asked.x; }, "The size, in the unit of x.")
      .def_property_readonly(
          "asked_by", [](const Predicted& p) { return p.prediction.asked.from; }, "'at', or a quantity of a plan.")
      .def_property_readonly("y", of([](const PointPrediction& at) { return at.y; }),
                             "In the unit of y; None where it is refused.")
      .def_property_readonly(
          "interval", of([](const PointPrediction& at) { return pair_of(at.next); }),
          "Where one more measurement falls with the confidence asked for; None where it is refused.")
      .def_property_readonly("mean_interval", of([](const PointPrediction& at) { return pair_of(at.line); }),
                             "Where the mean of many measurements lies; None where it is refused.")
      .def_property_readonly(
          "refused",
          [](const Predicted& p) {
            return p.prediction.refused ? std::optional(std::string(words(*p.prediction.refused))) : std::nullopt;
          },
          "Why there is no answer, or None.")
      .def("__repr__", [](const Predicted& p) {
        return "<Prediction at " + rounded(p.prediction.asked.x) +
               (p.prediction.refused ? ": refused>" : ": " + rounded(p.prediction.at.y) + ">");
      });
}

// What both kinds have.
template <class Class>
void add_common(Class& type) {
  using Object = typename Class::type;
  type.def_property_readonly(
          "answer", [](const Object& c) { return c.calibration.answer; }, "One sentence.")
      .def_property_readonly(
          "usable", [](const Object& c) { return c.calibration.usable; }, "Whether the data carry it.")
      .def_property_readonly("x", [](const Object& c) { return c.calibration.measured.x; })
      .def_property_readonly("y", [](const Object& c) { return c.calibration.measured.y; })
      .def_property_readonly(
          "x_unit", [](const Object& c) { return name_of(c.calibration.measured.x_unit); }, "None where not known.")
      .def_property_readonly(
          "y_unit", [](const Object& c) { return name_of(c.calibration.measured.y_unit); }, "None where not known.")
      .def_property_readonly(
          "confidence", [](const Object& c) { return c.calibration.confidence; }, "Of the intervals, as a share.")
      .def_property_readonly(
          "prediction",
          [](const Object& c) {
            return c.calibration.prediction ? std::optional(Predicted{*c.calibration.prediction}) : std::nullopt;
          },
          "The answer at the size asked for, or None.")
      .def_property_readonly(
          "remarks", [](const Object& c) { return c.calibration.remarks; }, "Errors first.")
      .def("__repr__", [](const Object& c) { return "<Calibration: " + c.calibration.answer + ">"; });
  add_formats(type, [](const Object& c) { return report(c.calibration, c.stamp); });
}

std::vector<Outlier> outliers_of(const Calibrated& c) {
  std::vector<Outlier> all;
  const Series& s = c.calibration.measured.series;
  for (const std::size_t i : c.calibration.outliers)
    all.push_back({s.lines[i], s.x[i], s.y[i], c.calibration.huber.residuals[i]});
  return all;
}

std::map<std::string, double> figures_of(const Calibrated& c) {
  std::map<std::string, double> values;
  for (const FigureOverride& own : c.calibration.figures) values[own.name] = parse_number(own.value);
  return values;
}

std::optional<std::pair<std::string, std::optional<std::string>>> suggestion_of(const Calibrated& c) {
  const auto& s = c.calibration.suggestion;
  if (!s) return std::nullopt;
  return std::pair(s->slope_figure, s->base_figure.empty() ? std::nullopt : std::optional(s->base_figure));
}

void add_line(py::module_& module) {
  py::class_<Calibrated> type(module, "Calibration",
                              R"(A line y = intercept + slope * x through measurements; calibrate() makes it.

Its numbers are those of the fit that was asked for, in the units of y and x; to_dict() has those of both fits.)");
  type.def_property_readonly(
          "slope", [](const Calibrated& c) { return c.fit().slope; }, "In the unit of y for one of x.")
      .def_property_readonly(
          "intercept", [](const Calibrated& c) { return c.fit().intercept; }, "In the unit of y: the base.")
      .def_property_readonly(
          "slope_stderr", [](const Calibrated& c) { return c.fit().slope_stderr; }, "Its standard error.")
      .def_property_readonly(
          "intercept_stderr", [](const Calibrated& c) { return c.fit().intercept_stderr; }, "Its standard error.")
      .def_property_readonly(
          "slope_interval",
          [](const Calibrated& c) { return pair_of(slope_interval(c.fit(), c.calibration.confidence)); },
          "By Student's t, with the confidence asked for.")
      .def_property_readonly(
          "intercept_interval",
          [](const Calibrated& c) { return pair_of(intercept_interval(c.fit(), c.calibration.confidence)); },
          "By Student's t, with the confidence asked for.")
      .def_property_readonly(
          "r2", [](const Calibrated& c) { return c.fit().r2; }, "The share of the variance that the line takes away.")
      .def_property_readonly(
          "residual_spread", [](const Calibrated& c) { return c.fit().spread; },
          "The standard deviation around the line, in the unit of y.")
      .def_property_readonly(
          "n", [](const Calibrated& c) { return c.fit().n; }, "The rows that were used.")
      .def_property_readonly("outliers", &outliers_of, "By their distance from the robust line.")
      .def_property_readonly("figures", &figures_of, "The figures asked for, as figures= takes them, in their units.")
      .def_property_readonly(
          "figures_file", [](const Calibrated& c) { return figures_file(c.calibration, c.stamp); },
          "The text of a file for figures=, with range, kind and note of each; '' where no figure was asked for.")
      .def_property_readonly("suggestion", &suggestion_of,
                             "The figures that these data look like (of the slope, of the base or None), or None.");
  add_common(type);
}

void add_throughput(py::module_& module) {
  py::class_<CalibratedThroughput> type(
      module, "ThroughputCalibration",
      R"(The Universal Scalability Law through throughput over workers; calibrate() makes it.

X(N) = g N / (1 + a (N - 1) + b N (N - 1)): g is the throughput of one, a and b are contention and coherency.)");
  const auto number = [](auto value) {
    return [value](const CalibratedThroughput& c) { return value(c.calibration.fit); };
  };
  type.def_property_readonly("g", number([](const UslFit& f) { return f.usl.g; }),
                             "The throughput of one, in the unit of y.")
      .def_property_readonly("a", number([](const UslFit& f) { return f.usl.a; }), "Contention; no unit.")
      .def_property_readonly("b", number([](const UslFit& f) { return f.usl.b; }), "Coherency; no unit.")
      .def_property_readonly(
          "stderrs", number([](const UslFit& f) { return std::tuple(f.stderrs[0], f.stderrs[1], f.stderrs[2]); }),
          "The standard errors of g, a and b; 0 of one that is held at 0.")
      .def_property_readonly("r2", number([](const UslFit& f) { return f.r2; }),
                             "The share of the variance that the law takes away.")
      .def_property_readonly("n", number([](const UslFit& f) { return f.n; }), "The rows that were used.")
      .def_property_readonly(
          "peak",
          [](const CalibratedThroughput& c) {
            const auto top = peak(c.calibration.fit.usl);
            return top ? std::optional(Pair{top->n, top->throughput}) : std::nullopt;
          },
          "Where throughput is largest, and how large; None without a peak.");
  add_common(type);
}

}  // namespace

void add_calibrate(py::module_& module) {
  add_parts(module);
  add_line(module);
  add_throughput(module);
  module.def(
      "calibrate_file",
      [](const PathArgument& path, const py::dict& how, const std::string& call) {
        const std::string file = path_of(path, "data is a path or has columns");
        const Asked asked = asked_of(how, file, call);
        return calibrated(
            answered<Csv>([&] { return parse_measurements(read_file(file, most_measurement_bytes), file); }), asked);
      },
      py::arg("path"), py::arg("how"), py::arg("call"));
  module.def(
      "calibrate_columns",
      [](const std::vector<std::string>& names, const std::map<std::string, std::vector<std::string>>& used,
         const py::dict& how, const std::string& call) {
        const Asked asked = asked_of(how, columns_name, call);
        return calibrated(table_of(names, used), asked);
      },
      py::arg("names"), py::arg("used"), py::arg("how"), py::arg("call"));
  module.def(
      "condition_columns",
      [](const std::vector<std::string>& where) {
        std::vector<std::string> columns;
        for (const Condition& condition : conditions_of(where)) columns.push_back(condition.column);
        return columns;
      },
      py::arg("where"), "The columns that conditions speak of.");
}

}  // namespace sizing::python
