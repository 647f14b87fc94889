#include "libsizing/queueing/finite_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double negligible = 1e-30;  // a term beside the largest, so that even n times all later ones add nothing

struct Station {
  double population, servers, think, service;
};

// p(n) / p(n - 1).
double ratio(const Station& m, double n) {
  return (m.population - n + 1) / std::min(n, m.servers) * (m.service / m.think);
}

// The largest n with ratio(n) >= 1: there p is largest.
double mode(const Station& m) {
  const double free = std::floor((m.population + 1) / (1 + m.think / m.service));
  if (free < m.servers) return std::min(free, m.population);
  const double queued = std::floor(m.population + 1 - m.servers * (m.think / m.service));
  return std::clamp(queued, std::min(m.servers, m.population), m.population);
}

// Sums over p(n), which is 1 at its largest.
struct Sums {
  double all = 0, busy = 0, waiting = 0, all_busy = 0;  // of p, p min(n, m), p (n - m)+, p where n >= m
};

void add(Sums& sums, const Station& m, double n, double p) {
  sums.all += p;
  sums.busy += p * std::min(n, m.servers);
  if (n < m.servers) return;
  sums.waiting += p * (n - m.servers);
  sums.all_busy += p;
}

Sums sums_of(const Station& m) {
  Sums sums;
  const double largest = mode(m);
  double p = 1;
  for (double n = largest; n >= 0 && p > negligible; p /= ratio(m, n), --n) add(sums, m, n, p);
  p = 1;
  for (double n = largest + 1; n <= m.population; ++n) {
    p *= ratio(m, n);
    if (p <= negligible) break;
    add(sums, m, n, p);
  }
  return sums;
}

// Everybody always is at the servers: no thinking, or no service and nothing to wait for.
FiniteSourceAnswer without_thinking(const Station& m) {
  const double busy = std::min(m.population, m.servers), queue = m.population - busy;
  const double throughput = busy / m.service, wait = busy > 0 ? queue / busy * m.service : 0;
  const double others = m.population - 1;
  return {throughput, m.service + wait, wait, busy / m.servers, others >= m.servers ? 1.0 : 0.0, m.population};
}

FiniteSourceAnswer without_service(const Station& m) {
  const double throughput = m.population == 0 ? 0 : m.think > 0 ? m.population / m.think : infinity;
  return {throughput, 0, 0, 0, 0, 0};
}

// Nobody ever meets another: each as if alone.
FiniteSourceAnswer without_meeting(const Station& m) {
  const double throughput = m.population / (m.think + m.service), busy = throughput * m.service;
  return {throughput, m.service, 0, busy / m.servers, 0, busy};
}

// A client that arrives finds the others as they would be without it.
double arrival_waits(Station m) {
  m.population -= 1;
  if (m.population < m.servers) return 0;
  const Sums others = sums_of(m);
  return others.all_busy / others.all;
}

}  // namespace

FiniteSourceAnswer finite_source(const FiniteSource& source) {
  const Station m = {static_cast<double>(count(source.population, "population")),
                     static_cast<double>(count(source.servers, "servers", 1)),
                     not_negative(source.think_time, "think_time"), not_negative(source.service_time, "service_time")};
  if (m.service == 0) return without_service(m);
  if (m.population == 0) return {0, m.service, 0, 0, 0, 0};
  if (m.think == 0) return without_thinking(m);
  const Sums sums = sums_of(m);
  if (!(sums.busy > 0)) return without_meeting(m);  // service beyond all measure shorter than thinking
  const double busy = sums.busy / sums.all, queue = sums.waiting / sums.all;
  const double wait = sums.waiting / sums.busy * m.service;
  return {busy / m.service, m.service + wait, wait, busy / m.servers, arrival_waits(m), busy + queue};
}

}  // namespace sizing
