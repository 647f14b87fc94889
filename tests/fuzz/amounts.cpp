// Numbers, units, amounts and values as people type them. The first byte chooses the reader.
#include <algorithm>
#include <cmath>

#include "libsizing/analysis/sweep.h"
#include "libsizing/base/date.h"
#include "libsizing/base/number.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/opsi/tables.h"
#include "tests/fuzz/laws.h"

namespace sizing::fuzz {
namespace {

void number(std::string_view text) {
  const double value = parse_number(text);
  hold(std::isfinite(value), "a number is finite");
  hold(parse_number(exact(value)) == value, "written exactly, the same number");
  hold(!rounded(value).empty() && !detailed(value).empty() && !rough(value).empty(), "a number can be shown");
}

void unit(std::string_view text) {
  const Unit unit = parse_unit(text);
  hold(parse_unit(name(unit)) == unit, "written again, the same unit");
}

void amount(std::string_view text) {
  const Unit megabyte = parse_unit("MB");
  for (const bool bare : {false, true})
    reads_or_refuses([&] { hold(std::isfinite(parse_amount(text, megabyte, bare)), "an amount is finite"); });
}

void curve(std::string_view text) {
  Figure figure;
  figure.curve = parse_curve(text);
  hold(parse_curve(value_text(figure)) == figure.curve, "written again, the same curve");
}

void range(std::string_view text) {
  constexpr std::size_t most = 100;
  const auto values = parse_values(text, most);
  hold(!values.empty() && values.size() <= most, "some values and not too many");
  hold(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }), "finite values");
}

void inputs(std::string_view text) {
  const Model& model = *standard_model(default_rule_set());
  for (const Input& input : model.inputs)
    reads_or_refuses([&] {
      const double value = parse_input(input, text, {});
      hold(value >= input.low && value <= input.high, "an input is within its bounds");
    });
  for (const Resource& resource : model.resources)
    reads_or_refuses([&] { hold(parse_offer(model, resource, text, {}).amount >= 0, "an offer is not negative"); });
}

void overrides(std::string_view text) {
  for (const Figure& figure : figures()) reads_or_refuses([&] { apply({figure}, {parse_override(figure, text, {})}); });
}

void words(std::string_view text) {
  parse_date(text);
  parse_kind(text);
}

}  // namespace
}  // namespace sizing::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing::fuzz;
  constexpr void (*readers[])(std::string_view) = {number, unit, amount, curve, range, inputs, overrides, words};
  if (size == 0) return 0;
  const std::string_view text = text_of(data, size).substr(1);
  reads_or_refuses([&] { readers[data[0] % std::size(readers)](text); });
  return 0;
}
