#include "libsizing/queueing/distribution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <boost/math/special_functions/gamma.hpp>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/queueing/amounts.h"

namespace sizing {
namespace {

using Kind = Distribution::Kind;

struct KindOfTime {
  Kind kind;
  std::string_view name, shape;  // shape: what stands after the colon, as the message says it; "" where nothing does
  double least, most;            // of the shape
  bool least_too;
};

// In the order of Kind.
constexpr std::array<KindOfTime, 6> kinds = {{
    {Kind::constant, "constant", "", 0, 0, true},
    {Kind::exponential, "exponential", "", 0, 0, true},
    {Kind::erlang, "erlang", "a whole number of phases from 1 to 1000", 1, most_phases, true},
    {Kind::hyperexponential, "hyperexponential", "a squared coefficient of variation above 1, at most 1000000", 1,
     largest_scv, false},
    {Kind::lognormal, "lognormal", "a coefficient of variation above 0, at most 1000", 0, 1e3, false},
    {Kind::measured, "measured", "", 0, 0, true},
}};
static_assert(kinds[4].most * kinds[4].most == largest_scv);

constexpr std::string_view all_kinds =
    "constant, exponential, erlang:PHASES, hyperexponential:SCV, lognormal:CV (as in erlang:3)";

bool fits(const KindOfTime& kind, double shape) {
  const bool in_range = kind.least_too ? shape >= kind.least : shape > kind.least;
  return in_range && shape <= kind.most && (kind.kind != Kind::erlang || shape == std::floor(shape));
}

double parse_shape(const KindOfTime& kind, std::string_view text, const Place& place) {
  double shape = 0;
  try {
    shape = parse_number(text);
  } catch (const InputError&) {
    throw InputError(place, "no shape of a " + std::string(kind.name) + " distribution", text, kind.shape);
  }
  if (!fits(kind, shape))
    throw InputError(place, "no shape of a " + std::string(kind.name) + " distribution", text, kind.shape);
  return shape;
}

const KindOfTime& of(const Distribution& d) { return kinds[static_cast<std::size_t>(d.kind)]; }

// P(Z > z) of a standard normal Z.
double normal_beyond(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }

// t in means, cut where nothing is left of any Erlang distribution, so that nothing overflows.
double means_of(const Distribution& d, double t) { return std::min(t / d.mean, 1e6); }

// E[S^n; S <= t] over E[S^n], for n = 0, 1, 2 and t > 0: how the moments up to t are shared out.
double erlang_part(const Distribution& d, double t, int n) {
  return boost::math::gamma_p(d.shape + n, d.shape * means_of(d, t));
}

double lognormal_part(const Distribution& d, double t, int n) {
  const LogNormal log = log_normal(d);
  return normal_beyond(n * log.sigma - (std::log(t) - log.mu) / log.sigma);
}

double part(const Distribution& d, double t, int n) {
  switch (d.kind) {
    case Kind::lognormal: return lognormal_part(d, t, n);
    case Kind::measured: {
      const MeasuredPart below = measured_part(*d.measured, t / d.mean);
      return n == 1 ? below.first : below.second / (1 + d.measured->scv);
    }
    default: return erlang_part(d, t, n);
  }
}

Distribution exponential(double mean) { return {Kind::exponential, mean, 0}; }

// `function` of the two branches, weighed by how often each is taken.
double mixed(double (*function)(const Distribution&, double), const Distribution& d, double t) {
  const TwoExponentials two = two_exponentials(d);
  return two.first_probability * function(exponential(two.first_mean), t) +
         d.mean / two.second_mean / 2 * function(exponential(two.second_mean), t);
}

}  // namespace

Distribution parse_distribution(std::string_view text, double mean, std::string_view key) {
  const Place place{"", 0, 0, std::string(key)};
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto* kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const KindOfTime& k) { return k.name == text.substr(0, colon); });
  if (kind == kinds.end() || kind->kind == Kind::measured)
    throw InputError(place, "unknown distribution", text, all_kinds);
  if ((colon < text.size()) != !kind->shape.empty())
    throw InputError(place, kind->shape.empty() ? "a distribution without a shape" : "a distribution needs a shape",
                     text, all_kinds);
  if (!(mean >= 0 && std::isfinite(mean)))
    throw InputError(place, "no mean of a distribution", exact(mean), "0 or more, finite");
  return {kind->kind, mean, kind->shape.empty() ? 0 : parse_shape(*kind, text.substr(colon + 1), place)};
}

