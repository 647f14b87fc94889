#include <fstream>

#include <gtest/gtest.h>

#include "libsizing/opsi/site.h"
#include "tests/support/refusal.h"
#include "tests/support/scratch.h"

namespace sizing {
namespace {

double stated(const Server& server, const std::string& input) {
  for (const Statement& s : server.statements)
    if (s.name == input) return s.value;
  ADD_FAILURE() << input << " is not stated";
  return -1;
}

TEST(read_site, reads_what_a_site_may_say) {
  const Site site = read_site(R"(name = "Two servers"
opsi = "4.3"
[[server]]
name = "config"
roles = ["config"]
services = ["database", "redis"]
clients = 1_000
samba.connections = 0
hardware = { memory = "16 GB", cores = 4, disk.var_lib_opsi = "1 TB" }
[[server]]
roles = ["depot"]
clients = 500.0
packages = "80 GB"
depot.webdav = true
[server.samba]
connections = 30
[figures."samba.margin"]
value = 25
note = "our own"
kind = "measured"
low = 20
high = 30
)",
                              "two.toml");
  EXPECT_EQ(site.title, "Two servers");
  EXPECT_EQ(site.opsi, "4.3");
  EXPECT_EQ(site.file, "two.toml");
  ASSERT_EQ(site.servers.size(), 2U);
  const Server &config = site.servers[0], &depot = site.servers[1];
  EXPECT_EQ(config.name, "config");
  EXPECT_EQ(stated(config, "clients"), 1000);
  EXPECT_EQ(stated(config, "role.config"), 1);
  EXPECT_EQ(stated(config, "role.depot"), 0);
  EXPECT_EQ(stated(config, "service.redis"), 1);
  EXPECT_EQ(stated(config, "service.samba"), 0);
  EXPECT_EQ(stated(config, "samba.connections"), 0);
  ASSERT_EQ(config.hardware.size(), 3U);
  EXPECT_EQ(config.hardware[2].resource, "memory");
  EXPECT_EQ(config.hardware[2].amount, 16000);
  EXPECT_EQ(config.hardware[2].text, "16 GB");
  EXPECT_EQ(depot.name, "server-2");
  EXPECT_EQ(stated(depot, "packages"), 80);
  EXPECT_EQ(stated(depot, "depot.webdav"), 1);
  EXPECT_EQ(stated(depot, "samba.connections"), 30);
  ASSERT_EQ(site.figures.size(), 1U);
  EXPECT_EQ(site.figures[0].value, "25");
  EXPECT_EQ(site.figures[0].kind, Kind::measured);
  EXPECT_EQ(site.figures[0].note, "our own");
  EXPECT_EQ(site.figures[0].high, 30);
}

TEST(read_site, remembers_where_a_value_stands) {
  const Site site = read_site("[[server]]\nname = \"a\"\nclients = 10\n", "s.toml");
  EXPECT_EQ(describe(site.servers[0].statements[0].place), "s.toml:3:11: server.clients");
}

TEST(read_site, names_a_single_server_by_itself) {
  EXPECT_EQ(read_site("[[server]]\r\nclients = 10\r\n", "s.toml").servers[0].name, "server");
}

TEST(read_site, takes_a_curve_in_place_of_a_published_one) {
  const Site site = read_site(
      "[[server]]\nclients = 1\n[figures.\"cpu.cores_by_clients\"]\nvalue = \"100:1|900:9\"\nnote = \"n\"\n", "s.toml");
  EXPECT_EQ(site.figures[0].value, "100:1|900:9");
  EXPECT_EQ(apply({[] {
                    Figure f;
                    f.name = "cpu.cores_by_clients";
                    f.curve = {{1, 1}, {2, 2}};
                    return f;
                  }()},
                  site.figures)[0]
                .curve,
            (Curve{{100, 1}, {900, 9}}));
}

struct Wrong {
  const char* toml;
  const char* place;  // line:column: key
  const char* says;
};

// Columns counted by hand, from 1: those of the value, or of the key where the key is wrong.
const std::vector<Wrong> wrong_sites = {
    {"[[server]]\nclinets = 5\n", "2:1: server.clinets", "unknown key (did you mean 'clients'?)"},
    {"[[server]]\nclients = 5\n  sampa.connections = 5\n", "3:3: server.sampa", "unknown key"},
    {"[[server]]\nclients = 5\nsamba.conections = 5\n", "3:7: server.samba.conections", "'samba.connections'"},
    {"servers = 5\n", "1:1: servers", "unknown key (did you mean 'server'?)"},
    {"server = 5\n", "1:10: server", "found 5; allowed: [[server]]"},
    {"[server]\nclients = 5\n", "1:1: server", "found a table; allowed: [[server]]"},
    {"server = [5]\n", "1:11: server", "[[server]]"},
    {"[[server]]\nclients = \"many\"\n", "2:11: server.clients", "found \"many\"; allowed: a whole number of clients"},
    {"[[server]]\nclients = true\n", "2:11: server.clients", "found true"},
    {"[[server]]\nclients = [5]\n", "2:11: server.clients", "found an array"},
    {"[[server]]\nclients = 2026-01-01\n", "2:11: server.clients", "found a date"},
    {"[[server]]\nclients = -5\n", "2:11: server.clients", "found -5; allowed: a whole number of clients from 0"},
    {"[[server]]\nclients = 1.5\n", "2:11: server.clients", "found 1.5; allowed: a whole number"},
    {"[[server]]\nclients = nan\n", "2:11: server.clients", "found nan"},
    {"[[server]]\nclients = inf\n", "2:11: server.clients", "found inf"},
    {"[[server]]\nclients = -inf\n", "2:11: server.clients", "found -inf"},
    {"[[server]]\nclients = 1000000000000\n", "2:11: server.clients", "from 0 to 10000000"},
    {"[[server]]\nclients = 10000001\n", "2:11: server.clients", "from 0 to 10000000"},
    {"[[server]]\nclients = 9223372036854775807\n", "2:11: server.clients", "from 0 to 10000000"},
    {"[[server]]\nclients = 5\npackages = \"-80 GB\"\n", "3:12: server.packages", "not allowed"},
    {"[[server]]\nclients = 5\npackages = \"80 clients\"\n", "3:12: server.packages", "80 clients"},
    {"[[server]]\nclients = 5\ndepots = 10001\n", "3:10: server.depots", "from 0 to 10000"},
    {"[[server]]\nclients = 5\ndepot.webdav = 1\n", "3:16: server.depot.webdav", "found 1; allowed: true or false"},
    {"[[server]]\nclients = 5\ndepot.webdav = \"yes\"\n", "3:16: server.depot.webdav", "allowed: true or false"},
    {"[[server]]\nroles = \"config\"\n", "2:9: server.roles", "an array of \"config\", \"depot\""},
    {"[[server]]\nroles = [\"config\", \"deport\"]\n", "2:20: server.roles", "(did you mean 'depot'?)"},
    {"[[server]]\nroles = [1]\n", "2:10: server.roles", "an array of"},
    {"[[server]]\nroles = [\"config\"]\nrole.depot = true\n", "2:9: server.roles", "said twice: role.depot"},
    {"[[server]]\nname = \"\"\n", "2:8: server.name", "1 to 200 printable characters"},
    {"[[server]]\nname = \"a\\u0007b\"\n", "2:8: server.name", "found \"a?b\""},
    {"opsi = \"4.4\"\n", "1:8: opsi", "found \"4.4\"; allowed: \"4.1\", \"4.2\", \"4.3\""},
    {"opsi = 4.2\n", "1:8: opsi", "found 4.2; allowed: \"4.1\""},
    {"name = 5\n", "1:8: name", "found 5; allowed: a text"},
    {"[[server]]\nhardware.memory = 16\n", "2:19: server.hardware.memory", "the unit is missing"},
    {"[[server]]\nhardware.memory = \"16 GBs\"\n", "2:19: server.hardware.memory", "\"16 GiB\" (binary)"},
    {"[[server]]\nhardware.memory = \"-1 GB\"\n", "2:19: server.hardware.memory", "from 0 to"},
    {"[[server]]\nhardware.memory = \"1e300 GB\"\n", "2:19: server.hardware.memory", "from 0 to"},
    {"[[server]]\nhardware.cores = 2.5\n", "2:18: server.hardware.cores", "a whole number"},
    {"[[server]]\nhardware.cores = \"four\"\n", "2:18: server.hardware.cores", "a whole number"},
    {"[[server]]\nhardware.memroy = \"16 GB\"\n", "2:10: server.hardware.memroy", "(did you mean 'memory'?)"},
    {"[[server]]\nclients = 5\nclients = 6\n", "3:", "not valid TOML"},
    {"[[server]]\nclients = \n", "2:", "not valid TOML"},
    {"[[server]\nclients = 5\n", "1:", "not valid TOML"},
    {"[[server]]\nname = \"a\xFF\"\n", "2:", "not valid TOML"},
    {"name = \"no servers\"\n", "", "the site has no server"},
    {"[[server]]\nname=\"a\"\n[[server]]\nname=\"a\"\n", "3:1: server.name", "a second server of this name; found a"},
    {"[figures.\"samba.margin\"]\nvalue = 25\n", "1:10: figures.samba.margin", "the key note is missing"},
    {"[figures.\"samba.margin\"]\nnote = \"n\"\n", "1:10: figures.samba.margin", "the key value is missing"},
    {"[figures]\n\"samba.margin\" = 25\n", "2:18: figures.samba.margin", "a table with value and note"},
    {"[figures.\"samba.magrin\"]\nvalue = 25\nnote = \"n\"\n", "1:10: figures.samba.magrin", "'samba.margin'"},
    {"[figures.\"samba.margin\"]\nvalue = -5\nnote = \"n\"\n", "2:9: figures.samba.margin.value", "found -5"},
    {"[figures.\"samba.margin\"]\nvalue = nan\nnote = \"n\"\n", "2:9: figures.samba.margin.value", "found nan"},
    {"[figures.\"samba.margin\"]\nvalue = 25\nnote = \"n\"\nkind = \"guess\"\n", "4:8: figures.samba.margin.kind",
     "published, measured, derived, assumed"},
    {"[figures.\"samba.margin\"]\nvalue = 25\nnote = \"n\"\nlow = 30\n", "1:10: figures.samba.margin", "own range"},
    {"[figures.\"samba.margin\"]\nvalue = 25\nnote = \"n\"\nsource = \"s\"\n", "4:1: figures.samba.margin.source",
     "unknown key"},
    {"[figures.\"server.architectures\"]\nvalue = \"x\"\nnote = \"n\"\n", "2:9: figures.server.architectures.value",
     "cannot be overridden"},
    {"[figures.\"cpu.cores_by_clients\"]\nvalue = 5\nnote = \"n\"\n", "2:9: figures.cpu.cores_by_clients.value",
     "not a curve"},
    {"[figures.\"cpu.cores_by_clients\"]\nvalue = \"-1:2|3:4\"\nnote = \"n\"\n",
     "2:9: figures.cpu.cores_by_clients.value", "points from 0 to 1e15"},
    {"[figures.\"cpu.cores_by_clients\"]\nvalue = \"1:2|3:4\"\nnote = \"n\"\nlow = 1\n",
     "1:10: figures.cpu.cores_by_clients", "a curve takes no low and high"},
};

TEST(read_site, says_where_and_what_is_wrong) {
  for (const Wrong& w : wrong_sites) {
    const InputError error = refusal([&] { read_site(w.toml, "s.toml"); });
    const std::string what = error.what(), place = w.place;
    if (place.ends_with(':'))  // the column of broken TOML is that of its parser
      EXPECT_TRUE(what.starts_with("s.toml:" + place)) << what;
    else
      EXPECT_EQ(describe(error.place()), place.empty() ? "s.toml" : "s.toml:" + place) << w.toml;
    EXPECT_TRUE(contains(what, w.says)) << what << "\n" << w.toml;
  }
}

TEST(read_site, refuses_what_is_no_text) {
  for (const char* empty : {"", " ", "\n\r\n\t"})
    EXPECT_EQ(refusal([&] { read_site(empty, "s.toml"); }).problem(), "the file is empty");
  EXPECT_EQ(refusal([] { read_site(std::string("[[server]]\0", 11), "s.toml"); }).problem(), "not a text file");
  EXPECT_TRUE(contains(refusal([] {
                         read_site(
                             "\x7f"
                             "ELF\x02\x01\x01",
                             "s.toml");
                       }).what(),
                       "not valid TOML"));
}

TEST(read_site, refuses_deep_nesting_and_large_files) {
  const std::string deep(100'000, '[');
  EXPECT_TRUE(
      contains(refusal([&] { read_site("[[server]]\nclients = " + deep, "s.toml"); }).what(), "not valid TOML"));
  const std::string large(5'000'000, '#');
  EXPECT_EQ(refusal([&] { read_site(large, "s.toml"); }).problem(), "too large for a site file");
}

TEST(load_site, refuses_a_gigabyte_quickly_and_names_what_is_missing) {
  const Scratch scratch;
  const std::string path = scratch.path("huge.toml");
  std::ofstream(path) << "";
  std::filesystem::resize_file(path, std::uintmax_t{1} << 30);
  EXPECT_EQ(refusal([&] { load_site(path); }).problem(), "too large");
  EXPECT_TRUE(contains(refusal([&] { load_site(scratch.path("none.toml")); }).what(), "none.toml: cannot be read"));
}

TEST(load_site, reads_every_example) {
  int sites = 0;
  for (const auto& entry : std::filesystem::directory_iterator("data/sites")) {
    EXPECT_FALSE(load_site(entry.path().string()).servers.empty()) << entry.path();
    ++sites;
  }
  EXPECT_GE(sites, 5);
}

}  // namespace
}  // namespace sizing
