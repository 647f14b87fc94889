// calibrate: its formats say the same, its file of figures is one for every command about a site, its refusals.
#include <fstream>

#include <gtest/gtest.h>

#include "libsizing/base/file.h"
#include "tests/cli/formats.h"
#include "tests/cli/refusal.h"

namespace sizing::cli {
namespace {

const std::string samba = "data/measurements/samba_memory.csv",
                  columns = "calibrate " + samba + " --x connections --y pss_kib",
                  idle = columns + " --where state=idle",
                  named = idle + " --slope-figure samba.memory_idle_connection --base-figure samba.base_memory";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(calibrate_command, says_the_same_in_every_format) {
  const Formats all = formats_of(named + " --at 130");
  for (const char* member :
       {"slope", "slope_stderr", "intercept", "intercept_stderr", "r2", "n", "residual_spread", "x", "y", "y_unit"}) {
    ASSERT_EQ(all.csv.size(), 2U);
    EXPECT_TRUE(same(all.csv[0].at(member), all.json[member])) << member;
  }
  EXPECT_TRUE(same(all.csv[1].at("slope"), all.json["robust"]["slope"]));
  EXPECT_EQ(all.csv[0].at("outliers"), std::to_string(all.json["outliers"].size()));
  EXPECT_TRUE(same(all.csv[0].at("predicted"), all.json["prediction"]["y"]));
  for (const std::string& text : {all.text, all.markdown}) {
    for (const Json& outlier : all.json["outliers"])
      EXPECT_TRUE(has(text, std::to_string(outlier["line"].get<int>()))) << outlier;
    EXPECT_TRUE(has(text, rounded(all.json["slope"].get<double>())));
    EXPECT_TRUE(has(text, rounded(all.json["intercept_stderr"].get<double>())));
    EXPECT_TRUE(has(text, "[figures.\"samba.base_memory\"]"));
  }
  EXPECT_EQ(all.json["override"]["samba.base_memory"]["kind"], "measured");
}

TEST(calibrate_command, plots_within_eighty_columns) {
  for (const std::string& line : split(call_line(columns + " --where state=reading_peak").out, '\n'))
    EXPECT_TRUE(width(line) <= 80U || !(has(line, "┤") || has(line, "│") || has(line, "└"))) << line;
}

// The file that calibrate writes changes its figure, that figure alone, and explain names the file.
TEST(figures_option, puts_a_calibrated_figure_in_place_of_the_tables) {
  const Scratch scratch;
  const std::string file = scratch.path("own.toml");
  const std::string one = columns +
                          " --where state=reading_peak --where connections<=50 --slope-figure "
                          "samba.memory_reading_connection --write-figures " +
                          file;
  const Outcome made = call_line(one);
  ASSERT_EQ(made.code, fits) << made.err;
  const Json before = Json::parse(call_line("plan data/sites/school.toml --format json").out),
             after = Json::parse(call_line("plan data/sites/school.toml --format json --figures " + file).out);
  EXPECT_EQ(before["figures"].size(), 0U);
  ASSERT_EQ(after["figures"].size(), 1U);
  const Json& figure = after["figures"]["samba.memory_reading_connection"];
  EXPECT_EQ(figure["kind"], "measured");
  EXPECT_TRUE(has(figure["source"], file));
  for (const auto& [name, quantity] : after["servers"][0]["quantities"].items()) {
    const bool same_value = quantity["value"] == before["servers"][0]["quantities"][name]["value"];
    EXPECT_EQ(same_value, name != "samba.memory_measured_reading") << name;
  }
  const double slope = Json::parse(call_line(one + " --format json").out)["slope"].get<double>() * 1024 / 1e6;
  const Json& was = before["servers"][0]["quantities"]["samba.memory_measured_reading"]["value"];
  const Json& is = after["servers"][0]["quantities"]["samba.memory_measured_reading"]["value"];
  EXPECT_NEAR(is.get<double>() - was.get<double>(), 60 * (slope - 14.2),
              1e-6);  // 60 connections; the table has 14.2 MB
  const std::string told =
      call_line("explain samba.memory_measured_reading data/sites/school.toml --figures " + file).out;
  EXPECT_TRUE(has(told, "own figure, " + file)) << told;
  EXPECT_TRUE(has(told, "connections<=50")) << told;
}

TEST(figures_option, wins_over_the_site_file_and_yields_to_later_files_and_to_set) {
  const Scratch scratch;
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(scratch.path(name)) << text;
    return scratch.path(name);
  };
  const auto of = [](const std::string& value) {
    return "[figures.\"samba.base_memory\"]\nvalue = " + value + "\nnote = \"n\"\n";
  };
  const std::string site = write("site.toml", "[[server]]\nclients = 100\n" + of("1")),
                    two = write("two.toml", of("2")), three = write("three.toml", of("3"));
  const auto value = [&](const std::string& options) {
    return Json::parse(
               call_line("plan " + site + " --format json " + options).out)["figures"]["samba.base_memory"]["value"]
        .get<std::string>();
  };
  EXPECT_EQ(value(""), "1");
  EXPECT_EQ(value("--figures " + two), "2");
  EXPECT_EQ(value("--figures " + two + " --figures " + three), "3");
  EXPECT_EQ(value("--figures " + three + " --figures " + two), "2");
  EXPECT_EQ(value("--set samba.base_memory=4 --figures " + two), "4");
  for (const std::string command : {"plan", "capacity --memory 16GB", "sweep --vary connections=10,20",
                                    "explain samba.memory_measured_idle", "compare 4.2 4.3"})
    EXPECT_EQ(call_line(command + " --clients 100 --figures " + two).code, fits) << command;
  EXPECT_TRUE(has(call_line("plan " + site + " --compare --figures " + two).out, "samba.memory_measured_idle"));
}

TEST(figures_option, reads_figures_as_a_site_file_does) {
  const Scratch scratch;
  const auto refused = [&](const std::string& text, const std::vector<std::string>& fragments) {
    std::ofstream(scratch.path("own.toml")) << text;
    expect_refused({"plan", "--clients", "10", "--figures", scratch.path("own.toml")}, "", fragments);
  };
  refused("", {"own.toml", "the file is empty"});
  refused("[figures]\n", {"no figure"});
  refused("clients = 3\n", {"own.toml:1:1: clients", "unknown key", "figures"});
  refused("[figures.\"samba.base_memry\"]\nvalue = 1\nnote = \"n\"\n",
          {"own.toml:1", "did you mean 'samba.base_memory'"});
  refused("[figures.\"samba.base_memory\"]\nvalue = 1\n", {"the key note is missing"});
  refused("[figures.\"samba.base_memory\"]\nvalue = -1\nnote = \"n\"\n", {"own.toml:2:9", "not allowed"});
  refused("[figures.\"samba.base_memory\"]\nvalue = 5\nlow = 6\nnote = \"n\"\n", {"outside its own range"});
  refused("figures = 3\n", {"a table"});
  expect_refused({"plan", "--clients", "10", "--figures", scratch.path("none")}, "", {"none", "cannot be read"});
  std::ofstream(scratch.path("good")) << "[figures.\"samba.base_memory\"]\nvalue = 5\nnote = \"n\"\n";
  expect_refused({"plan", "--clients", "10", "--figures", scratch.path("good"), "-o", scratch.path("good")}, "",
                 {"is the input itself"});
}

TEST(calibrate_command, refuses_bad_input) {
  const auto refused = [](const std::string& line, const std::vector<std::string>& fragments) {
    expect_refused_and_nothing_written(words(line), "", fragments);
  };
  refused("calibrate", {"the file is missing"});
  refused("calibrate " + samba + " --y pss_kib", {"--x", "is missing"});
  refused("calibrate " + samba + " --x connections", {"--y", "is missing"});
  refused("calibrate none.csv --x a --y b", {"none.csv", "cannot be read"});
  refused("calibrate data --x a --y b", {"data"});
  refused("calibrate " + samba + " --x conections --y pss_kib", {samba, "did you mean 'connections'"});
  refused(columns + " --where state=idel", {"did you mean 'idle'", "baseline, idle"});
  refused(columns + " --where state", {"--where", "not a condition"});
  refused(columns + " --where state=baseline", {"no spread in the column connections"});
  refused(idle + " --where connections>500", {"too few points", "0 rows"});
  refused(idle + " --where connections<=1 --where run=1", {"too few points", "1 row of"});
  refused(idle + " --at 1501", {"--at", "too far beyond the measurements", "1500"});
  refused(idle + " --at soon", {"--at", "not a number"});
  refused(idle + " --at 5 --site data/sites/school.toml", {"--at", "by the site as well"});
  refused(idle + " --site data/sites/school.toml", {"--quantity", "samba.connections"});
  refused(idle + " --quantity samba.connections", {"--quantity", "no site"});
  refused(idle + " --site data/sites/school.toml --quantity samba.conections",
          {"--quantity", "did you mean 'samba.connections'"});
  refused(idle + " --site data/sites/school.toml --quantity samba.memory", {"--quantity", "in another unit"});
  refused(idle + " --unit furlong", {"--unit", "unknown unit"});
  refused(idle + " --x-unit furlong", {"--x-unit", "unknown unit"});
  refused(idle + " --unit TB*TB", {"--unit", "unknown unit"});
  refused(idle + " --unit TiB*boot --x-unit boot/TiB --slope-figure samba.base_memory",
          {"--slope-figure", "such a scale"});
  refused(idle + " --confidence 100", {"--confidence", "50 to 99.99"});
  refused(idle + " --model cubic", {"--model", "line, usl"});
  refused(idle + " --slope-figure samba.base", {"--slope-figure", "no such figure"});
  refused(idle + " --slope-figure samba.base_memory", {"--slope-figure", "KiB/connection"});
  refused(columns + " --where state=reading_peak --slope-figure samba.memory_reading_connection", {"make no figure"});
  refused(idle + " --write-figures x", {"--write-figures", "no figure is asked for"});
  refused(named + " --write-figures " + samba, {"--write-figures", "a file of this call already"});
  expect_refused({"calibrate", "-", "--x", "a", "--y", "b"}, "a,b\n1,2\n2,x\n",
                 {"standard input:3: b", "not a number; found x"});
  expect_refused({"calibrate", "-", "--x", "a", "--y", "b"}, "", {"standard input", "empty"});
}

TEST(calibrate_command, writes_no_figures_where_it_refuses) {
  const Scratch scratch;
  expect_refused(
      words(columns + " --where state=reading_peak --slope-figure samba.memory_reading_connection --write-figures " +
            scratch.path("f")),
      "", {"make no figure"});
  EXPECT_EQ(scratch.files(), 0);
}

TEST(calibrate_command, does_not_lose_its_data_to_its_own_output) {
  const Scratch scratch;
  const std::string data = scratch.path("data.csv");
  write_file(data, "connections,pss_kib\n1,1\n2,2\n3,3\n");
  expect_refused({"calibrate", data, "--x", "connections", "--y", "pss_kib", "-o", data}, "", {"is the input itself"});
}

TEST(calibrate_command, answers_at_the_size_of_a_plan) {
  const std::string line = idle + " --slope-figure samba.memory_idle_connection --format json";
  const Json school = Json::parse(call_line(line + " --site data/sites/school.toml").out);
  EXPECT_EQ(school["prediction"]["x"], 60);  // samba.connections of the site file
  EXPECT_TRUE(has(school["prediction"]["from"], "samba.connections of opsi-school"));
  EXPECT_EQ(
      Json::parse(call_line(line + " --site data/sites/school.toml --samba-connections 75").out)["prediction"]["x"],
      75);
  const Json clients =
      Json::parse(call_line(idle + " --clients 1000 --connections 90 --quantity samba.connections --format json").out);
  EXPECT_EQ(clients["prediction"]["x"], 90);
  const Outcome far = call_line(line + " --clients 1000 --samba-connections 1600");
  EXPECT_EQ(far.code, falls_short);
  EXPECT_EQ(Json::parse(far.out)["prediction"]["refused"], "too far");
}

TEST(calibrate_command, takes_the_law_for_throughput_over_workers) {
  const std::string rows = "workers,requests_per_s\n1,20\n4,78\n8,130\n12,170\n16,190\n20,200\n";
  const Json law =
      Json::parse(call({"calibrate", "-", "--x", "workers", "--y", "requests_per_s", "--format", "json"}, rows).out);
  EXPECT_EQ(law["model"], "usl");
  EXPECT_NEAR(law["peak"]["n"].get<double>(), 24.49, 0.005);
  EXPECT_EQ(law["y_unit"], "request/s");
  const Json line = Json::parse(
      call({"calibrate", "-", "--x", "workers", "--y", "requests_per_s", "--model", "line", "--format", "json"}, rows)
          .out);
  EXPECT_EQ(line["model"], "line");
}

TEST(calibrate_command, says_in_every_format_what_the_law_gives) {
  const Formats all = formats_of(
      "calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --where processors<=20 "
      "--at 30");
  for (const char* member : {"g", "a", "b", "g_stderr", "a_stderr", "b_stderr", "r2", "n"})
    EXPECT_TRUE(same(all.csv[0].at(member), all.json[member])) << member;
  EXPECT_TRUE(same(all.csv[0].at("peak_n"), all.json["peak"]["n"]));
  EXPECT_TRUE(same(all.csv[0].at("predicted"), all.json["prediction"]["y"]));
  for (const std::string& text : {all.text, all.markdown})
    for (const char* member : {"g", "a", "b"})
      EXPECT_TRUE(has(text, rounded(all.json[member].get<double>()))) << member;
}

TEST(calibrate_command, shows_foreign_text_printable) {
  const std::string rows = "# host: \x1b[31mred\na\x1b[2J,b_kib\n1,1\n2,2\n3,3\n4,4\n";
  const Outcome outcome = call({"calibrate", "-", "--x", "a\x1b[2J", "--y", "b_kib"}, rows);
  EXPECT_EQ(outcome.code, fits) << outcome.err;
  EXPECT_FALSE(has(outcome.out, "\x1b"));
}

}  // namespace
}  // namespace sizing::cli
