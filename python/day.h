// A simulated day as Python takes it.
#pragma once

#include <functional>

#include <pybind11/pybind11.h>

#include "libsizing/queueing/day.h"

namespace sizing::python {

/// Each figure with its half-width, and each column over the day, by the names of opsi_sizing.queueing.SimulatedDay.
pybind11::dict figures_of(const Day& day);
pybind11::dict steps_of(const Day& day);

/// All of it, for pickles.
pybind11::tuple state_of(const Day& day);
Day day_from(const pybind11::tuple& state);

/// Runs `work` as run_long does (long_work.h), with the run, of which it is to count the requests, all `requests` where
/// that is known, else 0.
bool run_days(const DayRun& run, double requests, const std::function<void(const DayRun&)>& work);

/// Warns that Ctrl-C left these replications of those asked for.
void warn_of_fewer(const Day& day, std::size_t asked, int level);

}  // namespace sizing::python
