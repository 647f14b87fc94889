// Student's t and Fisher's F, as far as fits need them.
#pragma once

namespace sizing {

/// The t that a variable with `degrees` of freedom stays within, both sides together, with probability `share`: 12.71
/// for 0.95 and 1 degree.
double t_within(double share, double degrees);

/// The probability that chance alone gives a |t| at least this large; 0 for an infinite one.
double t_beyond(double t, double degrees);

/// The probability that chance alone gives an F at least this large; 0 for an infinite one.
double f_beyond(double f, double numerator_degrees, double denominator_degrees);

}  // namespace sizing
