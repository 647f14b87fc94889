// Points to fit lines through: seeded random ones, and published ones with certified answers.
#pragma once

#include <random>
#include <vector>

namespace sizing {

struct Points {
  std::vector<double> x, y;
};

/// `n` points about intercept + slope × x, x uniform in 0 to 100, errors normal with standard deviation `error`.
inline Points noisy_line(std::size_t n, double slope, double intercept, double error, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> place(0, 100);
  std::normal_distribution<double> noise(0, error);
  Points p;
  for (std::size_t i = 0; i < n; ++i) {
    p.x.push_back(place(random));
    p.y.push_back(intercept + slope * p.x.back() + noise(random));
  }
  return p;
}

/// NIST Statistical Reference Datasets, linear regression, Norris: calibration of ozone monitors, 36 observations.
inline Points norris() {
  return {{0.2, 337.4, 118.2, 884.6, 10.1,  226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4,
           0.6, 775.5, 666.9, 338.0, 447.5, 11.6,  556.0, 228.1, 995.8, 887.6, 120.2, 0.3,
           0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1,  118.3, 229.2, 669.1, 448.9, 0.5},
          {0.1, 338.8, 118.1, 888.0, 9.2,   228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3,
           0.1, 778.1, 668.8, 339.3, 448.9, 10.8,  557.7, 228.3, 998.0, 888.8, 119.6, 0.3,
           0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2,  117.6, 228.9, 668.4, 449.2, 0.2}};
}

}  // namespace sizing
