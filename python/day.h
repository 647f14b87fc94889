// A simulated day as Python takes it.
#pragma once

#include <pybind11/pybind11.h>

#include "libsizing/queueing/day.h"

namespace sizing::python {

/// Each figure with its half-width, and each column over the day, by the names of opsi_sizing.queueing.SimulatedDay.
pybind11::dict figures_of(const Day& day);
pybind11::dict steps_of(const Day& day);

}  // namespace sizing::python
