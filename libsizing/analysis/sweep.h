// A sweep: a model over a grid of values of some inputs or figures, and where what decides changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

/// One varied input or figure and its values; exactly one of the indices is set.
struct Axis {
  std::string name;
  std::optional<std::size_t> input, figure;
  std::vector<double> values;
};

struct SweepRow {
  std::vector<double> varied;           // by axis
  std::vector<double> values;           // by output
  std::vector<std::string> decided_by;  // by output; "" where nothing decides
};

/// All combinations, the last axis fastest; rows in that order. `outputs` are nodes of inputs or formulas.
std::vector<SweepRow> sweep(const std::shared_ptr<const Model>& model, const Given& given, std::span<const Axis> axes,
                            std::span<const NodeId> outputs);

/// "100:5000:100" (from, to, step; the end belongs to it where a step lands on it), or "100,200,500".
/// Throws InputError (without place): not numbers, a step that is 0 or leads away, more than `most` values.
std::vector<double> parse_values(std::string_view text, std::size_t most);

}  // namespace sizing
