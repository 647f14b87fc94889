// Slope and base as figures: which, in which unit, with which range and note, and as TOML.
#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/calibration.h"

namespace sizing {
namespace {

// A range is the 5 % to 95 % interval everywhere.
constexpr double range_confidence = 0.9;

// Which figures a state of a service is: opsi's own names for what the measurements show.
struct Plain {
  std::string_view service, mark, state, x;  // mark: a column that only this service's measurements have
  std::string_view slope_figure, base_figure;
};
constexpr Plain plain[] = {
    {"smbd", "smbd_processes", "idle", "connections", "samba.memory_idle_connection", "samba.base_memory"},
    {"smbd", "smbd_processes", "reading_peak", "connections", "samba.memory_reading_connection", ""},
    {"smbd", "smbd_processes", "idle_after_read", "connections", "samba.memory_after_read", ""}};

const Figure& table_figure(const std::string& name, const std::string& key) {
  const std::vector<Figure>& all = figures();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Figure& f) { return f.name == name; });
  if (at == all.end()) {
    std::vector<std::string> known;
    for (const Figure& figure : all) known.push_back(figure.name);
    throw InputError({"", 0, 0, key}, "no such figure" + did_you_mean(name, known), name,
                     "a name that 'opsi-sizing figures' lists");
  }
  if (!at->curve.empty() || !at->text.empty())
    throw InputError({"", 0, 0, key}, "this figure is no single number", name);
  return *at;
}

std::string fitted_note(const Calibration& c, const std::string& what, const CalibrationRequest& request) {
  const Measured& m = c.measured;
  std::string note = what + " of " + excerpt(m.y, 20) + (c.robust ? " (Huber), " : ", ") + excerpt(m.file, 36);
  if (!m.filter.empty()) note += ": " + excerpt(m.filter, 36);
  if (!m.host.empty()) note += "; " + excerpt(m.host, 24);
  note += "; " + (m.when.empty() ? request.date : excerpt(m.when, 20));
  note += "; n = " + std::to_string(c.fit().n) + ", R² = " + detailed(c.least_squares.r2);
  return note.size() <= longest_title ? note : excerpt(note, longest_title / 5);
}

// `value` in `unit` of the measurements as the figure `name` has it.
FigureOverride figure_of(const Calibration& c, const std::string& name, const std::string& key, const Unit& unit,
                         double value, const Interval& range, const std::string& note) {
  const Figure& figure = table_figure(name, key);
  if (!same_dimension(figure.unit, unit))
    throw InputError({"", 0, 0, key}, "the unit is another one: " + name + " is in " + unit_text(figure),
                     sizing::name(unit), "a figure in this unit, or --unit and --x-unit");
  if (!(value >= 0))
    throw InputError({"", 0, 0, key}, "a figure is an amount, and this one is below 0",
                     shown_amount(value, c.measured.y_unit));
  const auto converted = [&](double v) { return convert(std::max(0.0, v), unit, figure.unit); };
  FigureOverride own{name, exact(converted(value)), Kind::measured, converted(range.low), converted(range.high), note,
                     {}};
  own.place = {c.measured.file, 0, 0, name};
  return own;
}

std::string quoted(const std::string& text) {
  return "\"" + replace_all(replace_all(printable(text), "\\", "\\\\"), "\"", "\\\"") + "\"";
}

Unit slope_unit(const Measured& m) {
  try {
    return *m.y_unit / m.x_unit.value_or(Unit{});
  } catch (const ModelError&) {
    throw InputError({"", 0, 0, "slope-figure"}, "no figure has a unit of such a scale",
                     name(*m.y_unit) + " by " + name(*m.x_unit));
  }
}

bool asks(const std::vector<Condition>& conditions, std::string_view column, std::string_view value) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    return condition.column == column && condition.value == value && condition.comparator == Comparator::equal;
  });
}

}  // namespace

std::optional<FigureSuggestion> suggested_figures(const Measured& m, const std::vector<Condition>& conditions,
                                                  const std::vector<std::string>& columns) {
  if (!m.y_unit || !same_dimension(*m.y_unit, parse_unit("B"))) return std::nullopt;
  for (const Plain& p : plain) {
    const bool its =
        asks(conditions, "service", p.service) || std::find(columns.begin(), columns.end(), p.mark) != columns.end();
    if (its && m.x == p.x && asks(conditions, "state", p.state))
      return FigureSuggestion{std::string(p.slope_figure), std::string(p.base_figure)};
  }
  return std::nullopt;
}

std::vector<FigureOverride> calibrated_figures(const Calibration& c, const CalibrationRequest& request) {
  std::vector<FigureOverride> made;
  const auto check = [&](const std::string& key) {
    if (!c.usable) throw InputError({"", 0, 0, key}, "the data make no figure: " + c.remarks.front().text);
    if (!c.measured.y_unit)
      throw InputError({"", 0, 0, key}, "the unit of the column " + excerpt(c.measured.y) + " is not known", "",
                       "--unit, such as --unit KiB");
  };
  if (!request.slope_figure.empty()) {
    check("slope-figure");
    const Unit unit = slope_unit(c.measured);
    made.push_back(figure_of(c, request.slope_figure, "slope-figure", unit, c.fit().slope,
                             slope_interval(c.fit(), range_confidence), fitted_note(c, "slope", request)));
  }
  if (!request.base_figure.empty()) {
    check("base-figure");
    if (request.base_figure == request.slope_figure)
      throw InputError({"", 0, 0, "base-figure"}, "is the figure of the slope as well", request.base_figure);
    made.push_back(figure_of(c, request.base_figure, "base-figure", *c.measured.y_unit, c.fit().intercept,
                             intercept_interval(c.fit(), range_confidence), fitted_note(c, "base", request)));
  }
  return made;
}

std::string figures_toml(const std::vector<FigureOverride>& figures, const std::vector<std::string>& head) {
  std::string toml;
  for (const std::string& line : head) toml += "# " + printable(line) + "\n";
  for (const FigureOverride& own : figures) {
    toml += (toml.empty() ? "" : "\n") + std::string("[figures.") + quoted(own.name) + "]\n";
    const bool number = own.value.find(':') == std::string::npos;
    toml += "value = " + (number ? own.value : quoted(own.value)) + "\n";
    if (own.low) toml += "low = " + exact(*own.low) + "\n";
    if (own.high) toml += "high = " + exact(*own.high) + "\n";
    toml += "kind = " + quoted(std::string(name(own.kind))) + "\nnote = " + quoted(own.note) + "\n";
  }
  return toml;
}

}  // namespace sizing
