// What an evaluation of many sites has to do, without the interpreter: columns in, results out, on any number of
// threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libsizing/model/block.h"
#include "libsizing/opsi/site.h"
#include "python/column.h"

namespace sizing::python {

struct Job {
  std::shared_ptr<const Model> model;
  Given given;                  // what does not vary
  Shape shape;                  // of all columns and results
  std::vector<Column> columns;  // what varies
  std::vector<std::string> outputs;
  std::vector<double*> results;  // by output
  std::size_t first_row = 0;     // of this part in the caller's frame, for errors
};

/// `site` is what does not vary, with the figures of the call. Throws RowError for the first row that is not allowed: a
/// value, a server without a role, a figure by which something is divided without a finite result, as in a plan.
/// Results are then undefined. Throws InputError where a required input is neither given nor a column. Calls nothing of
/// Python.
void evaluate(const Job& job, const Site& site, std::size_t threads);

}  // namespace sizing::python
