#include "libsizing/model/block.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

// Sites in a block: the buffers of a plan, about twenty of 2 KiB, stay in a first-level cache.
constexpr std::size_t block_size = 256;

bool is_constant(const Location& location) { return location.in == Location::In::constant; }

// Prepares a program in three walks: what is needed, where each value is, which buffers can be shared.
class Preparation {
 public:
  Preparation(const Model& model, const Given& given, std::span<const Slot> varied, std::span<const NodeId> outputs)
      : model_(model), given_(given), varied_(varied), outputs_(outputs), place_(model.nodes.size()) {}

  Program finish() {
    program_.columns = varied_.size();
    program_.results = outputs_.size();
    program_.curves.reserve(model_.nodes.size());
    const auto needed = reachable(model_, outputs_);
    for (NodeId id = 0; id < model_.nodes.size(); ++id)
      if (needed[id]) place_[id] = locate(id);
    for (std::size_t r = 0; r < outputs_.size(); ++r) deliver(r);
    drop_unread_steps();
    join_steps();
    share_buffers();
    return std::move(program_);
  }

 private:
  Location constant(double value) {
    program_.constants.push_back(value);
    return {Location::In::constant, program_.constants.size() - 1};
  }

  double value(const Location& location) const { return program_.constants[location.index]; }

  const Location* column_of(Slot::Of of, std::size_t index) {
    for (std::size_t c = 0; c < varied_.size(); ++c)
      if (varied_[c].of == of && varied_[c].index == index) {
        column_ = {Location::In::column, c};
        return &column_;
      }
    return nullptr;
  }

  Location locate(NodeId id) {
    const Node& node = model_.nodes[id];
    const auto operand = [&](std::size_t i) { return place_[node.operand[i]]; };
    switch (node.op) {
      case Op::input:
        if (const Location* column = column_of(Slot::Of::input, node.index)) return *column;
        if (!std::isnan(given_.inputs[node.index]) || node.operand[0] == no_node)
          return constant(given_.inputs[node.index]);
        return operand(0);
      case Op::figure:
        if (const Location* column = column_of(Slot::Of::figure, node.index)) return *column;
        return constant(std::isnan(given_.figures[node.index]) ? model_.figures[node.index].value
                                                               : given_.figures[node.index]);
      case Op::constant: return constant(node.value);
      case Op::formula: return operand(0);
      default: return compute(id);
    }
  }

  // A number where all operands are numbers, an operand where it is the result for all sites, else a step.
  Location compute(NodeId id) {
    const Node& node = model_.nodes[id];
    Step step{{node.op}, {}, {}, {}};
    bool folds = true;
    for (std::size_t i = 0; i < 3 && node.operand[i] != no_node; ++i) {
      step.from[i] = place_[node.operand[i]];
      if (is_constant(step.from[i])) continue;
      step.code.shape |= 1u << i;
      folds = false;
    }
    if (folds) return constant(folded(node, step));
    if (node.op == Op::choose && is_constant(step.from[0])) return step.from[value(step.from[0]) != 0 ? 1 : 2];
    // x × 1, x / 1 and x + 0 are x, to the bit (amounts are no negative zeros).
    const auto neutral = [&](std::size_t i) {
      const double one = node.op == Op::add ? 0 : 1;
      return is_constant(step.from[i]) && value(step.from[i]) == one;
    };
    const bool either = node.op == Op::multiply || node.op == Op::add;
    if ((either || node.op == Op::divide) && neutral(1)) return step.from[0];
    if (either && neutral(0)) return step.from[1];
    step.data.conversion = node.conversion;
    if (node.op == Op::interpolate) {
      program_.curves.push_back(model_.figures[node.index].curve);
      step.data.points = program_.curves.back().data();
      step.data.point_count = program_.curves.back().size();
    }
    step.to = {Location::In::buffer, program_.buffers++};
    program_.steps.push_back(step);
    return step.to;
  }

  double folded(const Node& node, const Step& step) const {
    const auto at = [&](std::size_t i) { return node.operand[i] == no_node ? 0.0 : value(step.from[i]); };
    if (node.op == Op::convert) return convert_by(at(0), node.conversion.multiply, node.conversion.divide);
    if (node.op == Op::interpolate) return interpolate(model_.figures[node.index].curve, at(0));
    return operation(node.op).apply(at(0), at(1), at(2));
  }

