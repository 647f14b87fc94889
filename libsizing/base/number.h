// Numbers to and from text.
//
// Machines get full precision (the shortest text that reads back as the same double); people get at most two decimals.
// Neither depends on the locale.
#pragma once

#include <string>
#include <string_view>

namespace sizing {

/// The shortest decimal text that reads back as exactly `value`: "1105.2631578947369".
std::string exact(double value);

/// For people: at most two decimals above 1, three significant digits below: "1105.26", "0.0237".
std::string rounded(double value);

/// For a calculation to follow: eight significant digits, whole numbers in full: "1105.2632".
std::string detailed(double value);

/// For totals made of rough figures: two significant digits: 5531.6 is "5500".
std::string rough(double value);

/// The nearest number of two significant digits, such as for a half-width: 0.023 of 0.02341; 0 stays.
double two_digits(double value);

/// A finite decimal number, the whole of `text`: "20", "1e3", "-0.5". Throws InputError (without place) for anything
/// else: an empty text, "nan", "inf", "0x10", "1,5", a number that no double holds.
double parse_number(std::string_view text);

}  // namespace sizing
