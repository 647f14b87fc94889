// A sweep: a model over a grid of values of some inputs or figures, and what decides at each point of it.
#pragma once

#include <cstdint>
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

/// What decides an output by row, as an index into `names`; both empty where nothing can.
struct Deciders {
  std::vector<std::string> names;
  std::vector<std::uint32_t> of_row;

  /// The name at `row`, "" where nothing decides there.
  const std::string& at(std::size_t row) const;
};

/// All combinations, the last axis fastest.
struct Sweep {
  std::size_t rows = 0;
  std::vector<std::vector<double>> varied;  // by axis: a column
  std::vector<std::vector<double>> values;  // by output: a column
  std::vector<Deciders> deciders;           // by output
};

/// `outputs` are nodes of inputs or formulas. Throws InputError where a value is infinite or not a number.
Sweep sweep(const std::shared_ptr<const Model>& model, const Given& given, std::span<const Axis> axes,
            std::span<const NodeId> outputs);

/// "100:5000:100" (from, to, step; the end belongs to it where a step lands on it), or "100,200,500".
/// Throws InputError (without place): not numbers, a step that is 0 or leads away, more than `most` values.
std::vector<double> parse_values(std::string_view text, std::size_t most);

}  // namespace sizing
