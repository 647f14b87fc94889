#include "libsizing/base/unit.h"

#include <gtest/gtest.h>

#include "libsizing/base/csv.h"
#include "libsizing/base/file.h"
#include "libsizing/base/text.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

TEST(unit, of_every_figure_reads_back_from_its_name) {
  const Csv table = parse_csv(read_file("data/tables/figures.csv", 1 << 20), "figures.csv");
  ASSERT_EQ(table.header[4], "unit");
  for (const CsvRow& row : table.rows)
    for (const std::string& unit : split(row.fields[4], ':'))
      EXPECT_EQ(name(parse_unit(unit)), unit == "-" ? "" : unit);
}

TEST(unit, of_each_symbol_reads_back_from_its_name) {
  for (const char* symbol : {"B",      "kB",      "MB",         "GB",      "TB",     "KiB",        "MiB",    "GiB",
                             "TiB",    "s",       "ms",         "core",    "worker", "connection", "client", "depot",
                             "thread", "session", "descriptor", "request", "boot",   "row",        "slot",   "%"})
    EXPECT_EQ(name(parse_unit(symbol)), symbol);
}

TEST(unit, cancels_in_products_and_quotients) {
  const Unit mb = parse_unit("MB"), connection = parse_unit("connection");
  EXPECT_EQ(parse_unit("MB/connection") * connection, mb);
  EXPECT_EQ(mb / connection, parse_unit("MB/connection"));
  EXPECT_EQ(mb / mb, Unit{});
  EXPECT_EQ(mb * connection, connection * mb);
  EXPECT_EQ(name(mb * connection / parse_unit("client")), "MB·connection/client");
  EXPECT_EQ(name(connection * parse_unit("%")), "connection·%");
}

TEST(unit, gives_back_what_it_was_multiplied_with) {
  const std::vector<std::string> units = {"MB", "GiB", "%", "ms", "client/worker", "MB/connection", "core", ""};
  for (const auto& a : units)
    for (const auto& b : units) {
      const Unit x = parse_unit(a), y = parse_unit(b);
      EXPECT_EQ(x * y / y, x) << a << " " << b;
      EXPECT_EQ(x * y, y * x) << a << " " << b;
    }
}

TEST(unit, keeps_things_that_are_counted_apart) {
  EXPECT_FALSE(same_dimension(parse_unit("connection"), parse_unit("client")));
  EXPECT_FALSE(same_dimension(parse_unit("MB"), parse_unit("MB/client")));
  EXPECT_TRUE(same_dimension(parse_unit("GB"), parse_unit("GiB")));
  EXPECT_NE(parse_unit("GB"), parse_unit("GiB"));
  EXPECT_NE(parse_unit("GB"), parse_unit("MB"));
}

TEST(unit, converts_decimal_and_binary_sizes) {
  const Unit mb = parse_unit("MB");
  EXPECT_EQ(convert(2, parse_unit("GB"), mb), 2000);
  EXPECT_EQ(convert(1, parse_unit("GiB"), mb), 1073.741824);    // 2^30 / 10^6
  EXPECT_EQ(convert(16, parse_unit("GiB"), mb), 17179.869184);  // 2^34 / 10^6
  EXPECT_EQ(convert(1, parse_unit("TiB"), parse_unit("B")), 1099511627776.0);
  EXPECT_EQ(convert(1073.741824, mb, parse_unit("GiB")), 1);
  EXPECT_EQ(convert(50, parse_unit("%"), Unit{}), 0.5);
  EXPECT_EQ(convert(1.5, parse_unit("s"), parse_unit("ms")), 1500);
  EXPECT_EQ(convert(3, parse_unit("GB/client"), parse_unit("MB/client")), 3000);
}

TEST(unit, converts_only_within_a_dimension) {
  EXPECT_EQ(model_refusal([] { convert(1, parse_unit("client"), parse_unit("connection")); }),
            "cannot convert client to connection");
}

TEST(unit, without_dimension_is_empty_or_a_dash) {
  EXPECT_EQ(parse_unit(""), Unit{});
  EXPECT_EQ(parse_unit("-"), Unit{});
  EXPECT_EQ(name(Unit{}), "");
}

TEST(unit, refuses_unknown_symbols) {
  for (const char* text : {"mb", "Gb", "clients", "MB/", "/client", "MB/client/worker", "MB client", "MB*", " MB"})
    EXPECT_EQ(refusal([&] { parse_unit(text); }).problem(), "unknown unit") << text;
}

TEST(with_unit, counts_in_the_plural) {
  EXPECT_EQ(with_unit("1", parse_unit("worker")), "1 worker");
  EXPECT_EQ(with_unit("5", parse_unit("worker")), "5 workers");
  EXPECT_EQ(with_unit("0", parse_unit("client")), "0 clients");
  EXPECT_EQ(with_unit("600", parse_unit("client/worker")), "600 clients/worker");
  EXPECT_EQ(with_unit("1250", parse_unit("MB")), "1250 MB");
  EXPECT_EQ(with_unit("4", parse_unit("MB/connection")), "4 MB/connection");
  EXPECT_EQ(with_unit("50", parse_unit("%")), "50 %");
  EXPECT_EQ(with_unit("3", Unit{}), "3");
}

TEST(parse_amount, reads_what_people_write) {
  const Unit mb = parse_unit("MB");
  EXPECT_EQ(parse_amount("16 GB", mb, false), 16000);
  EXPECT_EQ(parse_amount("16GB", mb, false), 16000);
  EXPECT_EQ(parse_amount(" 16\tGB ", mb, false), 16000);
  EXPECT_EQ(parse_amount("1.5GiB", mb, false), 1610.612736);  // 1.5 × 2^30 / 10^6
  EXPECT_EQ(parse_amount("1e3 kB", mb, false), 1);
  EXPECT_EQ(parse_amount("80", parse_unit("GB"), true), 80);
  EXPECT_EQ(parse_amount("80 MB", parse_unit("GB"), true), 0.08);
}

TEST(parse_amount, refuses_everything_else) {
  const Unit mb = parse_unit("MB");
  for (const char* text : {"", " ", "GB", "16 gb", "16 cores", "16 GBs", "1,5 GB", "nan GB", "inf GB", "0x10 GB",
                           "1 2 GB", "16 GB 16", "1e999 GB", "16 MB/client", "--16 GB", "5 %"}) {
    const InputError error = refusal([&] { parse_amount(text, mb, true); });
    EXPECT_EQ(error.problem(), "not an amount") << text;
    EXPECT_TRUE(contains(error.allowed(), "16 GiB")) << text;
  }
}

TEST(parse_amount, wants_a_unit_where_a_bare_number_is_ambiguous) {
  EXPECT_EQ(refusal([] { parse_amount("16", parse_unit("MB"), false); }).problem(), "the unit is missing");
}

}  // namespace
}  // namespace sizing
