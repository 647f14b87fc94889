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

}  // namespace sizing
