// opsi_sizing.queueing: arrays of one shape in, arrays of that shape out.
#include <algorithm>
#include <cmath>
#include <limits>

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "libsizing/base/number.h"
#include "libsizing/queueing/erlang.h"
#include "libsizing/queueing/finite_source.h"
#include "libsizing/queueing/simulate.h"
#include "libsizing/report/progress.h"
#include "python/column.h"
#include "python/long_work.h"
#include "python/module.h"

namespace py = pybind11;

namespace sizing::python {
namespace {

using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

constexpr double most_whole = 9007199254740992;  // 2^53: whole numbers are exact up to there

std::int64_t whole(const char* key, double value) {
  if (!(value >= 0 && value <= most_whole) || value != std::floor(value))
    throw InputError({"", 0, 0, key}, "not a whole number", exact(value), "a whole number, 0 or more");
  return static_cast<std::int64_t>(value);
}

Shape shape_of(const Numbers& numbers) { return {numbers.shape(), numbers.shape() + numbers.ndim()}; }

Numbers like(const Numbers& numbers) {
  return Numbers(std::vector<py::ssize_t>(numbers.shape(), numbers.shape() + numbers.ndim()));
}

// Calls `row` for each; what one of them refuses is refused with its place.
void for_each_row(const Shape& shape, const auto& row) {
  for (std::size_t i = 0; i < rows_of(shape); ++i) try {
      row(i);
    } catch (const InputError& error) {
      throw RowError(error.place().key, index_of(i, shape), error.problem(), error.found(), error.allowed());
    }
}

// The same of formulas: many of them as long work, one at a time at once.
void compute(const Shape& shape, const auto& row) {
  constexpr std::size_t many = 100;
  if (rows_of(shape) < many) return for_each_row(shape, row);
  run_long(
      [&](Watch& watch) {
        for_each_row(shape, [&](std::size_t i) {
          if (watch.stop) throw InputError({}, "stopped");  // KeyboardInterrupt in its place
          row(i);
        });
      },
      {});
}

template <double (*Formula)(double, std::int64_t)>
Numbers erlang(const Numbers& offered_load, const Numbers& servers) {
  Numbers result = like(offered_load);
  const double *const load = offered_load.data(), *const count = servers.data();
  double* const to = result.mutable_data();
  compute(shape_of(offered_load), [&](std::size_t i) { to[i] = Formula(load[i], whole("servers", count[i])); });
  return result;
}

// Throughput, response time.
std::pair<Numbers, Numbers> closed(const Numbers& population, const Numbers& think_time, const Numbers& service_time,
                                   const Numbers& servers) {
  Numbers throughput = like(population), response = like(population);
  const double *const n = population.data(), *const z = think_time.data(), *const s = service_time.data(),
                      *const m = servers.data();
  double *const x = throughput.mutable_data(), *const r = response.mutable_data();
  compute(shape_of(population), [&](std::size_t i) {
    const FiniteSourceAnswer answer = finite_source({whole("population", n[i]), z[i], s[i], whole("servers", m[i])});
    x[i] = answer.throughput, r[i] = answer.response;
  });
  return {throughput, response};
}

// The figures of an answer, by the names that Python gives them.
struct NamedEstimate {
  const char* name;
  Estimate Simulated::*estimate;
};
constexpr NamedEstimate estimates[] = {{"mean_wait", &Simulated::mean_wait},
                                       {"probability_of_waiting", &Simulated::probability_of_waiting},
                                       {"p50", &Simulated::p50},
                                       {"p90", &Simulated::p90},
                                       {"p95", &Simulated::p95},
                                       {"p99", &Simulated::p99},
                                       {"largest", &Simulated::largest},
                                       {"mean_response", &Simulated::mean_response},
                                       {"utilisation", &Simulated::utilisation}};

double mean_between(double arrival_rate) {
  if (!(arrival_rate >= 0 && std::isfinite(arrival_rate)))
    throw InputError({"", 0, 0, "arrival_rate"}, "not allowed", exact(arrival_rate), "a number, 0 or more");
  return arrival_rate > 0 ? 1 / arrival_rate : std::numeric_limits<double>::infinity();
}

// Nobody comes: nobody waits, whatever the service.
Simulated simulate_row(const Station& station, const Replications& run) {
  if (!std::isinf(station.between_arrivals.mean)) return simulate(station, run);
  Simulated nobody;
  nobody.customers = run.customers, nobody.replications = run.count;
  return nobody;
}

// What was found of each row: a number and its half-width for each figure; not a number where nothing was.
class Figures {
 public:
  explicit Figures(const Numbers& rows)
      : customers_(like(rows)),
        replications_(like(rows)),
        counted_(customers_.mutable_data()),
        complete_(replications_.mutable_data()) {
    for (std::size_t e = 0; e < std::size(estimates); ++e) {
      columns_.emplace_back(like(rows), like(rows));
      to_.emplace_back(columns_.back().first.mutable_data(), columns_.back().second.mutable_data());
    }
  }
  void take(std::size_t row, const Simulated& found) {
    for (std::size_t e = 0; e < std::size(estimates); ++e) {
      const Estimate& estimate = found.*estimates[e].estimate;
      to_[e].first[row] = estimate.value, to_[e].second[row] = estimate.half_width;
    }
    counted_[row] = static_cast<double>(found.customers);
    complete_[row] = static_cast<double>(found.replications);
  }
  void take_nothing(std::size_t row) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [value, half_width] : to_) value[row] = half_width[row] = nan;
    counted_[row] = complete_[row] = 0;
  }
  py::tuple named() const {
    py::dict figures;
    for (std::size_t e = 0; e < std::size(estimates); ++e)
      figures[estimates[e].name] = py::make_tuple(columns_[e].first, columns_[e].second);
    return py::make_tuple(figures, customers_, replications_);
  }
  // "3 of 40 rows are complete", "8 of 32 replications, with 2,000 customers each".
  std::string kept(const Replications& asked) const {
    const auto rows = static_cast<std::size_t>(customers_.size());
    if (rows == 1)
      return rounded(complete_[0]) + " of " + rounded(static_cast<double>(asked.count)) + " replications, with " +
             rounded(counted_[0]) + " customers each";
    std::size_t whole_ones = 0;
    for (std::size_t i = 0; i < rows; ++i)
      if (complete_[i] == static_cast<double>(asked.count) && counted_[i] == static_cast<double>(asked.customers))
        ++whole_ones;
    return rounded(static_cast<double>(whole_ones)) + " of " + rounded(static_cast<double>(rows)) +
           " rows are complete";
  }

