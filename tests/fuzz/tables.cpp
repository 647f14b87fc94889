// The readers of the tables in data/tables, all on the same text: those that have other columns refuse.
#include "libsizing/opsi/tables.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view text = fuzz::text_of(data, size);
  const std::string file = "table.csv";
  static const std::vector<Endpoint> endpoints = read_endpoints(table_text("endpoints"), "endpoints");
  fuzz::reads_or_refuses([&] { read_sources(text, file); }, file);
  fuzz::reads_or_refuses([&] { read_endpoints(text, file); }, file);
  fuzz::reads_or_refuses([&] { read_ports(text, file, endpoints, sources()); }, file);
  fuzz::reads_or_refuses([&] { read_port_programs(text, file, sources()); }, file);
  fuzz::reads_or_refuses([&] { read_distributions(text, file, sources()); }, file);
  fuzz::reads_or_refuses([&] { read_end_of_life(text, file, sources()); }, file);
  fuzz::reads_or_refuses([&] { read_routine_presets(text, file, sources()); }, file);
  fuzz::reads_or_refuses(
      [&] {
        for (const Figure& figure : read_figures(text, file, sources()))
          fuzz::hold(!value_text(figure).empty(), "a figure has a value");
      },
      file);
  return 0;
}
