// Block evaluation gives, site by site and to the last bit, what one-by-one evaluation gives: for every rule set, every
// quantity, every instruction set of this machine, any mixture of what varies, and lengths around a block's.
#include "libsizing/model/block.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "libsizing/base/error.h"
#include "libsizing/model/formula.h"
#include "libsizing/opsi/rule_set.h"

namespace sizing {
namespace {

struct Question {
  std::vector<Slot> varied;
  std::vector<NodeId> outputs;
};

std::vector<double> random_values(const Model& model, const Slot& slot, std::size_t count, std::mt19937_64& random) {
  std::vector<double> values(count);
  std::uniform_real_distribution<double> share(0, 1);
  for (double& value : values) {
    if (slot.of == Slot::Of::figure)
      value = model.figures[slot.index].value * (0.5 + share(random));
    else if (model.inputs[slot.index].yes_no)
      value = share(random) < 0.5 ? 0 : 1;
    else
      value = std::floor(8000 * share(random) * share(random));
  }
  return values;
}

// The results stand a few doubles into arrays of their own, all at cache lines (where they are streamed if asked) or
// anywhere, with untouched values around them.
void expect_same_bits_written(const Model& model, const Given& fixed, const Question& question, std::size_t count,
                              InstructionSet set, Writing writing, std::mt19937_64& random) {
  constexpr double untouched = -1;
  constexpr std::size_t line = 8;
  const bool at_lines = random() % 2 == 0;
  std::vector<std::vector<double>> columns,
      results(question.outputs.size(), std::vector<double>(line + count + line, untouched));
  for (const Slot& slot : question.varied) columns.push_back(random_values(model, slot, count, random));
  std::vector<const double*> in;
  std::vector<double*> out;
  for (const auto& column : columns) in.push_back(column.data());
  for (auto& result : results) {
    const std::size_t beyond = reinterpret_cast<std::uintptr_t>(result.data()) / sizeof(double) % line;
    out.push_back(result.data() + (at_lines ? (line - beyond) % line : random() % line));
  }
  run(prepare(model, fixed, question.varied, question.outputs), in, out, count, set, writing);
  for (std::size_t r = 0; r < results.size(); ++r) {
    const auto is_untouched = [](double value) { return value == untouched; };
    ASSERT_TRUE(std::all_of(results[r].data(), out[r], is_untouched));
    ASSERT_TRUE(std::all_of(out[r] + count, results[r].data() + results[r].size(), is_untouched));
  }

  Given given = fixed;
  std::vector<double> values(model.nodes.size());
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const Slot& slot = question.varied[c];
      (slot.of == Slot::Of::input ? given.inputs : given.figures)[slot.index] = columns[c][i];
    }
    evaluate(model, given, values);
    for (std::size_t r = 0; r < results.size(); ++r)
      ASSERT_EQ(std::memcmp(&values[question.outputs[r]], &out[r][i], sizeof(double)), 0)
          << "rule set " << model.name << ", node " << formula_text(model, question.outputs[r]) << ", site " << i
          << ", " << name(set) << ": " << values[question.outputs[r]] << " one by one, " << out[r][i];
  }
}

void expect_same_bits(const Model& model, const Given& fixed, const Question& question, std::size_t count,
                      InstructionSet set, std::mt19937_64& random) {
  for (const Writing writing : {Writing::cached, Writing::streamed})
    expect_same_bits_written(model, fixed, question, count, set, writing, random);
}

std::vector<NodeId> every_output(const Model& model) {
  std::vector<NodeId> outputs;
  for (const Formula& formula : model.formulas) outputs.push_back(formula.node);
  for (const Input& input : model.inputs) outputs.push_back(input.node);
  return outputs;
}

Slot input_slot(const Model& model, const char* name) { return {Slot::Of::input, input_index(model, name)}; }

class block_evaluation : public testing::TestWithParam<std::string> {};

TEST_P(block_evaluation, has_the_bits_of_one_by_one_evaluation_for_every_quantity) {
  const auto model = standard_model(GetParam());
  std::mt19937_64 random(1);
  const Question question{{input_slot(*model, "clients"), input_slot(*model, "connections")}, every_output(*model)};
  for (const InstructionSet set : instruction_sets())
    for (const std::size_t count : {0u, 1u, 7u, 255u, 256u, 257u, 1000u})
      expect_same_bits(*model, nothing_given(*model), question, count, set, random);
}

TEST_P(block_evaluation, holds_for_any_mixture_of_varied_inputs_and_figures) {
  const auto model = standard_model(GetParam());
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 40; ++trial) {
    Question question{{input_slot(*model, "clients")}, {}};
    Given fixed = nothing_given(*model);
    for (std::size_t i = 0; i < model->inputs.size(); ++i) {
      if (model->inputs[i].name == "clients") continue;
      const Slot slot{Slot::Of::input, i};
      if (random() % 3 == 0) question.varied.push_back(slot);
      if (random() % 5 == 0) fixed.inputs[i] = random_values(*model, slot, 1, random)[0];
    }
    for (std::size_t i = 0; i < model->figures.size(); ++i)
      if (model->figure_nodes[i] != no_node && random() % 4 == 0) question.varied.push_back({Slot::Of::figure, i});
    for (const NodeId output : every_output(*model))
      if (random() % 2 == 0) question.outputs.push_back(output);
    if (question.outputs.size() > 1) question.outputs.push_back(question.outputs[0]);  // asked for twice
    for (const InstructionSet set : instruction_sets()) expect_same_bits(*model, fixed, question, 65, set, random);
  }
}

TEST_P(block_evaluation, refuses_a_question_without_a_required_input) {
  const auto model = standard_model(GetParam());
  const std::vector<Slot> varied = {input_slot(*model, "connections")};
  const std::vector<NodeId> outputs = {find_node(*model, "server.memory")};
  EXPECT_THROW(prepare(*model, nothing_given(*model), varied, outputs), InputError);
}

TEST(all_inside, is_what_comparing_each_value_says_but_for_negative_zeros) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const Bounds whole{0, 1e7, true}, any{0, 1e6, false}, some{2, 5, true}, tiny{0, 1, true};
  const std::vector<double> values = {
      0,    -0.0, 1,    -1,        0.5,      1e-300,    -1e-300, 2,    5,   std::nextafter(5, 6),
      1e6,  1e7,  1e15, 9999999.5, infinite, -infinite, 4999.25, 1e-9, 3.0, std::nextafter(2, 0),
      -NAN, NAN};
  for (const InstructionSet set : instruction_sets())
    for (const Bounds& bounds : {whole, any, some, tiny})
      for (const double value : values) {
        const bool fits = value >= bounds.low && value <= bounds.high && !std::signbit(value) &&
                          (!bounds.whole || value == std::floor(value));
        for (const std::size_t count : {1u, 2u, 7u, 8u, 33u})
          for (std::size_t at = 0; at < count; ++at) {
            std::vector<double> column(count, bounds.low);
            column[at] = value;
            EXPECT_EQ(kernels(set).all_inside(bounds, column.data(), count), fits) << value << " at " << at;
          }
      }
}

INSTANTIATE_TEST_SUITE_P(every_rule_set, block_evaluation, testing::Values("4.1", "4.2", "4.3"),
                         [](const auto& set) { return "opsi_4_" + std::string(1, set.param[2]); });

}  // namespace
}  // namespace sizing
