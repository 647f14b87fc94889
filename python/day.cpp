// opsi_sizing.queueing.simulate_day: kinds of clients as columns in, figures and columns over the day out.
#include "libsizing/queueing/day.h"

#include <cmath>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/report/progress.h"
#include "python/column.h"
#include "python/day.h"
#include "python/long_work.h"
#include "python/module.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

// One kind of clients, by the names that Python gives its properties.
struct Kind {
  py::dict said;
  std::size_t number = 0;
  bool alone = true;  // the only kind: then errors need no number

  // What a property says is refused with its name, and the number of the kind where there are several.
  auto of(const char* key, const auto& read) const {
    try {
      return read(said[key]);
    } catch (const InputError& error) {
      if (alone) throw InputError({"", 0, 0, key}, error.problem(), error.found(), error.allowed());
      throw RowError(key, {number}, error.problem(), error.found(), error.allowed());
    }
  }
};

double not_negative(const py::handle& said) {
  const auto value = said.cast<double>();
  if (!(value >= 0 && std::isfinite(value))) throw InputError({}, "not allowed", exact(value), "a number, 0 or more");
  return value;
}

double whole_clients(const py::handle& said) {
  const auto value = said.cast<double>();
  if (!(value >= 0 && value <= most_requests) || value != std::floor(value))
    throw InputError({}, "not allowed", exact(value), "a whole number from 0 to " + exact(most_requests));
  return value;
}

std::uint32_t whole(const py::handle& said) {
  const auto value = said.cast<double>();
  if (!(value >= 1 && value <= 1e6) || value != std::floor(value))
    throw InputError({}, "not allowed", exact(value), "a whole number from 1 to 1000000");
  return static_cast<std::uint32_t>(value);
}

double share(const py::handle& said) {
  const auto value = said.cast<double>();
  if (!(value >= 0 && value <= 1)) throw InputError({}, "not allowed", exact(value), "a number from 0 to 1");
  return value;
}

Distribution drawn(const Kind& kind, const char* mean, const char* word) {
  const double value = kind.of(mean, not_negative);
  return kind.of(word, [&](const py::handle& said) { return parse_distribution(said.cast<std::string>(), value); });
}

// A word, or the weights of a histogram, which are refused here where arrivals would refuse them by another name.
ArrivalShape shape_of(const py::handle& said) {
  if (py::isinstance<py::str>(said)) return parse_shape(said.cast<std::string>());
  ArrivalShape weights{ArrivalShape::Kind::histogram, 0.5, said.cast<std::vector<double>>()};
  arrival_curve({1, 0, 1, weights});
  return weights;
}

Clients clients_of(const Kind& kind) {
  return {{kind.of("clients", whole_clients), kind.of("start", not_negative), kind.of("window", not_negative),
           kind.of("shape", shape_of)},
          kind.of("requests", whole),
          drawn(kind, "service_time", "service"),
          kind.of("core_share", share),
          drawn(kind, "pause", "pauses")};
}

struct NamedEstimate {
  const char* name;
  Estimate Day::*estimate;
};
constexpr NamedEstimate estimates[] = {{"requests", &Day::requests},
                                       {"sessions", &Day::sessions},
                                       {"waited", &Day::waited},
                                       {"mean_wait", &Day::mean_wait},
                                       {"p50", &Day::p50},
                                       {"p90", &Day::p90},
                                       {"p95", &Day::p95},
                                       {"p99", &Day::p99},
                                       {"largest", &Day::largest},
                                       {"mean_response", &Day::mean_response},
                                       {"p50_response", &Day::p50_response},
                                       {"p90_response", &Day::p90_response},
                                       {"p95_response", &Day::p95_response},
                                       {"p99_response", &Day::p99_response},
                                       {"largest_response", &Day::largest_response},
                                       {"most_waiting", &Day::most_waiting},
                                       {"most_waiting_at", &Day::most_waiting_at},
                                       {"first_wait", &Day::first_wait},
                                       {"last_wait", &Day::last_wait},
                                       {"storm", &Day::storm},
                                       {"last_answer", &Day::last_answer},
                                       {"refused", &Day::refused},
                                       {"timed_out", &Day::timed_out},
                                       {"gave_up", &Day::gave_up}};

struct NamedStep {
  const char* name;
  double DayStep::*value;
};
constexpr NamedStep columns_of_steps[] = {
    {"time", &DayStep::from},         {"arrivals", &DayStep::arrivals}, {"requests", &DayStep::requests},
    {"busy", &DayStep::busy},         {"waiting", &DayStep::waiting},   {"mean_wait", &DayStep::mean_wait},
    {"p50_wait", &DayStep::p50_wait}, {"p95_wait", &DayStep::p95_wait}, {"largest_wait", &DayStep::largest_wait}};

}  // namespace

