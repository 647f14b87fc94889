// The rooms of the module, each of which adds its classes and functions: module.cpp calls them in this order.
#pragma once

#include <pybind11/pybind11.h>

namespace sizing::python {

void add_errors(pybind11::module_& module);     // what the library throws, as Python's exceptions
void add_model(pybind11::module_& module);      // the sheet to look through: inputs, formulas, figures, sources
void add_lists(pybind11::module_& module);      // the tables that the product holds
void add_site(pybind11::module_& module);       // what is stated
void add_plan(pybind11::module_& module);       // its servers, quantities, explanations
void add_questions(pybind11::module_& module);  // compare, capacity, sweep
void add_load(pybind11::module_& module);       // what the routines of a day give
void add_simulate(pybind11::module_& module);   // how long the clients of a day wait
void add_check(pybind11::module_& module);      // hosts, names and proxies against the requirements
void add_import(pybind11::module_& module);     // opsiconfd's diagnostic file
void add_calibrate(pybind11::module_& module);  // own figures from measurements
void add_tune(pybind11::module_& module);       // settings and their files
void add_firewall(pybind11::module_& module);   // what has to be let through
void add_arrays(pybind11::module_& module);     // evaluate over NumPy arrays
void add_arrow(pybind11::module_& module);      // Arrow tables in and out
void add_queueing(pybind11::module_& module);   // what opsi_sizing.queueing calls
void add_day(pybind11::module_& module);        // and its simulate_day

}  // namespace sizing::python
