#include "python/job.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "libsizing/base/number.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/resolve.h"

namespace sizing::python {
namespace {

// Rows that are checked, read and evaluated while they are in the cache.
constexpr std::size_t batch_rows = 8192;

// A job made ready, and what of it is to be watched.
//
// A plan refuses what the values of a column do not show: a server without a role, and a figure so small that something
// divided by it may be infinite. Rows with such a figure, which are rare, are evaluated one by one.
struct Prepared {
  const Job& job;
  Program program;
  Writing writing = Writing::cached;
  std::vector<double> least{};  // by column: a smaller value has its row watched
  std::vector<std::size_t> role_columns{};
  bool every_row = false;  // a figure that does not vary is too small
  bool roles = false;      // the roles vary, and none is certain
  bool any = false;
};

std::vector<std::size_t> place_of(const Job& job, std::size_t row) {
  auto index = index_of(row, job.shape);
  if (index.size() == 1) index[0] += job.first_row;
  return index;
}

constexpr double too_small = 1e-100;

// Whether anything is divided by what the figure is part of.
bool divides(const Model& model, std::size_t figure) {
  std::vector<NodeId> divisors;
  for (const Node& node : model.nodes)
    if (node.op == Op::divide) divisors.push_back(node.operand[1]);
  const NodeId node = model.figure_nodes[figure];
  return node != no_node && reachable(model, divisors)[node];
}

void check_row(const Prepared& prepared, const std::vector<const double*>& columns, std::size_t at, std::size_t row) {
  const Job& job = prepared.job;
  Given given = job.given;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Slot& slot = job.columns[c].slot;
    (slot.of == Slot::Of::input ? given.inputs : given.figures)[slot.index] = columns[c][row];
  }
  const Evaluation evaluation = sizing::evaluate(job.model, given);
  const auto place = place_of(job, at + row);
  try {
    check_finite(evaluation);
  } catch (const InputError& error) {
    throw RowError(error.place().key, place, error.problem(), error.found(), error.allowed());
  }
}

void check_rows(const Prepared& prepared, const std::vector<const double*>& columns, std::size_t at,
                std::size_t count) {
  for (std::size_t row = 0; row < count; ++row) {
    const auto is_off = [&](std::size_t c) { return columns[c][row] == 0; };
    if (prepared.roles && std::all_of(prepared.role_columns.begin(), prepared.role_columns.end(), is_off))
      throw RowError("roles", place_of(prepared.job, at + row), "has a server without a role", "",
                     "config, depot or both");
    bool watched = prepared.every_row;
    for (std::size_t c = 0; c < columns.size() && !watched; ++c) watched = prepared.least[c] > columns[c][row];
    if (watched) check_row(prepared, columns, at, row);
  }
}

// A part of a column, checked: where it stands, or a copy of it.
struct Part {
  const double* values = nullptr;
  std::size_t refused = 0;  // the first value that is not allowed, or the number of rows
};

Part part_of(const Job& job, const Column& column, std::size_t at, std::size_t count, std::vector<double>& copy) {
  const auto copied = [&] {
    copy.resize(batch_rows);
    read(column, job.shape, at, count, copy.data());
    return copy.data();
  };
  const double* values = column.contiguous ? reinterpret_cast<const double*>(column.data) + at : copied();
  if (all_inside(column.bounds, values, count)) return {values, count};
  double* own = copied();
  std::size_t refused = 0;
  for (; refused < count && inside(column.bounds, own[refused]); ++refused) own[refused] += 0.0;  // -0 + 0 is 0
  return {own, refused};
}

// The rows [begin, end). Throws RowError for the first one with a value that is not allowed; `stop` ends it early.
void evaluate_rows(const Prepared& prepared, std::size_t begin, std::size_t end, const std::atomic<bool>& stop) {
  const Job& job = prepared.job;
  std::vector<std::vector<double>> copies(job.columns.size());
  std::vector<const double*> columns(job.columns.size());
  std::vector<double*> results(job.results.size());
  for (std::size_t at = begin; at < end && !stop; at += batch_rows) {
    const std::size_t count = std::min(batch_rows, end - at);
    std::size_t refused = count, refusing = 0;
    for (std::size_t c = 0; c < job.columns.size(); ++c) {
      const Part part = part_of(job, job.columns[c], at, count, copies[c]);
      columns[c] = part.values;
      if (part.refused < refused) refused = part.refused, refusing = c;
    }
    if (prepared.any) check_rows(prepared, columns, at, refused);
    if (refused < count)
      throw RowError(job.columns[refusing].name, place_of(job, at + refused), "not allowed",
                     exact(columns[refusing][refused]), job.columns[refusing].allowed);
    for (std::size_t r = 0; r < results.size(); ++r) results[r] = job.results[r] + at;
    run(prepared.program, columns, results, count, best_instruction_set(), prepared.writing);
  }
}

std::vector<std::size_t> role_columns_of(const Job& job) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < job.columns.size(); ++c) {
    const Slot& slot = job.columns[c].slot;
    if (slot.of == Slot::Of::input && job.model->inputs[slot.index].name.starts_with(role_prefix)) columns.push_back(c);
  }
  return columns;
}