py::dict figures_of(const Day& day) {
  py::dict figures;
  const auto add = [&](const char* name, const Estimate& e) { figures[name] = py::make_tuple(e.value, e.half_width); };
  for (const NamedEstimate& named : estimates) add(named.name, day.*named.estimate);
  add("utilisation", day.threads.mean);
  add("core_utilisation", day.cores.mean);
  add("pool_utilisation", day.pool.mean);
  return figures;
}

py::dict steps_of(const Day& day) {
  py::dict steps;
  for (const NamedStep& named : columns_of_steps) {
    py::array_t<double> column(static_cast<py::ssize_t>(day.steps.size()));
    double* const to = column.mutable_data();
    for (std::size_t i = 0; i < day.steps.size(); ++i) to[i] = day.steps[i].*named.value;
    steps[named.name] = column;
  }
  return steps;
}

py::tuple state_of(const Day& day) {
  return py::make_tuple(figures_of(day), steps_of(day), day.threads.busiest, day.cores.busiest, day.pool.busiest,
                        day.busiest, day.with_waits, day.replications);
}

Day day_from(const py::tuple& state) {
  const py::dict figures = state[0], columns = state[1];
  const auto figure = [&](const char* name) {
    const auto [value, half_width] = figures[name].cast<std::pair<double, double>>();
    return Estimate{value, half_width};
  };
  Day day;
  for (const NamedEstimate& named : estimates) day.*named.estimate = figure(named.name);
  day.threads = {figure("utilisation"), state[2].cast<double>()};
  day.cores = {figure("core_utilisation"), state[3].cast<double>()};
  day.pool = {figure("pool_utilisation"), state[4].cast<double>()};
  day.busiest = state[5].cast<double>();
  day.with_waits = state[6].cast<std::size_t>(), day.replications = state[7].cast<std::size_t>();
  for (const NamedStep& named : columns_of_steps) {
    const auto column = columns[named.name].cast<std::vector<double>>();
    day.steps.resize(column.size());
    for (std::size_t i = 0; i < column.size(); ++i) day.steps[i].*named.value = column[i];
  }
  return day;
}

bool run_days(const DayRun& run, double requests, const std::function<void(const DayRun&)>& work) {
  return run_long(
      [&](Watch& watch) {
        DayRun watched = run;
        watched.stop = &watch.stop, watched.done = &watch.done;
        work(watched);
      },
      [&](double done) { return simulating("requests", done, requests); });
}

void warn_of_fewer(const Day& day, std::size_t asked, int level) {
  warn_of_early_end(rounded(static_cast<double>(day.replications)) + " of " + rounded(static_cast<double>(asked)) +
                        " replications are complete",
                    level);
}

namespace {

py::tuple simulate_kinds(const std::vector<py::dict>& kinds, std::size_t threads, std::size_t cores, std::size_t pool,
                         std::optional<std::size_t> backlog, double connect, double answer,
                         std::pair<double, double> retry, std::uint32_t tries, double step, std::size_t replications,
                         std::uint64_t seed, std::size_t run_threads) {
  std::vector<Clients> clients;
  for (std::size_t k = 0; k < kinds.size(); ++k) clients.push_back(clients_of({kinds[k], k, kinds.size() == 1}));
  Patience patience;
  if (backlog) patience.backlog = *backlog;
  patience.connect = connect, patience.answer = answer, patience.tries = tries;
  patience.retry_low = retry.first, patience.retry_high = retry.second;
  const DayRun run{.replications = replications, .seed = seed, .threads = run_threads, .step = step};
  Day day;
  const bool early = run_days(run, expected_requests(clients, run), [&](const DayRun& watched) {
    day = simulate_day(clients, {threads, cores, pool}, patience, watched);
  });
  if (early) warn_of_fewer(day, replications, 2);
  return py::make_tuple(figures_of(day), steps_of(day), day.replications);
}

}  // namespace

void add_day(py::module_& module) {
  module.def("simulate_day", simulate_kinds, py::kw_only(), py::arg("kinds"), py::arg("threads"), py::arg("cores"),
             py::arg("pool"), py::arg("backlog"), py::arg("connect"), py::arg("answer"), py::arg("retry"),
             py::arg("tries"), py::arg("step"), py::arg("replications"), py::arg("seed"), py::arg("run_threads"),
             "A dictionary for each kind of clients; figures with half-widths, and columns over the day.");
}

}  // namespace sizing::python
