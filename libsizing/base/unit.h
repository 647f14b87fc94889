// Units: what a number counts, and in what size.
//
// A unit is a product of powers of dimensions (byte, second, worker, client, …) and a scale. Things that are counted
// are dimensions of their own, so that connections cannot be added to clients, and MB/connection × connection gives MB.
// Decimal and binary sizes are different units of one dimension: 1 GB = 1000 MB, 1 GiB = 1024 MiB = 1073.741824 MB.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

inline constexpr std::size_t dimension_count = 15;

struct Unit {
  std::array<std::int8_t, dimension_count> powers{};
  // One of this unit is numerator/denominator of the dimensions' base units (bytes, seconds): "%" is 1/100.
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;

  friend bool operator==(const Unit&, const Unit&) = default;
};

/// "MB", "MB/worker", "connection", "%"; "" and "-" have no dimension. Throws InputError for an unknown symbol.
Unit parse_unit(std::string_view text);

/// The inverse of parse_unit; "" without dimension.
std::string name(const Unit& unit);

Unit operator*(const Unit& a, const Unit& b);
Unit operator/(const Unit& a, const Unit& b);

bool same_dimension(const Unit& a, const Unit& b);

/// value-in-`from` × first ÷ second = value-in-`to`; both whole, so a conversion rounds once.
struct Conversion {
  double multiply = 1;
  double divide = 1;
  friend bool operator==(const Conversion&, const Conversion&) = default;
};
Conversion conversion(const Unit& from, const Unit& to);
double convert(double value, const Unit& from, const Unit& to);

/// The symbols of one dimension: "B", "kB", "MB", … of bytes.
std::vector<std::string> symbols_of(const Unit& unit);

/// For people: "5 workers", "1 worker", "1250 MB", "50 %", "4 MB/connection", "3" (no dimension).
std::string with_unit(std::string_view number, const Unit& unit);

/// An amount as people write it, "16 GB", "1.5GiB", "80": in `unit`. A number alone is taken in `unit` where
/// `bare_allowed`. Throws InputError (without place) for anything else.
double parse_amount(std::string_view text, const Unit& unit, bool bare_allowed);

}  // namespace sizing
