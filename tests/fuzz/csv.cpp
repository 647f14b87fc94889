// parse_csv: what is read and written again reads the same.
#include "libsizing/base/csv.h"

#include "tests/fuzz/laws.h"

namespace {

std::string written(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i == 0 ? "" : ",") + sizing::csv_field(fields[i]);
  return line + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  fuzz::reads_or_refuses(
      [&] {
        const Csv csv = parse_csv(fuzz::text_of(data, size), "table.csv");
        std::string text = written(csv.header);
        for (const CsvRow& row : csv.rows) {
          fuzz::hold(row.fields.size() == csv.header.size(), "a row has the fields of the header");
          text += written(row.fields);
        }
        const Csv again = parse_csv(text, "table.csv");
        fuzz::hold(again.header == csv.header && again.rows.size() == csv.rows.size(), "written again, the same rows");
        for (std::size_t r = 0; r < csv.rows.size(); ++r)
          fuzz::hold(again.rows[r].fields == csv.rows[r].fields, "written again, the same fields");
      },
      "table.csv");
  return 0;
}