  // A computed output is written to its result straight away and read there by later steps; a constant, a column or a
  // value that is asked for twice is copied.
  void deliver(std::size_t r) {
    const Location from = place_[outputs_[r]], to{Location::In::result, r};
    if (from.in != Location::In::buffer) {
      program_.steps.push_back({{Op::formula, is_constant(from) ? 0u : 1u}, to, {from}, {}});
      return;
    }
    for (Step& step : program_.steps) {
      if (step.to == from) step.to = to;
      for (Location& operand : step.from)
        if (operand == from) operand = to;
    }
    for (Location& place : place_)
      if (place == from) place = to;
  }

  // The default of an input that varies, the branch that a constant condition does not choose.
  void drop_unread_steps() {
    std::vector<bool> read(program_.buffers);
    std::vector<Step> kept;
    for (auto step = program_.steps.rbegin(); step != program_.steps.rend(); ++step) {
      if (step->to.in == Location::In::buffer && !read[step->to.index]) continue;
      for (const Location& operand : step->from)
        if (operand.in == Location::In::buffer) read[operand.index] = true;
      kept.push_back(*step);
    }
    program_.steps.assign(kept.rbegin(), kept.rend());
  }

  // The second operation that a step is, if it takes one varying value and at most one number.
  static Then as_second(const Step& step) {
    const bool commutes = step.code.op == Op::add || step.code.op == Op::multiply || step.code.op == Op::maximum;
    if (step.code.then != Then::nothing || !(step.code.shape == 1 || (commutes && step.code.shape == 2)))
      return Then::nothing;
    switch (step.code.op) {
      case Op::add: return Then::add;
      case Op::multiply: return Then::multiply;
      case Op::divide: return Then::divide;
      case Op::maximum: return Then::maximum;
      case Op::ceiling: return Then::ceiling;
      default: return Then::nothing;
    }
  }

  // A step with one varying operand, read by nothing else, is done in the loop that computes the operand.
  void join_steps() {
    std::vector<std::size_t> reads(program_.buffers);
    for (const Step& step : program_.steps)
      for (const Location& operand : step.from)
        if (operand.in == Location::In::buffer) ++reads[operand.index];
    std::vector<Step> kept;
    for (const Step& step : program_.steps) {
      const std::size_t varying = step.code.shape == 2 ? 1 : 0;
      const Location& operand = step.from[varying];
      const Then then = as_second(step);
      const auto first = std::find_if(kept.begin(), kept.end(), [&](const Step& s) {
        return then != Then::nothing && operand.in == Location::In::buffer && s.to == operand &&
               s.code.then == Then::nothing && reads[operand.index] == 1;
      });
      if (first == kept.end()) {
        kept.push_back(step);
        continue;
      }
      first->code.then = then;
      first->to = step.to;
      if (then != Then::ceiling) first->data.last = value(step.from[1 - varying]);
    }
    program_.steps = std::move(kept);
  }

  // A buffer is free again after the last step that reads it.
  void share_buffers() {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> last(program_.buffers, 0), renamed(program_.buffers, none), free;
    const auto each_buffer = [](Step& step, auto visit) {
      for (Location& operand : step.from)
        if (operand.in == Location::In::buffer) visit(operand.index);
    };
    for (std::size_t s = 0; s < program_.steps.size(); ++s)
      each_buffer(program_.steps[s], [&](std::size_t b) { last[b] = s; });
    std::size_t used = 0;
    for (std::size_t s = 0; s < program_.steps.size(); ++s) {
      Step& step = program_.steps[s];
      if (step.to.in == Location::In::buffer) {  // taken before the operands are freed, so that it overlaps none
        if (free.empty()) free.push_back(used++);
        renamed[step.to.index] = free.back();
        step.to.index = free.back();
        free.pop_back();
      }
      std::vector<std::size_t> read;
      each_buffer(step, [&](std::size_t& b) {
        if (last[b] == s && std::find(read.begin(), read.end(), b) == read.end()) read.push_back(b);
      });
      each_buffer(step, [&](std::size_t& b) { b = renamed[b]; });
      for (const std::size_t b : read) free.push_back(renamed[b]);
    }
    program_.buffers = used;
  }

  const Model& model_;
  const Given& given_;
  std::span<const Slot> varied_;
  std::span<const NodeId> outputs_;
  std::vector<Location> place_;  // of each node's value
  Location column_;
  Program program_;
};

}  // namespace

Program prepare(const Model& model, const Given& given, std::span<const Slot> varied, std::span<const NodeId> outputs) {
  Given stated = given;
  for (const Slot& slot : varied)
    if (slot.of == Slot::Of::input) stated.inputs[slot.index] = 0;
  for (const std::string& input : missing_inputs(model, stated))
    throw InputError({"", 0, 0, input}, "is neither given nor varied");
  return Preparation(model, given, varied, outputs).finish();
}

