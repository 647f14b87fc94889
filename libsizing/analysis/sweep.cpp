#include "libsizing/analysis/sweep.h"

#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/model/decide.h"

namespace sizing {
namespace {

void assign(Given& given, const Axis& axis, double value) {
  if (axis.input) given.inputs[*axis.input] = value;
  if (axis.figure) given.figures[*axis.figure] = value;
}

}  // namespace

std::vector<SweepRow> sweep(const std::shared_ptr<const Model>& model, const Given& given, std::span<const Axis> axes,
                            std::span<const NodeId> outputs) {
  std::size_t count = 1;
  for (const Axis& axis : axes) count *= axis.values.size();
  std::vector<SweepRow> rows(count);
  Evaluation evaluation{model, given, std::vector<double>(model->nodes.size())};
  for (std::size_t r = 0; r < count; ++r) {
    SweepRow& row = rows[r];
    row.varied.resize(axes.size());
    std::size_t rest = r;
    for (std::size_t a = axes.size(); a-- > 0; rest /= axes[a].values.size()) {
      row.varied[a] = axes[a].values[rest % axes[a].values.size()];
      assign(evaluation.given, axes[a], row.varied[a]);
    }
    evaluate(*model, evaluation.given, evaluation.values);
    for (const NodeId output : outputs) {
      row.values.push_back(evaluation.values[output]);
      row.decided_by.push_back(decided_by(evaluation, output));
    }
  }
  return rows;
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
