// What a simulated day costs, as a Markdown table: CPU time of one replication.
//
//     build/dev/bench/day_bench [CLIENTS]
//
// 64 threads, used to 80 % where they keep up; in the bell all that would fill 90 % of its hour, so that its middle is
// an overload. Steps of a minute.
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

void measure(const Case& of, double clients) {
  const std::size_t replications = of.requests == 1 ? 16 : 2;  // those of one request fill the lanes
  constexpr std::size_t threads = 64;
  const double service = of.use * threads * of.window / (clients * of.requests);
  const double on_core = of.cores > 0 ? service / 2 : 0;
  const std::vector<Clients> all = {{.arrivals = {clients, 0, of.window, {of.shape, 0.5, {}}},
                                     .requests = of.requests,
                                     .time = {of.service, service},
                                     .core_share = on_core / service,
                                     .pause = {Distribution::Kind::constant, 1}}};
  const double start = cpu_seconds();
  const Day day = simulate_day(all, {threads, of.cores, 0}, {}, {.replications = replications});
  const double seconds = (cpu_seconds() - start) / static_cast<double>(replications);
  fmt::print("| {} | {} | {:.3f} | {:.1f} | {:.3g} |\n", of.name, of.requests, seconds,
             clients * of.requests / seconds / 1e6, day.mean_wait.value);
}

}  // namespace

int main(int argc, char** argv) {
  using Shape = ArrivalShape::Kind;
  using Time = Distribution::Kind;
  constexpr double hour = 3600;
  const double clients = argc > 1 ? std::atof(argv[1]) : 1e7;
  fmt::print("| {:.0f} clients | requests of each | CPU seconds | million requests/s | mean wait |\n", clients);
  fmt::print("| --- | ---: | ---: | ---: | ---: |\n");
  for (const Case& each : {Case{"evenly over 8 hours", Shape::uniform, 8 * hour, 0.8, 1, Time::exponential, 0},
                           Case{"the same, constant service", Shape::uniform, 8 * hour, 0.8, 1, Time::constant, 0},
                           Case{"a bell of an hour, overloaded", Shape::normal, hour, 0.9, 1, Time::exponential, 0},
                           Case{"evenly over 8 hours", Shape::uniform, 8 * hour, 0.8, 8, Time::exponential, 0},
                           Case{"the same, 64 cores", Shape::uniform, 8 * hour, 0.8, 8, Time::exponential, 64},
                           Case{"a bell of an hour, overloaded", Shape::normal, hour, 0.9, 8, Time::exponential, 0}})
    measure(each, clients);
}
