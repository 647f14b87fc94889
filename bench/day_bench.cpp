// What a simulated day costs, as Markdown tables: CPU time of one replication.
//
//     build/dev/bench/day_bench [CLIENTS]
//
// First a large day: 64 threads, used to 80 % where they keep up; in the bell all that would fill 90 % of its hour, so
// that its middle is an overload. Then the morning of a school, as bench/morning_bench.py describes it: 2,000 days, at
// requests of 1.5 s, which wait, and of the published 10 ms, which do not. Steps of a minute. With equal pauses days go
// in lanes, with drawn ones by events.
#include <cstdlib>
#include <ctime>
#include <vector>

#include <fmt/core.h>

#include "libsizing/queueing/day.h"

namespace {

using namespace sizing;

struct Case {
  const char* name;
  ArrivalShape::Kind shape;
  double window, use;
  std::uint32_t requests;
  Distribution::Kind service;
  std::size_t cores;
};

double cpu_seconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double nanoseconds(const std::vector<Clients>& all, const Facility& facility, const Patience& patience,
                   const DayRun& run, Day& day) {
  const double start = cpu_seconds();
  day = simulate_day(all, facility, patience, run);
  return 1e9 * (cpu_seconds() - start) / expected_requests(all, run);
}

void measure(const Case& of, double clients) {
  constexpr std::size_t threads = 64, replications = 8;
  const double service = of.use * threads * of.window / (clients * of.requests);
  const std::vector<Clients> all = {{.arrivals = {clients, 0, of.window, {of.shape, 0.5, {}}},
                                     .requests = of.requests,
                                     .time = {of.service, service},
                                     .core_share = of.cores > 0 ? 0.5 : 0,
                                     .pause = {Distribution::Kind::constant, 1}}};
  Day day;
  const double each = nanoseconds(all, {threads, of.cores, 0}, {}, {.replications = replications}, day);
  fmt::print("| {} | {} | {:.2f} | {:.1f} | {:.1f} | {:.3g} |\n", of.name, of.requests,
             each * clients * of.requests / 1e9, each, 1e3 / each, day.mean_wait.value);
}

struct Morning {
  const char* name;
  double time, scale;
  Facility facility;
  Patience patience{};
  Distribution pause{Distribution::Kind::constant, 0};
};

void measure(const Morning& of) {
  const Clients school{.arrivals = {152 * of.scale, 0, 900, {ArrivalShape::Kind::normal, 0.5, {}}},
                       .requests = 8,
                       .time = {Distribution::Kind::exponential, of.time},
                       .core_share = of.facility.cores > 0 ? 0.5 : 0,
                       .pause = of.pause};
  Day day;
  const double each = nanoseconds({school}, of.facility, of.patience, {.replications = 2000, .threads = 1}, day);
  fmt::print("| {} | {} | {:.1f} | {:.1f} | {:.3g} |\n", of.name, of.time, each, 1e3 / each, day.mean_wait.value);
}

}  // namespace

int main(int argc, char** argv) {
  using Shape = ArrivalShape::Kind;
  using Time = Distribution::Kind;
  constexpr double hour = 3600;
  const double clients = argc > 1 ? std::atof(argv[1]) : 1e7;
  fmt::print("| {:.0f} clients | requests of each | CPU seconds | ns a request | million requests/s | mean wait |\n",
             clients);
  fmt::print("| --- | ---: | ---: | ---: | ---: | ---: |\n");
  for (const Case& each : {Case{"evenly over 8 hours", Shape::uniform, 8 * hour, 0.8, 1, Time::exponential, 0},
                           Case{"the same, constant service", Shape::uniform, 8 * hour, 0.8, 1, Time::constant, 0},
                           Case{"a bell of an hour, overloaded", Shape::normal, hour, 0.9, 1, Time::exponential, 0},
                           Case{"evenly over 8 hours", Shape::uniform, 8 * hour, 0.8, 8, Time::exponential, 0},
                           Case{"the same, 64 cores", Shape::uniform, 8 * hour, 0.8, 8, Time::exponential, 64},
                           Case{"a bell of an hour, overloaded", Shape::normal, hour, 0.9, 8, Time::exponential, 0}})
    measure(each, clients);

  fmt::print("\n| the morning of a school | time | ns a request | million requests/s | mean wait |\n");
  fmt::print("| --- | ---: | ---: | ---: | ---: |\n");
  const Patience patience{.backlog = 4096, .connect = 10, .answer = 300, .tries = 3};
  const Distribution none_drawn{Time::hyperexponential, 0, 2};
  for (const double time : {1.5, 0.01})
    for (const Morning& each : {Morning{"152 clients at 4 threads", time, 1, {4}},
                                Morning{"the same, 4 cores and patience", time, 1, {4, 4, 8}, patience},
                                Morning{"the same, by events", time, 1, {4}, {}, none_drawn},
                                Morning{"1520 clients at 40 threads", time, 10, {40}}})
      measure(each);
}