std::string name(const Distribution& distribution) {
  const KindOfTime& kind = of(distribution);
  return std::string(kind.name) + (kind.shape.empty() ? "" : ":" + exact(distribution.shape));
}

double scv(const Distribution& distribution) {
  switch (distribution.kind) {
    case Kind::constant: return 0;
    case Kind::exponential: return 1;
    case Kind::erlang: return 1 / distribution.shape;
    case Kind::hyperexponential: return distribution.shape;
    case Kind::lognormal: return distribution.shape * distribution.shape;
    case Kind::measured: return distribution.measured->scv;
  }
  return 0;
}

TwoExponentials two_exponentials(const Distribution& hyperexponential) {
  const double scv = hyperexponential.shape, root = std::sqrt((scv - 1) / (scv + 1));
  const double first = (1 + root) / 2, second = 1 / ((scv + 1) * (1 + root));  // (1 - root) / 2, without cancelling
  return {first, hyperexponential.mean / (2 * first), hyperexponential.mean / (2 * second)};
}

LogNormal log_normal(const Distribution& lognormal) {
  const double variance = std::log1p(lognormal.shape * lognormal.shape);
  return {std::log(lognormal.mean) - variance / 2, std::sqrt(variance)};
}

double survival(const Distribution& distribution, double t) {
  if (t < 0) return 1;
  if (distribution.mean == 0) return 0;
  if (t == 0) return 1;
  switch (distribution.kind) {
    case Kind::constant: return t < distribution.mean ? 1 : 0;
    case Kind::exponential: return std::exp(-t / distribution.mean);
    case Kind::erlang: return boost::math::gamma_q(distribution.shape, distribution.shape * means_of(distribution, t));
    case Kind::hyperexponential: return mixed(survival, distribution, t);
    case Kind::lognormal: {
      const LogNormal log = log_normal(distribution);
      return normal_beyond((std::log(t) - log.mu) / log.sigma);
    }
    case Kind::measured: return std::max(0.0, 1 - measured_part(*distribution.measured, t / distribution.mean).share);
  }
  return 0;
}

// E[min(S, t)] = t P(S > t) + E[S; S <= t]: nothing cancels.
double survival_integral(const Distribution& distribution, double t) {
  const double mean = distribution.mean;
  if (!(t > 0) || mean == 0) return 0;
  if (std::isinf(t)) return mean;
  switch (distribution.kind) {
    case Kind::constant: return std::min(t, mean);
    case Kind::exponential: return -mean * std::expm1(-t / mean);
    case Kind::hyperexponential: return mixed(survival_integral, distribution, t);
    default: return t * survival(distribution, t) + mean * part(distribution, t, 1);
  }
}

// t² P(S > t) / 2 + E[t S - S² / 2; S <= t]; of the difference never more than half cancels, since S <= t.
double survival_second_integral(const Distribution& distribution, double t) {
  const double mean = distribution.mean;
  if (!(t > 0) || mean == 0) return 0;
  if (std::isinf(t)) return t;
  switch (distribution.kind) {
    case Kind::constant: return t <= mean ? t * t / 2 : mean * (t - mean / 2);
    case Kind::exponential: return survival_second_integral({Kind::erlang, mean, 1}, t);
    case Kind::hyperexponential: return mixed(survival_second_integral, distribution, t);
    default: {
      const double second_moment = mean * mean * (1 + scv(distribution));
      return t * (t * survival(distribution, t) / 2 + mean * part(distribution, t, 1)) -
             second_moment * part(distribution, t, 2) / 2;
    }
  }
}

}  // namespace sizing
