// Streams of random numbers: xoshiro256+ (D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, ACM
// TOMS 47, 2021), of which the 52 upper bits are used, one generator a lane.
//
// A stream is named by the seed of the run, the number of the replication and the number of the purpose (arrivals,
// services); SplitMix64 makes the state out of the three. So a replication is the same whatever lane, thread or machine
// it runs on, and two runs with one seed differ in nothing but what was changed between them.
#pragma once

#include "libsizing/queueing/lanes.h"

namespace sizing {
namespace {

struct Stream {
  Words s0, s1, s2, s3;
};

[[maybe_unused]] std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// The streams of `lanes` replications from this one on, or of every so many.
[[maybe_unused]] Stream stream_of(std::uint64_t seed, std::uint64_t replication, std::uint64_t purpose,
                                  std::uint64_t apart = 1) {
  constexpr std::uint64_t step = 0x9E3779B97F4A7C15;
  Stream stream;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::uint64_t x = mixed(mixed(mixed(seed + step) + replication + lane * apart + step) + purpose + step);
    Words* const words[] = {&stream.s0, &stream.s1, &stream.s2, &stream.s3};
    for (Words* word : words) (*word)[lane] = mixed(x += step);
  }
  return stream;
}

SIZING_LANES Words next_bits(Stream& s) {
  const Words result = s.s0 + s.s3, shifted = s.s1 << 17;
  s.s2 ^= s.s0;
  s.s3 ^= s.s1;
  s.s1 ^= s.s2;
  s.s0 ^= s.s3;
  s.s2 ^= shifted;
  s.s3 = (s.s3 << 45) | (s.s3 >> 19);
  return result;
}

// Uniform over the middles of 2^52 equal parts of 0 to 1, so never 0 and never 1.
SIZING_LANES Doubles uniform(Stream& s) {
  constexpr double below_one = 1 - 0x1p-53;
  return doubles_of((next_bits(s) >> 12) | 0x3FF0000000000000) - below_one;
}

}  // namespace
}  // namespace sizing
