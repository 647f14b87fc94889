#include "libsizing/base/student.h"

#include <cmath>

#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace sizing {

double t_within(double share, double degrees) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees), (1 - share) / 2));
}

double t_beyond(double t, double degrees) {
  if (std::isinf(t)) return 0;
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(degrees), std::abs(t)));
}

double f_beyond(double f, double numerator_degrees, double denominator_degrees) {
  if (std::isinf(f)) return 0;
  return boost::math::cdf(boost::math::complement(boost::math::fisher_f(numerator_degrees, denominator_degrees), f));
}

}  // namespace sizing
