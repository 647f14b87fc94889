// What evaluation costs: one plan, a block of plans beside the same rules fused by hand, building, reading.
//
//   build/release/bench/sizing_bench --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true
//
// Absolute times depend on the machine and on what else it does; compare rows of one run.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>

#include <benchmark/benchmark.h>

#include "bench/fused.h"
#include "libsizing/model/block.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/plan.h"

namespace {

using namespace sizing;

constexpr std::size_t sites = 1'000'000;
const std::vector<std::string> outputs = {"opsiconfd.workers", "server.memory", "server.memory_to_buy", "server.cores"};

struct Columns {
  std::vector<double> clients = std::vector<double>(sites), connections = std::vector<double>(sites);
  std::vector<std::vector<double>> results;

  explicit Columns(std::size_t result_count) : results(result_count, std::vector<double>(sites + 8)) {
    std::mt19937_64 random(1);
    std::uniform_int_distribution<int> some_clients(1, 8000), some_connections(0, 800);
    for (std::size_t i = 0; i < sites; ++i) {
      clients[i] = some_clients(random);
      connections[i] = some_connections(random);
    }
  }
};

// Where results may be streamed to, as the arrays of the Python package.
double* at_a_cache_line(std::vector<double>& column) {
  const auto beyond = reinterpret_cast<std::uintptr_t>(column.data()) % 64;
  return column.data() + (64 - beyond) % 64 / sizeof(double);
}

std::vector<Slot> slots(const Model& model) {
  return {{Slot::Of::input, input_index(model, "clients")}, {Slot::Of::input, input_index(model, "connections")}};
}

void one_plan(benchmark::State& state) {  // every quantity of one server
  const auto model = standard_model("4.2");
  Given given = nothing_given(*model);
  std::vector<double> values(model->nodes.size());
  double clients = 100;
  for (auto _ : state) {
    given.inputs[input_index(*model, "clients")] = clients += 1;
    evaluate(*model, given, values);
    benchmark::DoNotOptimize(values.data());
  }
}
BENCHMARK(one_plan);

void one_plan_with_remarks_and_limit(benchmark::State& state) {  // what the command shows of one server
  Site site = flag_site();
  site.servers[0].statements = {{"clients", 1000, {}}, {"connections", 100, {}}};
  for (auto _ : state) benchmark::DoNotOptimize(make_plan(site));
}
BENCHMARK(one_plan_with_remarks_and_limit);

void block(benchmark::State& state, const std::vector<std::string>& asked, InstructionSet set) {
  const auto model = standard_model("4.2");
  Columns columns(asked.size());
  std::vector<NodeId> nodes;
  std::vector<double*> results;
  for (std::size_t r = 0; r < asked.size(); ++r) {
    nodes.push_back(find_node(*model, asked[r]));
    results.push_back(at_a_cache_line(columns.results[r]));
  }
  const Program program = prepare(*model, nothing_given(*model), slots(*model), nodes);
  const std::vector<const double*> inputs = {columns.clients.data(), columns.connections.data()};
  for (auto _ : state) run(program, inputs, results, sites, set, writing_for(program, sites));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sites));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sites * (2 + asked.size()) * sizeof(double)));
  state.counters["steps"] = static_cast<double>(program.steps.size());
}

Fused* fused_for(InstructionSet set) {
#ifdef SIZING_X86
  if (set == InstructionSet::avx2) return fused_avx2;
  if (set == InstructionSet::avx512) return fused_avx512;
#endif
  (void)set;
  return fused_baseline;
}

void fused(benchmark::State& state, InstructionSet set) {
  Columns c(4);
  Fused* const loop = fused_for(set);
  for (auto _ : state)
    loop(c.clients.data(), c.connections.data(), c.results[0].data(), c.results[1].data(), c.results[2].data(),
         c.results[3].data(), sites);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(sites));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sites * 6 * sizeof(double)));

  // The limit is one only if it computes the same.
  const auto model = standard_model("4.2");
  for (std::size_t i = 0; i < sites; i += 997) {
    Given given = nothing_given(*model);
    given.inputs[input_index(*model, "clients")] = c.clients[i];
    given.inputs[input_index(*model, "connections")] = c.connections[i];
    const Evaluation e = evaluate(model, given);
    for (std::size_t r = 0; r < outputs.size(); ++r)
      if (std::abs(e.value(outputs[r]) - c.results[r][i]) > 1e-9 * c.results[r][i]) state.SkipWithError("differs");
  }
}
void build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(build_model("4.2", figures()));
}
BENCHMARK(build)->Name("build_the_model")->Unit(benchmark::kMicrosecond);

void prepare_block(benchmark::State& state) {
  const auto model = standard_model("4.2");
  const std::vector<NodeId> nodes = {find_node(*model, "server.memory")};
  for (auto _ : state) benchmark::DoNotOptimize(prepare(*model, nothing_given(*model), slots(*model), nodes));
}
BENCHMARK(prepare_block)->Unit(benchmark::kMicrosecond);

void read(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_site("data/sites/authority.toml"));
}
BENCHMARK(read)->Name("read_a_site")->Unit(benchmark::kMicrosecond);

const int registered = [] {
  for (const InstructionSet set : instruction_sets()) {
    const std::string suffix(name(set));
    benchmark::RegisterBenchmark(("block_of_1e6/fused_by_hand/" + suffix).c_str(), [set](benchmark::State& s) {
      fused(s, set);
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("block_of_1e6/four_results/" + suffix).c_str(), [set](benchmark::State& s) {
      block(s, outputs, set);
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("block_of_1e6/every_quantity/" + suffix).c_str(), [set](benchmark::State& s) {
      block(s, formula_names(*standard_model("4.2")), set);
    })->Unit(benchmark::kMillisecond);
  }
  return 0;
}();

}  // namespace