// Those that are neither a column nor stated are yes.
bool roles_are_uncertain(const Job& job, const Site& site, std::size_t role_columns) {
  auto certain = -static_cast<std::ptrdiff_t>(role_columns);
  for (const Input& input : job.model->inputs) certain += input.name.starts_with(role_prefix) ? 1 : 0;
  for (const Statement& statement : site.servers[0].statements)
    if (statement.name.starts_with(role_prefix) && statement.value == 0) --certain;
  return certain == 0;
}

// The value of a column below which its row is watched.
double least_of(const Job& job, const Column& column) {
  return column.slot.of == Slot::Of::figure && divides(*job.model, column.slot.index) ? too_small : 0;
}

bool is_small_divisor(const Model& model, const FigureOverride& own) {
  const auto index = static_cast<std::size_t>(find_figure(model, own.name) - model.figures.data());
  return model.figures[index].curve.empty() && model.figures[index].value < too_small && divides(model, index);
}

Prepared prepare_job(const Job& job, const Site& site) {
  std::vector<Slot> slots;
  for (const Column& column : job.columns) slots.push_back(column.slot);
  std::vector<NodeId> nodes;
  for (const std::string& output : job.outputs)
    nodes.push_back(quantity_node(*job.model, output, {"", 0, 0, "outputs"}));
  Prepared prepared{job, prepare(*job.model, job.given, slots, nodes)};
  prepared.writing = writing_for(prepared.program, rows_of(job.shape));
  for (const Column& column : job.columns) prepared.least.push_back(least_of(job, column));
  prepared.role_columns = role_columns_of(job);
  prepared.roles = roles_are_uncertain(job, site, prepared.role_columns.size());
  prepared.every_row = std::any_of(site.figures.begin(), site.figures.end(),
                                   [&](const FigureOverride& own) { return is_small_divisor(*job.model, own); });
  prepared.any =
      prepared.roles || prepared.every_row || std::count(prepared.least.begin(), prepared.least.end(), too_small) > 0;
  return prepared;
}

}  // namespace

// Each thread takes one range; of several errors that of the first row is thrown.
void evaluate(const Job& job, const Site& site, std::size_t threads) {
  const Prepared prepared = prepare_job(job, site);
  const std::size_t rows = rows_of(job.shape), batches = (rows + batch_rows - 1) / batch_rows;
  threads = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(batches, 1));
  std::vector<std::exception_ptr> errors(threads);
  std::vector<std::atomic<bool>> stop(threads);
  const auto part = [&](std::size_t t) {
    try {
      evaluate_rows(prepared, std::min(rows, batches * t / threads * batch_rows),
                    std::min(rows, batches * (t + 1) / threads * batch_rows), stop[t]);
    } catch (...) {
      errors[t] = std::current_exception();
      for (std::size_t later = t + 1; later < threads; ++later) stop[later] = true;
    }
  };
  {
    std::vector<std::jthread> others;
    std::size_t started = 1;
    try {
      for (; started < threads; ++started) others.emplace_back(part, started);
    } catch (const std::system_error&) {  // the system gives no more of them
    }
    part(0);
    for (std::size_t t = started; t < threads; ++t) part(t);
  }
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
}

}  // namespace sizing::python
