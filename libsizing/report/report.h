// Reports: one result in every format. Each format is made only when it is asked for, from the same result.
#pragma once

#include <functional>
#include <string>

#include "libsizing/host/check_answer.h"
#include "libsizing/model/explain.h"
#include "libsizing/plan/capacity_answer.h"
#include "libsizing/plan/comparison.h"
#include "libsizing/plan/load.h"
#include "libsizing/plan/plan.h"
#include "libsizing/plan/sweep_answer.h"
#include "libsizing/plan/throughput.h"
#include "libsizing/plan/waiting.h"
#include "libsizing/report/document.h"
#include "libsizing/report/table.h"

namespace sizing {

enum class Format { text, json, csv, markdown };

/// What every output carries: which tool, when, asked what.
struct Stamp {
  std::string date;     // 2026-11-22
  std::string command;  // "opsi-sizing plan school.toml"
};

struct Report {
  std::function<Document()> document;
  std::function<std::string()> csv;
  std::function<std::string()> json;
};

std::string render(const Report& report, Format format, const TextStyle& style);

/// Except of a list, a report refers to its result, which must outlive it.
Report report(const Plan& plan, const Stamp& stamp);
Report report(Plan&&, const Stamp&) = delete;
/// An explanation of one server's quantity.
Report report(const Explanation& explanation, const std::string& server, const std::string& opsi, const Stamp& stamp);
Report report(const CapacityAnswer& answer, const Stamp& stamp);
Report report(CapacityAnswer&&, const Stamp&) = delete;
Report report(const Comparison& comparison, const Stamp& stamp);
Report report(Comparison&&, const Stamp&) = delete;
/// With `charts` the text shows a chart for each output instead of the table; one axis is needed for that.
Report report(const SweepAnswer& answer, bool charts, const Stamp& stamp);
Report report(const LoadAnswer& answer, const Stamp& stamp);
Report report(LoadAnswer&&, const Stamp&) = delete;
/// In CSV the day over time, a row a step.
Report report(const WaitingAnswer& answer, const Stamp& stamp);
Report report(WaitingAnswer&&, const Stamp&) = delete;
Report report(const CheckAnswer& answer, const Stamp& stamp);
Report report(CheckAnswer&&, const Stamp&) = delete;

/// The figures of a calibration as a file for --figures; "" where it has none.
std::string figures_file(const Calibration& calibration, const Stamp& stamp);
Report report(const Calibration& calibration, const Stamp& stamp);
Report report(Calibration&&, const Stamp&) = delete;
Report report(const ThroughputCalibration& calibration, const Stamp& stamp);
Report report(ThroughputCalibration&&, const Stamp&) = delete;

/// A list from a table of data. In text, column `note` (if not "") stands below each row; `head` above the table,
/// `foot` below it.
struct List {
  std::string name;  // of the JSON member: "figures"
  std::string title;
  std::string answer;  // one sentence above the table, or ""
  Table table;
  std::string note;  // a column's name
  std::vector<Item> foot;
};
Report report(const List& list, const Stamp& stamp);

/// Remarks as lines, each with its severity before and its code behind it.
Items remark_items(const std::vector<Remark>& remarks);

/// "opsi-sizing 0.1.0, rules of opsi 4.2, 2026-11-22"; `opsi` may be "".
std::string stamp_line(const Stamp& stamp, const std::string& opsi);

}  // namespace sizing