namespace {

// Asks for the cache lines of the next block while this one is computed, a few lines before each step: the steps visit
// the caller's arrays in short bursts, which the processor's own prefetching does not follow.
class Prefetcher {
 public:
  Prefetcher(std::span<const double* const> columns, std::span<double* const> results, std::size_t count,
             std::size_t steps)
      : columns_(columns),
        results_(results),
        count_(count),
        lines_((columns.size() + results.size()) * lines_per_array),
        per_step_((lines_ + steps - 1) / std::max<std::size_t>(steps, 1)) {}

  void start(std::size_t next_block) { next_block_ = next_block, line_ = 0; }

  void before_step() {
    for (const std::size_t end = std::min(lines_, line_ + per_step_); line_ < end; ++line_) {
      const std::size_t array = line_ / lines_per_array, site = next_block_ + line_ % lines_per_array * line_doubles;
      if (site >= count_) continue;
      if (array < columns_.size())
        __builtin_prefetch(columns_[array] + site, 0);
      else
        __builtin_prefetch(results_[array - columns_.size()] + site, 1);
    }
  }

 private:
  static constexpr std::size_t line_doubles = 64 / sizeof(double), lines_per_array = block_size / line_doubles;
  std::span<const double* const> columns_;
  std::span<double* const> results_;
  std::size_t count_, lines_, per_step_, next_block_ = 0, line_ = 0;
};

}  // namespace

bool all_inside(const Bounds& bounds, const double* values, std::size_t count) {
  return kernels(best_instruction_set()).all_inside(bounds, values, count);
}

Writing writing_for(const Program& program, std::size_t count) {
  constexpr std::size_t cache = 8 << 20;  // bytes: about what one core may count on of a shared cache
  return program.results * count * sizeof(double) > cache ? Writing::streamed : Writing::cached;
}

void run(const Program& program, std::span<const double* const> columns, std::span<double* const> results,
         std::size_t count, InstructionSet instructions, Writing writing) {
  if (columns.size() != program.columns || results.size() != program.results)
    throw ModelError("a block program has " + std::to_string(program.columns) + " columns and " +
                     std::to_string(program.results) + " results");
  const Kernels& kernel = kernels(instructions);
  // Streamed results are computed into buffers of their own, from where later steps read them, and go on to the caller
  // while the next step is computed.
  // A cache line that two blocks share would be written in parts, which is slower than not streaming at all.
  const auto fills_lines = [](const double* result) { return reinterpret_cast<std::uintptr_t>(result) % 64 == 0; };
  const bool streamed =
      writing == Writing::streamed && kernel.stream && std::all_of(results.begin(), results.end(), fills_lines);
  const std::size_t staged = streamed ? program.results : 0;
  std::vector<double> buffers((program.buffers + staged) * block_size + 8);
  const auto address = reinterpret_cast<std::uintptr_t>(buffers.data());
  double* aligned = buffers.data() + (64 - address % 64) % 64 / sizeof(double);
  Prefetcher prefetcher(columns, streamed ? std::span<double* const>{} : results, count, program.steps.size());
  for (std::size_t start = 0; start < count; start += block_size) {
    prefetcher.start(start + block_size);
    const auto result = [&](std::size_t r) {
      return streamed ? aligned + (program.buffers + r) * block_size : results[r] + start;
    };
    const auto readable = [&](const Location& l) -> const double* {
      switch (l.in) {
        case Location::In::column: return columns[l.index] + start;
        case Location::In::buffer: return aligned + l.index * block_size;
        case Location::In::result: return result(l.index);
        case Location::In::constant: break;
      }
      return program.constants.data() + l.index;
    };
    const std::size_t length = std::min(block_size, count - start);
    for (const Step& step : program.steps) {
      prefetcher.before_step();
      const bool to_result = step.to.in == Location::In::result;
      double* to = to_result ? result(step.to.index) : aligned + step.to.index * block_size;
      kernel.loops[static_cast<std::size_t>(step.code.then)][static_cast<std::size_t>(step.code.op)][step.code.shape](
          to, readable(step.from[0]), readable(step.from[1]), readable(step.from[2]), step.data, length);
      if (streamed && to_result) kernel.stream(results[step.to.index] + start, to, length);
    }
  }
  if (streamed) kernel.fence();
}

}  // namespace sizing
