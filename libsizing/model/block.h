// Evaluating a model for many sites at a time: the hot path of sweeps, Monte Carlo and arrays.
//
// A Program is a model prepared for one question: which inputs and figures vary from site to site, and which values are
// asked for. Preparing it folds everything that does not vary into constants, leaves out what no asked value needs, and
// lets steps share buffers. Running it walks the steps once for each block of sites; a step is a plain loop over
// contiguous doubles, compiled for several instruction sets. Every instruction set gives the bits of evaluate.h.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "libsizing/model/evaluate.h"
#include "libsizing/model/kernels.h"

namespace sizing {

/// An input or a figure, by its index in the model.
struct Slot {
  enum class Of { input, figure } of = Of::input;
  std::size_t index = 0;
};

/// Where a step reads or writes: a column of the caller, a buffer, a constant, a result of the caller.
struct Location {
  enum class In : unsigned char { column, buffer, constant, result } in = In::constant;
  std::size_t index = 0;
  friend bool operator==(const Location&, const Location&) = default;
};

struct Step {
  KernelCode code;
  Location to;
  std::array<Location, 3> from;
  StepData data;
};

struct Program {
  std::vector<Step> steps;
  std::vector<double> constants;
  std::vector<Curve> curves;  // that the steps' data points into
  std::size_t columns = 0, buffers = 0, results = 0;

  Program() = default;
  Program(Program&&) = default;
  Program& operator=(Program&&) = default;
  Program(const Program&) = delete;  // steps point into the curves
  Program& operator=(const Program&) = delete;
};

/// `given` states the inputs and figures that do not vary; `varied` those that do, in the order of the columns;
/// `outputs` the nodes that are asked for, in the order of the results. Throws InputError where a required input is
/// neither.
Program prepare(const Model& model, const Given& given, std::span<const Slot> varied, std::span<const NodeId> outputs);

/// Whether a column may be read as it is: all values keep the bounds, none is a negative zero.
bool all_inside(const Bounds& bounds, const double* values, std::size_t count);

/// How results are written: through the caches, or past them, which is faster where they are too large to be found
/// there again and all begin at a cache line; others are written through the caches.
enum class Writing { cached, streamed };
Writing writing_for(const Program& program, std::size_t count);

/// Runs the program for `count` sites: columns[c][i] is the value of varied slot c at site i, results[r][i] that of
/// output r. The arrays need no alignment and must not overlap; values are amounts, so
/// neither negative nor a negative zero nor NaN (check them where they come in). Throws ModelError where the number of
/// columns or results is not the program's. `instructions` must be one of instruction_sets(). Safe to call from several
/// threads at once with one program.
void run(const Program& program, std::span<const double* const> columns, std::span<double* const> results,
         std::size_t count, InstructionSet instructions = best_instruction_set(), Writing writing = Writing::cached);

}  // namespace sizing
