#include "libsizing/base/unit.h"

#include <numeric>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct Symbol {
  std::string_view text;
  int dimension;  // -1: none
  std::int64_t numerator;
  std::int64_t denominator;
};

// The first symbol of a dimension with scale 1 is its base. Decimal sizes as on the requirements page, binary ones as
// memory is sold (IEC 80000-13).
constexpr Symbol symbols[] = {
    {"B", 0, 1, 1},
    {"kB", 0, 1'000, 1},
    {"MB", 0, 1'000'000, 1},
    {"GB", 0, 1'000'000'000, 1},
    {"TB", 0, 1'000'000'000'000, 1},
    {"KiB", 0, 1LL << 10, 1},
    {"MiB", 0, 1LL << 20, 1},
    {"GiB", 0, 1LL << 30, 1},
    {"TiB", 0, 1LL << 40, 1},
    {"s", 1, 1, 1},
    {"ms", 1, 1, 1000},
    {"day", 1, 86'400, 1},
    {"min", 1, 60, 1},
    {"core", 2, 1, 1},
    {"worker", 3, 1, 1},
    {"connection", 4, 1, 1},
    {"client", 5, 1, 1},
    {"depot", 6, 1, 1},
    {"thread", 7, 1, 1},
    {"session", 8, 1, 1},
    {"descriptor", 9, 1, 1},
    {"request", 10, 1, 1},
    {"boot", 11, 1, 1},
    {"row", 12, 1, 1},
    {"slot", 13, 1, 1},
    {"attempt", 14, 1, 1},
    {"%", -1, 1, 100},
};
// Counted things, that take a plural: every dimension but bytes and seconds.
constexpr int first_counted = 2;

const Symbol* find_symbol(std::string_view text) {
  for (const Symbol& symbol : symbols)
    if (symbol.text == text) return &symbol;
  return nullptr;
}

Unit unit_of(const Symbol& symbol) {
  Unit unit;
  if (symbol.dimension >= 0) unit.powers[static_cast<std::size_t>(symbol.dimension)] = 1;
  unit.numerator = symbol.numerator;
  unit.denominator = symbol.denominator;
  return unit;
}

std::int64_t product(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) throw ModelError("a unit's scale is too large");
  return result;
}

Unit reduced(Unit unit) {
  const std::int64_t divisor = std::gcd(unit.numerator, unit.denominator);
  unit.numerator /= divisor;
  unit.denominator /= divisor;
  return unit;
}

// Every way to write one dimension's power: its symbols, once for each scale.
struct Spelling {
  std::string numerator, denominator;
  Unit unit;
};

std::vector<Spelling> spellings(std::size_t dimension, int power) {
  std::vector<Spelling> result;
  for (const Symbol& symbol : symbols) {
    if (symbol.dimension != static_cast<int>(dimension)) continue;
    Spelling s;
    for (int i = 0; i < std::abs(power); ++i) {
      std::string& part = power > 0 ? s.numerator : s.denominator;
      part += (part.empty() ? "" : "·") + std::string(symbol.text);
      s.unit = power > 0 ? s.unit * unit_of(symbol) : s.unit / unit_of(symbol);
    }
    result.push_back(std::move(s));
  }
  return result;
}

std::string joined(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + "·" + b; }

// The spelling of `unit` among all combinations of its dimensions' symbols, found depth first.
bool spell(const Unit& unit, std::size_t dimension, const Spelling& so_far, Spelling& found) {
  if (dimension == dimension_count) {
    if (so_far.unit != unit) return false;
    found = so_far;
    return true;
  }
  if (unit.powers[dimension] == 0) return spell(unit, dimension + 1, so_far, found);
  for (const Spelling& s : spellings(dimension, unit.powers[dimension])) {
    const Spelling next{joined(so_far.numerator, s.numerator), joined(so_far.denominator, s.denominator),
                        so_far.unit * s.unit};
    if (spell(unit, dimension + 1, next, found)) return true;
  }
  return false;
}

}  // namespace

Unit operator*(const Unit& a, const Unit& b) {
  Unit result;
  for (std::size_t i = 0; i < dimension_count; ++i)
    result.powers[i] = static_cast<std::int8_t>(a.powers[i] + b.powers[i]);
  const auto across = std::gcd(a.numerator, b.denominator), back = std::gcd(b.numerator, a.denominator);
  result.numerator = product(a.numerator / across, b.numerator / back);
  result.denominator = product(a.denominator / back, b.denominator / across);
  return reduced(result);
}

Unit operator/(const Unit& a, const Unit& b) {
  Unit inverse;
  for (std::size_t i = 0; i < dimension_count; ++i) inverse.powers[i] = static_cast<std::int8_t>(-b.powers[i]);
  inverse.numerator = b.denominator;
  inverse.denominator = b.numerator;
  return a * inverse;
}

bool same_dimension(const Unit& a, const Unit& b) { return a.powers == b.powers; }

Unit parse_unit(std::string_view text) {
  if (text.empty() || text == "-") return {};
  const auto sides = split(text, '/');
  const auto side = [&](std::string_view part) {
    Unit unit;
    for (const std::string& word : split(replace_all(part, "·", "*"), '*')) {
      if (word == "1") continue;
      const Symbol* symbol = find_symbol(word);
      if (!symbol) throw InputError({}, "unknown unit", text);
      unit = unit * unit_of(*symbol);
    }
    return unit;
  };
  if (sides.size() > 2) throw InputError({}, "unknown unit", text);
  return sides.size() == 1 ? side(sides[0]) : side(sides[0]) / side(sides[1]);
}

std::string name(const Unit& unit) {
  Unit plain = unit;
  std::string percents;  // a share of something is spelled client·%
  for (int tries = 0; tries < 3; ++tries) {
    Spelling found;
    if (spell(plain, 0, {}, found)) {
      const std::string above = joined(found.numerator, percents), &below = found.denominator;
      return below.empty() ? above : (above.empty() ? "1" : above) + "/" + below;
    }
    plain = plain / parse_unit("%");
    percents = joined(percents, "%");
  }
  return "?";
}

Conversion conversion(const Unit& from, const Unit& to) {
  if (!same_dimension(from, to)) throw ModelError("cannot convert " + name(from) + " to " + name(to));
  const Unit ratio = from / to;
  return {static_cast<double>(ratio.numerator), static_cast<double>(ratio.denominator)};
}

double convert(double value, const Unit& from, const Unit& to) {
  const Conversion c = conversion(from, to);
  return value * c.multiply / c.divide;
}

std::vector<std::string> symbols_of(const Unit& unit) {
  std::vector<std::string> found;
  for (const Symbol& symbol : symbols)
    if (symbol.dimension >= 0 && same_dimension(unit_of(symbol), unit)) found.emplace_back(symbol.text);
  return found;
}

std::string with_unit(std::string_view number, const Unit& unit) {
  std::string text = name(unit);
  if (text.empty()) return std::string(number);
  const Symbol* symbol = find_symbol(text.substr(0, text.find('/')));
  if (number != "1" && symbol && symbol->dimension >= first_counted) text.insert(symbol->text.size(), "s");
  return std::string(number) + " " + text;
}

double parse_amount(std::string_view text, const Unit& unit, bool bare_allowed) {
  const std::string example = bare_allowed ? "a number of " + name(unit) : "a number with its unit";
  const std::string allowed = same_dimension(unit, parse_unit("B"))
                                  ? example + ", such as \"16 GB\" (decimal) or \"16 GiB\" (binary)"
                                  : example;
  std::string_view trimmed = trim(text);
  std::size_t end = trimmed.find_last_of("0123456789.");
  end = end == std::string_view::npos ? 0 : end + 1;
  const std::string_view number = trim(trimmed.substr(0, end)), suffix = trim(trimmed.substr(end));
  if (number.empty()) throw InputError({}, "not an amount", text.empty() ? "nothing" : text, allowed);
  if (suffix.empty() && !bare_allowed) throw InputError({}, "the unit is missing", text, allowed);
  double value = 0;
  try {
    value = parse_number(number);
  } catch (const InputError&) {
    throw InputError({}, "not an amount", text, allowed);
  }
  if (suffix.empty()) return value;
  const Symbol* symbol = find_symbol(suffix);
  if (!symbol || !same_dimension(unit_of(*symbol), unit)) throw InputError({}, "not an amount", text, allowed);
  return convert(value, unit_of(*symbol), unit);
}

}  // namespace sizing
