// The distributions that laws are tried on: every kind, mild and wild.
#pragma once

#include <vector>

#include "libsizing/queueing/distribution.h"

namespace sizing {

inline std::vector<Distribution> some_distributions(double mean) {
  using Kind = Distribution::Kind;
  return {{Kind::constant, mean, 0},         {Kind::exponential, mean, 0},         {Kind::erlang, mean, 2},
          {Kind::erlang, mean, 40},          {Kind::erlang, mean, 1000},           {Kind::hyperexponential, mean, 1.5},
          {Kind::hyperexponential, mean, 4}, {Kind::hyperexponential, mean, 1000}, {Kind::lognormal, mean, 0.01},
          {Kind::lognormal, mean, 0.5},      {Kind::lognormal, mean, 2},           {Kind::lognormal, mean, 30}};
}

/// What was measured: bins (one of them empty, one a value), a few values, a single one.
inline std::vector<Distribution> measured_distributions(double mean) {
  const std::vector<double> edges = {0, 0.5, 1, 1, 4, 9, 10}, weights = {3, 5, 2, 0, 1, 0.25};
  std::vector<Distribution> all = {measured_distribution(edges, weights), measured_distribution({1, 2, 5, 2}),
                                   measured_distribution({7})};
  for (Distribution& one : all) one.mean = mean;
  return all;
}

inline std::vector<Distribution> every_distribution(double mean) {
  std::vector<Distribution> all = some_distributions(mean);
  for (const Distribution& one : measured_distributions(mean)) all.push_back(one);
  return all;
}

}  // namespace sizing
