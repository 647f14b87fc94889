#include "libsizing/queueing/erlang.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsizing/base/error.h"
#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double negligible = 1e-18;  // of a sum of positive terms

// 1/B: the terms grow while more servers are left than load, then fall ever faster.
double inverse_blocking(double load, double servers) {
  double sum = 1, term = 1;
  for (double left = servers; left > 0; --left) {
    term *= left / load;
    sum += term;
    if ((left <= load && term < negligible * sum) || sum == infinity) break;
  }
  return sum;
}

// Without servers all are blocked, be they none at all.
double blocking(double load, double servers) {
  return load > 0 || servers == 0 ? 1 / inverse_blocking(load, servers) : 0;
}

double must_wait(double load, double servers) {
  if (load == 0) return 0;
  if (load >= servers) return 1;
  const double b = blocking(load, servers);
  return b / ((servers - load) / servers + load / servers * b);
}

Waiting waiting_at(double load, double service_time, double servers) {
  if (load == 0) return {0, 0, service_time > 0 ? servers / service_time : infinity, 0};
  if (load >= servers) return {1, infinity, 0, servers > 0 ? 1.0 : 0.0};
  const double c = must_wait(load, servers), rate = (servers - load) / service_time;
  return {c, c / rate, rate, load / servers};
}

// The fewest servers that are enough, where more never are worse: doubling, then halving.
template <class Enough>
std::int64_t fewest(double load, Enough enough) {
  if (!(load <= static_cast<double>(largest_count) / 4))
    throw InputError({"", 0, 0, "offered_load"}, "is larger than any number of servers carries");
  auto low = std::int64_t{-1}, step = std::int64_t{1};  // low: not enough
  auto high = static_cast<std::int64_t>(load);
  while (!enough(static_cast<double>(high))) {
    low = high;
    high += step;
    step *= 2;
    count(high, "servers");
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (enough(static_cast<double>(middle)) ? high : low) = middle;
  }
  return high;
}

}  // namespace

double erlang_b(double offered_load, std::int64_t servers) {
  return blocking(not_negative(offered_load, "offered_load"), static_cast<double>(count(servers, "servers")));
}

double erlang_c(double offered_load, std::int64_t servers) {
  return must_wait(not_negative(offered_load, "offered_load"), static_cast<double>(count(servers, "servers")));
}

Waiting waiting(double arrival_rate, double service_time, std::int64_t servers) {
  const double load = not_negative(arrival_rate, "arrival_rate") * not_negative(service_time, "service_time");
  return waiting_at(not_negative(load, "offered_load"), service_time, static_cast<double>(count(servers, "servers")));
}

double waits_longer(const Waiting& waiting, double t) {
  if (t < 0) return 1;
  return waiting.probability == 0 ? 0 : waiting.probability * std::exp(-waiting.rate * t);
}

double service_level(const Waiting& waiting, double t) {
  if (t < 0) return 0;
  return 1 - waits_longer(waiting, t);
}

double waiting_quantile(const Waiting& waiting, double share) {
  share_of_1(share, "share");
  if (1 - share >= waiting.probability) return 0;
  return std::log(waiting.probability / (1 - share)) / waiting.rate;
}

std::int64_t servers_for_blocking(double offered_load, double share) {
  not_negative(offered_load, "offered_load");
  positive(share, "share");
  if (offered_load == 0) return 0;
  return fewest(offered_load, [&](double servers) { return blocking(offered_load, servers) <= share; });
}

std::int64_t servers_for_waiting(double offered_load, double share) {
  not_negative(offered_load, "offered_load");
  positive(share, "share");
  return fewest(offered_load, [&](double servers) { return must_wait(offered_load, servers) <= share; });
}

std::int64_t servers_for_mean_wait(double offered_load, double services) {
  not_negative(offered_load, "offered_load");
  positive(services, "services");
  return fewest(offered_load, [&](double servers) { return waiting_at(offered_load, 1, servers).mean <= services; });
}

std::int64_t servers_for_level(double offered_load, double services, double share) {
  not_negative(offered_load, "offered_load");
  not_negative(services, "services");
  positive(1 - share_of_1(share, "share"), "1 - share");
  const auto enough = [&](double servers) {
    return waits_longer(waiting_at(offered_load, 1, servers), services) <= 1 - share;
  };
  return fewest(offered_load, enough);
}

}  // namespace sizing
