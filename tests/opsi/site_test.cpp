#include "libsizing/opsi/site.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

const Place flag{"", 0, 0, "--flag"};

const Model& model() { return *standard_model("4.2"); }
const Input& input(const char* name) { return *find_input(model(), name); }
double parsed(const char* name, const char* text) { return parse_input(input(name), text, flag); }

const Resource& resource(const std::string& name) {
  return *std::find_if(model().resources.begin(), model().resources.end(),
                       [&](const Resource& r) { return r.name == name; });
}

const Figure& figure(const char* name) { return *find_figure(model(), name); }

TEST(parse_input, reads_what_people_type) {
  EXPECT_EQ(parsed("clients", "1500"), 1500);
  EXPECT_EQ(parsed("clients", "1e3"), 1000);
  EXPECT_EQ(parsed("clients", "0"), 0);
  EXPECT_EQ(parsed("clients", "10000000"), 10'000'000);
  EXPECT_EQ(parsed("packages", "80"), 80);
  EXPECT_EQ(parsed("packages", "80 GB"), 80);
  EXPECT_EQ(parsed("packages", "1.5TB"), 1500);
  EXPECT_EQ(parsed("packages", "1 GiB"), 1.073741824);
  for (const char* yes : {"yes", "true", "1", "YES"}) EXPECT_EQ(parsed("role.depot", yes), 1);
  for (const char* no : {"no", "false", "0", "No"}) EXPECT_EQ(parsed("role.depot", no), 0);
  EXPECT_FALSE(std::signbit(parsed("clients", "-0")));
}

TEST(parse_input, refuses_what_the_input_does_not_allow) {
  for (const char* text :
       {"", "-1", "1.5", "nan", "inf", "1e12", "10000001", "1e999", "many", "5 clients", "0x10", "1,5"}) {
    const InputError error = refusal([&] { parsed("clients", text); });
    EXPECT_EQ(error.allowed(), "a whole number of clients from 0 to 10000000") << text;
    EXPECT_EQ(describe(error.place()), "--flag");
  }
  for (const char* text : {"", "-1 GB", "nan", "1e12", "80 Gb", "80 MB/s", "GB"})
    EXPECT_EQ(refusal([&] { parsed("packages", text); }).allowed(), "a number of GB from 0 to 1000000") << text;
  for (const char* text : {"", "2", "maybe", "-1", "on"})
    EXPECT_EQ(refusal([&] { parsed("role.depot", text); }).allowed(), "yes or no") << text;
}

TEST(parse_offer, wants_memory_with_its_unit_and_cores_without) {
  const auto memory = [](const char* text) { return parse_offer(model(), resource("memory"), text, flag); };
  const auto cores = [](const char* text) { return parse_offer(model(), resource("cores"), text, flag); };
  EXPECT_EQ(memory("16GB").amount, 16000);
  EXPECT_EQ(memory("16 GiB").amount, 17179.869184);
  EXPECT_EQ(memory(" 16 GiB ").text, "16 GiB");
  EXPECT_EQ(cores("4").amount, 4);
  EXPECT_EQ(cores("4").text, "4 cores");
  EXPECT_EQ(parse_offer(model(), resource("disk.tmp"), "500 MB", flag).amount, 0.5);
  for (const char* text : {"16", "", "-1 GB", "nan GB", "16 cores", "1e30 GB"}) refusal([&] { memory(text); });
  for (const char* text : {"2.5", "", "-1", "nan", "4 cores", "4 GB", "1e9"}) refusal([&] { cores(text); });
}

TEST(parse_override, checks_a_number_or_a_curve) {
  const auto value = [](const char* name, const char* text) { return parse_override(figure(name), text, flag).value; };
  EXPECT_EQ(value("samba.margin", "25"), "25");
  EXPECT_EQ(value("server.min_memory", "4 GB"), "4");
  EXPECT_EQ(value("server.min_memory", "4000 MB"), "4");
  EXPECT_EQ(value("cpu.cores_by_clients", "100:1|200:2"), "100:1|200:2");
  for (const char* text : {"", "-1", "nan", "inf", "1e16", "25 %%", "1:2|3:4"})
    EXPECT_EQ(describe(refusal([&] { value("samba.margin", text); }).place()), "--flag") << text;
  for (const char* text : {"5", "1:2", "2:1|1:2", "1:-2|3:4", "1:2|3:1e300"})
    EXPECT_EQ(describe(refusal([&] { value("cpu.cores_by_clients", text); }).place()), "--flag") << text;
  refusal([&] { value("server.architectures", "riscv"); });
}

TEST(apply, puts_own_figures_in_the_place_of_the_tables) {
  FigureOverride own = parse_override(figure("samba.margin"), "25", {"s.toml", 7, 1, "figures.samba.margin"});
  own.note = "measured in March";
  own.kind = Kind::measured;
  const auto changed = apply(figures(), {own});
  for (const Figure& f : changed)
    if (f.name == "samba.margin") {
      EXPECT_EQ(f.value, 25);
      EXPECT_EQ(f.kind, Kind::measured);
      EXPECT_EQ(f.note, "measured in March");
      EXPECT_TRUE(contains(f.source, "s.toml:7"));
      EXPECT_FALSE(f.low);
    }
  own.name = "samba.magrin";
  EXPECT_EQ(refusal([&] { apply(figures(), {own}); }).found(), "samba.magrin");
}

TEST(state, replaces_what_was_said_before) {
  Site site = flag_site();
  state(site.servers[0], {"clients", 5, flag});
  state(site.servers[0], {"clients", 6, flag});
  ASSERT_EQ(site.servers[0].statements.size(), 1U);
  EXPECT_EQ(site.servers[0].statements[0].value, 6);
  offer(site.servers[0], {"memory", 1, "1 MB", flag});
  offer(site.servers[0], {"memory", 2, "2 MB", flag});
  EXPECT_EQ(site.servers[0].hardware.size(), 1U);
}

}  // namespace
}  // namespace sizing
