// PH/PH/c exactly: times between arrivals and services of phases, c servers, first come first served. A quasi-birth-
// death process, solved by the method of M. F. Neuts (Matrix-Geometric Solutions in Stochastic Models, 1981) with the
// logarithmic reduction of G. Latouche and V. Ramaswami (Journal of Applied Probability 30, 1993).
//
// A state is how many customers there are, the phase of the next arrival, and how many of those in service are in the
// first of the two phases of a service.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Dense>

#include "libsizing/queueing/distribution.h"

namespace sizing {

/// Begins in phase i with probability begin(i); moves(i, j) are rates between phases, end(i) those of its end.
struct Phases {
  Eigen::VectorXd begin, end;
  Eigen::MatrixXd moves;
};

/// Exponential, Erlang or hyperexponential; at least two phases.
inline Phases phases_of(const Distribution& d) {
  using Kind = Distribution::Kind;
  const auto erlang = [](Eigen::Index k, double rate) {
    Phases p{Eigen::VectorXd::Unit(k, 0), rate * Eigen::VectorXd::Unit(k, k - 1), Eigen::MatrixXd::Zero(k, k)};
    for (Eigen::Index i = 0; i + 1 < k; ++i) p.moves(i, i + 1) = rate;
    return p;
  };
  if (d.kind == Kind::erlang && d.shape > 1) return erlang(static_cast<Eigen::Index>(d.shape), d.shape / d.mean);
  Phases p{Eigen::Vector2d(0.5, 0.5), Eigen::Vector2d::Constant(1 / d.mean), Eigen::Matrix2d::Zero()};
  if (d.kind != Kind::hyperexponential) return p;
  const TwoExponentials two = two_exponentials(d);
  p.begin = Eigen::Vector2d(two.first_probability, d.mean / 2 / two.second_mean);
  p.end = Eigen::Vector2d(1 / two.first_mean, 1 / two.second_mean);
  return p;
}

/// Rates from the states of so many customers: up, down, and among themselves with what leaves them.
struct LevelRates {
  Eigen::MatrixXd up, down, local;
};

inline LevelRates level_rates(const Phases& arrival, const Phases& service, Eigen::Index servers,
                              Eigen::Index present) {
  const Eigen::Index busy = std::min(present, servers), fewer = std::min(present - 1, servers),
                     more = std::min(present + 1, servers), arrivals = arrival.begin.size();
  const auto size = [&](Eigen::Index serving) { return arrivals * (serving + 1); };
  LevelRates r{Eigen::MatrixXd::Zero(size(busy), size(more)),
               Eigen::MatrixXd::Zero(size(busy), present > 0 ? size(fewer) : 0),
               Eigen::MatrixXd::Zero(size(busy), size(busy))};
  const auto at = [](Eigen::Index a, Eigen::Index serving, Eigen::Index first) { return a * (serving + 1) + first; };
  for (Eigen::Index a = 0; a < arrivals; ++a)
    for (Eigen::Index first = 0; first <= busy; ++first) {
      const Eigen::Index from = at(a, busy, first);
      const double of_first = static_cast<double>(first), of_second = static_cast<double>(busy - first);
      for (Eigen::Index b = 0; b < arrivals; ++b) {
        if (b != a) r.local(from, at(b, busy, first)) += arrival.moves(a, b);
        const double come = arrival.end(a) * arrival.begin(b);
        if (more == busy) r.up(from, at(b, more, first)) += come;
        if (more > busy) r.up(from, at(b, more, first + 1)) += come * service.begin(0);
        if (more > busy) r.up(from, at(b, more, first)) += come * service.begin(1);
      }
      if (first > 0) r.local(from, at(a, busy, first - 1)) += of_first * service.moves(0, 1);
      if (first < busy) r.local(from, at(a, busy, first + 1)) += of_second * service.moves(1, 0);
      // One leaves; where somebody waits, one begins.
      const auto leave = [&](double rate, Eigen::Index left) {
        if (rate == 0) return;
        if (fewer < busy) r.down(from, at(a, fewer, left)) += rate;
        if (fewer == busy) r.down(from, at(a, fewer, left + 1)) += rate * service.begin(0);
        if (fewer == busy) r.down(from, at(a, fewer, left)) += rate * service.begin(1);
      };
      leave(of_first * service.end(0), first - 1);
      leave(of_second * service.end(1), first);
      const double down = present > 0 ? r.down.row(from).sum() : 0;  // a row of nothing has no address
      r.local(from, from) -= r.local.row(from).sum() + r.up.row(from).sum() + down;
    }
  return r;
}

/// The probabilities of the first way down from a level, by the state of arrival there.
inline Eigen::MatrixXd first_way_down(const LevelRates& r) {
  const Eigen::MatrixXd none = Eigen::MatrixXd::Identity(r.local.rows(), r.local.rows());
  const Eigen::MatrixXd leave = (-r.local).inverse();
  Eigen::MatrixXd up = leave * r.up, down = leave * r.down, way = down, so_far = up;
  while (so_far.maxCoeff() > 1e-16) {
    const Eigen::MatrixXd both = (none - up * down - down * up).inverse();
    up = both * (up * up).eval();
    down = both * (down * down).eval();
    way += so_far * down;
    so_far = so_far * up;
  }
  return way;
}

/// The mean wait.
inline double exact_wait(const Distribution& between, const Distribution& service, int servers) {
  const Phases arrival = phases_of(between), serving = phases_of(service);
  std::vector<LevelRates> rates;
  for (int n = 0; n <= servers + 1; ++n) rates.push_back(level_rates(arrival, serving, servers, n));
  const LevelRates& above = rates.back();
  const Eigen::MatrixXd stays = -(above.local + above.up * first_way_down(above)), ratio = above.up * stays.inverse();
  // Of each level in those of the one below, from the top.
  std::vector<Eigen::MatrixXd> of_below(static_cast<std::size_t>(servers) + 1);
  Eigen::MatrixXd local = rates[static_cast<std::size_t>(servers)].local + ratio * above.down;
  for (auto n = static_cast<std::size_t>(servers); n > 0; --n) {
    of_below[n] = rates[n - 1].up * (-local).inverse();
    local = rates[n - 1].local + of_below[n] * rates[n].down;
  }
  local.col(0).setOnes();  // one equation follows from the others: the sum of level 0 stands in its place
  Eigen::RowVectorXd level = local.transpose().partialPivLu().solve(Eigen::VectorXd::Unit(local.rows(), 0)).transpose();
  double all = 1;
  for (std::size_t n = 1; n < of_below.size(); ++n) {
    level = level * of_below[n];
    if (n + 1 < of_below.size()) all += level.sum();
  }
  const Eigen::MatrixXd sum = (Eigen::MatrixXd::Identity(ratio.rows(), ratio.rows()) - ratio).inverse();
  all += (level * sum).sum();
  return (level * ratio * sum * sum).sum() / all * between.mean;
}

}  // namespace sizing
