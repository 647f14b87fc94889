#include "libsizing/analysis/sweep.h"

#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/block.h"
#include "libsizing/model/decide.h"

namespace sizing {
namespace {

constexpr std::uint32_t nothing = 0;  // names[0] is ""

Slot slot_of(const Axis& axis) {
  return axis.input ? Slot{Slot::Of::input, *axis.input} : Slot{Slot::Of::figure, *axis.figure};
}

// Each axis' values, repeated so that the rows are all combinations.
std::vector<std::vector<double>> columns_of(std::span<const Axis> axes, std::size_t rows) {
  std::vector<std::vector<double>> columns;
  std::size_t repeats = rows;
  for (const Axis& axis : axes) {
    repeats /= axis.values.size();
    std::vector<double>& column = columns.emplace_back(rows);
    for (std::size_t r = 0; r < rows; ++r) column[r] = axis.values[r / repeats % axis.values.size()];
  }
  return columns;
}

void place_row(Given& given, std::span<const Axis> axes, const Sweep& result, std::size_t row) {
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const Slot slot = slot_of(axes[a]);
    (slot.of == Slot::Of::input ? given.inputs : given.figures)[slot.index] = result.varied[a][row];
  }
}

// One evaluation a row, for all outputs that something can decide.
std::vector<Deciders> deciders_of(const std::shared_ptr<const Model>& model, const Given& given,
                                  std::span<const Axis> axes, std::span<const NodeId> outputs, const Sweep& result) {
  std::vector<Deciders> deciders(outputs.size());
  std::vector<std::size_t> decided;                                 // outputs that something can decide
  std::vector<std::vector<std::uint32_t>> name_of(outputs.size());  // by node: the name of one that decided before
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    if (!may_be_decided(*model, outputs[o])) continue;
    decided.push_back(o);
    name_of[o].assign(model->nodes.size(), nothing);
    deciders[o].names = {""};
    deciders[o].of_row.resize(result.rows);
  }
  if (decided.empty()) return deciders;
  Evaluation e{model, given, std::vector<double>(model->nodes.size())};
  for (std::size_t r = 0; r < result.rows; ++r) {
    place_row(e.given, axes, result, r);
    evaluate(*model, e.given, e.values);
    for (const std::size_t o : decided) {
      const NodeId operand = deciding_operand(e, outputs[o]);
      if (operand == no_node) continue;
      std::uint32_t& known = name_of[o][operand];
      if (known == nothing) {
        known = static_cast<std::uint32_t>(deciders[o].names.size());
        deciders[o].names.push_back(decided_by(e, outputs[o]));
      }
      deciders[o].of_row[r] = known;
    }
  }
  return deciders;
}

}  // namespace

const std::string& Deciders::at(std::size_t row) const {
  static const std::string none;
  return of_row.empty() ? none : names[of_row[row]];
}

Sweep sweep(const std::shared_ptr<const Model>& model, const Given& given, std::span<const Axis> axes,
            std::span<const NodeId> outputs) {
  Sweep result;
  result.rows = 1;
  for (const Axis& axis : axes) result.rows *= axis.values.size();
  result.varied = columns_of(axes, result.rows);
  std::vector<Slot> slots;
  std::vector<const double*> columns;
  std::vector<double*> values;
  for (std::size_t a = 0; a < axes.size(); ++a) {
    slots.push_back(slot_of(axes[a]));
    columns.push_back(result.varied[a].data());
  }
  for (std::size_t o = 0; o < outputs.size(); ++o) values.push_back(result.values.emplace_back(result.rows).data());
  run(prepare(*model, given, slots, outputs), columns, values, result.rows);
  for (const auto& column : result.values)
    for (std::size_t r = 0; r < result.rows; ++r)
      if (!std::isfinite(column[r])) {
        Given at = given;
        place_row(at, axes, result, r);
        check_finite(evaluate(model, at));
      }
  result.deciders = deciders_of(model, given, axes, outputs, result);
  return result;
}

std::vector<double> parse_values(std::string_view text, std::size_t most) {
  constexpr std::string_view allowed = "FROM:TO:STEP such as 100:5000:100, or values such as 100,200,500";
  const auto too_many = [&] { throw InputError({}, "too many values", text, "at most " + std::to_string(most)); };
  if (text.find(':') == std::string_view::npos) {
    std::vector<double> values;
    for (const std::string& part : split(text, ',')) values.push_back(parse_number(trim(part)));
    if (values.size() > most) too_many();
    return values;
  }
  const auto parts = split(text, ':');
  if (parts.size() != 3) throw InputError({}, "not a range", text, allowed);
  const double from = parse_number(trim(parts[0])), to = parse_number(trim(parts[1])),
               step = parse_number(trim(parts[2]));
  if (step == 0 || (to - from) / step < 0)
    throw InputError({}, "the step does not lead from the start to the end", text, allowed);
  const double steps = std::floor((to - from) / step * (1 + 1e-12));
  if (!(steps < static_cast<double>(most))) too_many();
  std::vector<double> values;
  for (double i = 0; i <= steps; ++i) values.push_back(from + i * step);
  return values;
}

}  // namespace sizing