 private:
  Numbers customers_, replications_;
  double *counted_, *complete_;
  std::vector<std::pair<Numbers, Numbers>> columns_;
  std::vector<std::pair<double*, double*>> to_;
};

py::tuple simulate_rows(const Numbers& servers, const Numbers& arrival_rate, const Numbers& service_time,
                        const std::vector<std::string>& service, const std::vector<std::string>& arrivals,
                        std::uint64_t customers, std::optional<std::uint64_t> warm_up, std::size_t replications,
                        std::uint64_t seed, std::size_t threads) {
  const double *const c = servers.data(), *const rate = arrival_rate.data(), *const time = service_time.data();
  const auto station = [&](std::size_t i) {
    Station s{static_cast<std::size_t>(whole("servers", c[i])), parse_distribution(arrivals[i], 1, "arrivals"),
              parse_distribution(service[i], time[i], "service")};
    s.between_arrivals.mean = mean_between(rate[i]);
    return s;
  };
  const Shape shape = shape_of(servers);
  Figures figures(servers);
  const auto work = [&](Watch& watch) {
    const Replications run{.customers = customers,
                           .warm_up = warm_up,
                           .count = replications,
                           .seed = seed,
                           .threads = threads,
                           .stop = &watch.stop,
                           .done = &watch.done};
    for_each_row(shape, [&](std::size_t i) {
      figures.take_nothing(i);
      if (watch.stop && i > 0) return;
      try {
        figures.take(i, simulate_row(station(i), run));
      } catch (const InputError&) {  // also where nobody was counted before the end
        if (!watch.stop || i == 0) throw;
      }
    });
  };
  const double all = static_cast<double>(rows_of(shape)) * static_cast<double>(replications) *
                     static_cast<double>(customers + warm_up_of({.customers = customers, .warm_up = warm_up}));
  if (run_long(work, [all](double done) { return simulating("customers", done, all); }))
    warn_of_early_end(figures.kept({.customers = customers, .count = replications}), 2);
  return figures.named();
}

}  // namespace

void add_queueing(py::module_& module) {
  module.def("erlang_b", erlang<erlang_b>, py::arg("offered_load"), py::arg("servers"), "Arrays of one shape.");
  module.def("erlang_c", erlang<erlang_c>, py::arg("offered_load"), py::arg("servers"), "Arrays of one shape.");
  module.def("finite_source", closed, py::arg("population"), py::arg("think_time"), py::arg("service_time"),
             py::arg("servers"), "Arrays of one shape.");
  module.def(
      "simulate_queue", simulate_rows, py::kw_only(), py::arg("servers"), py::arg("arrival_rate"),
      py::arg("service_time"), py::arg("service"), py::arg("arrivals"), py::arg("customers"), py::arg("warm_up"),
      py::arg("replications"), py::arg("seed"), py::arg("threads"),
      "Arrays of one shape; the words of each row. Means and half-widths by name, customers and replications counted.");
}

}  // namespace sizing::python
