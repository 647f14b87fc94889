#include "python/module.h"

#include <pybind11/stl.h>

#include "cli/run.h"
#include "libsizing/base/version.h"

namespace py = pybind11;

PYBIND11_MODULE(_core, module) {
  using namespace sizing;
  module.doc() = "The compiled part of opsi_sizing: import opsi_sizing, not this.";
  module.attr("__version__") = std::string(version());
  python::add_errors(module);
  python::add_model(module);
  python::add_lists(module);
  python::add_site(module);
  python::add_plan(module);
  python::add_questions(module);
  python::add_load(module);
  python::add_simulate(module);
  python::add_check(module);
  python::add_import(module);
  python::add_calibrate(module);
  python::add_tune(module);
  python::add_firewall(module);
  python::add_arrays(module);
  python::add_arrow(module);
  python::add_queueing(module);
  python::add_day(module);
  module.def(
      "run_command_line",
      [](const std::vector<py::bytes>& args) {
        const std::vector<std::string> words(args.begin(), args.end());
        const py::gil_scoped_release others_may_run;
        return cli::run(words);
      },
      py::arg("args"),
      "Runs the command line opsi-sizing with these arguments on the standard streams; gives its exit code.");
}
