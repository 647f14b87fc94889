// Numbers, units, amounts and values as people type them. The first byte chooses the reader and, with the length, the
// input or figure that it reads for: all of them for each text are too slow.
#include <algorithm>
#include <cmath>

#include "libsizing/analysis/sweep.h"
#include "libsizing/base/date.h"
#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/rate.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/service_level.h"
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

template <class Item>
const Item& chosen(const std::vector<Item>& items, std::string_view text, std::size_t choice) {
  return items[(text.size() + choice) % items.size()];
}

void input(std::string_view text, std::size_t choice) {
  const Input& input = chosen(standard_model(default_rule_set())->inputs, text, choice);
  const double value = parse_input(input, text, {});
  hold(value >= input.low && value <= input.high, "an input is within its bounds");
}

void hardware(std::string_view text, std::size_t choice) {
  const Model& model = *standard_model(default_rule_set());
  hold(parse_offer(model, chosen(model.resources, text, choice), text, {}).amount >= 0, "an offer is not negative");
}

void own_figure(std::string_view text, std::size_t choice) {
  const Figure& figure = chosen(figures(), text, choice);
  const auto applied = apply({figure}, {parse_override(figure, text, {})});
  hold(applied.at(0).value >= 0, "a figure is not negative");
}

void words(std::string_view text) {
  parse_date(text);
  reads_or_refuses([&] {
    const double seconds = parse_duration(text);
    hold(std::isfinite(seconds) && seconds >= 0, "a duration is finite and not negative");
    const std::string shown = duration_text(seconds);
    hold(shown.starts_with("under ") || parse_duration(shown) >= 0, "a duration is read as it is shown");
  });
  reads_or_refuses([&] {
    const double seconds = parse_time_of_day(text);
    hold(parse_time_of_day(time_of_day(seconds)) == seconds, "a time of day is read as it is written");
  });
  reads_or_refuses([&] {
    const double rate = parse_rate(text);
    hold(std::isfinite(rate) && rate > 0, "a rate is finite and above 0");
  });
  reads_or_refuses([&] {
    const ServiceLevel level = parse_service_level(text, {});
    hold(level.limit > 0 && !level.figure.empty(), "a service level has a figure and a limit");
    hold(parse_service_level(level.text, {}).limit == level.limit, "a service level is read as it is written");
  });
  parse_kind(text);
}

}  // namespace
}  // namespace sizing::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing::fuzz;
  if (size == 0) return 0;
  constexpr std::size_t readers = 9;
  const std::string_view text = text_of(data, size).substr(1);
  const std::size_t choice = data[0] / readers;
  reads_or_refuses([&] {
    switch (data[0] % readers) {
      case 0: return number(text);
      case 1: return unit(text);
      case 2: return amount(text);
      case 3: return curve(text);
      case 4: return range(text);
      case 5: return input(text, choice);
      case 6: return hardware(text, choice);
      case 7: return own_figure(text, choice);
      default: return words(text);
    }
  });
  return 0;
}
