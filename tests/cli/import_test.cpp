// opsi-sizing import: what it writes can be planned, says the same in every format, and bad files are refused.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/cli/formats.h"
#include "tests/cli/refusal.h"
#include "tests/support/scratch.h"

namespace sizing::cli {
namespace {

const std::vector<std::string> examples = {"data/diagnostic/school.json", "data/diagnostic/outgrown.json"};

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(import, writes_a_site_file_that_plan_takes) {
  for (const std::string& example : examples) {
    const Scratch scratch;
    const std::string site = scratch.path("site.toml");
    const Outcome imported = call({"import", example, "-o", site}), planned = call({"plan", site, "--format", "json"});
    EXPECT_EQ(imported.out, "");
    EXPECT_EQ(planned.code, imported.code) << planned.err;
    EXPECT_EQ(planned.err, "");
    const Json import = Json::parse(call({"import", example, "--format", "json"}).out);
    EXPECT_EQ(imported.err, import.at("answer").get<std::string>() + "\n");
    const Json plan = Json::parse(planned.out);
    EXPECT_EQ(plan.at("fits"), import.at("fits"));
    EXPECT_EQ(plan.at("servers").at(0).at("quantities"), import.at("plan").at("quantities"));
  }
}

TEST(import, prints_the_site_file_unless_a_format_is_asked_for) {
  const Outcome plain = call({"import", examples[0]}), toml = call({"import", examples[0], "--format", "toml"});
  EXPECT_EQ(plain.err, "");
  EXPECT_NE(plain.out.find("\n[[server]]\n"), std::string::npos);
  EXPECT_EQ(split(plain.out, '[')[2], split(toml.out, '[')[2]);
  const Json json = Json::parse(call({"import", examples[0], "--format", "json"}).out);
  const std::string inside = json.at("site").at("toml");
  EXPECT_EQ(inside.substr(inside.find("\nname = ")), plain.out.substr(plain.out.find("\nname = ")));
}

TEST(import, reads_standard_input) {
  const Outcome piped = call({"import", "-", "--format", "csv"}, content_of(examples[0]));
  EXPECT_EQ(piped.code, fits);
  EXPECT_NE(piped.out.find("standard input:"), std::string::npos);
}

TEST(import, takes_what_is_known_better) {
  const auto json = [](const std::string& more) {
    return Json::parse(call_line("import data/diagnostic/school.json --format json" + more).out);
  };
  const Json with = json(" --opsi 4.2 --set connections=60 --set hardware.oversized=20");
  EXPECT_EQ(with.at("opsi"), "4.2");
  EXPECT_EQ(with.at("site").at("inputs").at("connections"), 60);
  EXPECT_EQ(with.at("hardware").at("memory").at("verdict"), "fits");
  EXPECT_EQ(json("").at("hardware").at("memory").at("verdict"), "oversized");
  const std::string bare = "{\"processor\": {\"cpu_count\": 2}}";
  EXPECT_EQ(call({"import", "-", "--set", "clients=100"}, bare).code, fits);
}

class import_formats : public testing::TestWithParam<std::string> {};

TEST_P(import_formats, agree) {
  const Formats f = formats_of("import " + GetParam());
  const auto tables = markdown_tables(f.markdown);
  const auto rows_of = [&](const std::string& section) {
    std::vector<Record> rows;
    std::copy_if(f.csv.begin(), f.csv.end(), std::back_inserter(rows),
                 [&](const Record& row) { return row.at("section") == section; });
    return rows;
  };
  const auto hardware = rows_of("hardware"), in_force = rows_of("in_force"), read = rows_of("read");
  ASSERT_EQ(hardware.size(), f.json.at("hardware").size());
  ASSERT_EQ(in_force.size(), f.json.at("in_force").size());
  ASSERT_EQ(read.size(), f.json.at("read").size());
  for (std::size_t i = 0; i < hardware.size(); ++i) {
    const Json& line = f.json.at("hardware").at(hardware[i].at("name"));
    EXPECT_TRUE(same(hardware[i].at("value"), line.at("offered")));
    EXPECT_TRUE(same(hardware[i].at("planned"), line.at("needed")));
    EXPECT_TRUE(same(hardware[i].at("verdict"), line.at("verdict")));
    EXPECT_TRUE(same(hardware[i].at("from"), line.at("from")));
    const auto& cells = tables.at(0).rows.at(i);
    EXPECT_TRUE(shows(cells[1], line.at("offered"), line.at("unit"))) << cells[1];
    EXPECT_TRUE(shows(cells[2], line.at("needed"), line.at("unit"))) << cells[2];
    EXPECT_EQ(cells.back(), line.at("verdict"));
  }
  for (std::size_t i = 0; i < in_force.size(); ++i) {
    const Json& line = f.json.at("in_force").at(in_force[i].at("name"));
    EXPECT_TRUE(same(in_force[i].at("value"), line.at("there")));
    EXPECT_TRUE(same(in_force[i].at("planned"), line.at("planned")));
    EXPECT_TRUE(shows(tables.at(1).rows.at(i)[1], line.at("there"), line.at("unit")));
  }
  const auto items = markdown_items(f.markdown);
  const std::size_t said =
      f.json.at("remarks").size() + f.json.at("missing").size() + f.json.at("plan").at("remarks").size();
  EXPECT_EQ(items.size(), said);
  EXPECT_EQ(rows_of("remark").size() + rows_of("missing").size() + rows_of("plan_remark").size(), said);
  EXPECT_EQ(markdown_plain(f.markdown.substr(0, f.markdown.find('\n'))), f.json.at("answer"));
  const std::string as_text = replace_all(f.markdown, "--format markdown", "--format text");
  EXPECT_EQ(words_of_text(f.text), words_of_markdown(as_text, {}));
}

INSTANTIATE_TEST_SUITE_P(file, import_formats,
                         testing::Values("data/diagnostic/school.json", "data/diagnostic/outgrown.json",
                                         "data/diagnostic/school.json --opsi 4.1 --set clients=5000"));

TEST(import, refuses_bad_files_and_writes_nothing) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> files = {
      {"", {"standard input: the file is empty"}},
      {"\x04\x22\x4D\x18...", {"packed by lz4", "lz4 -d"}},
      {"[]", {"standard input:1:1: not a diagnostic file", "an array"}},
      {"{}", {"none of the members looked for"}},
      {"{\"memory\": {\"total\": NaN}}", {"standard input:1:22: not valid JSON"}},
      {"{\"memory\": {\"total\": \"16\x1b[31m GB\"}}", {"standard input:1:"}},
      {"{\"memory\": {\"total\": \"16 GB\"}}", {"1:22: memory.total: not allowed; found \"16 GB\"; allowed: a number"}},
      {"{\"memory\": {\"total\": 1}}", {"clients.client_count: is missing"}},
      {"{\"clients\": {\"client_count\": 5}, \"clients\": {}}", {"1:34: clients: said twice"}},
      {"{\"a\": " + std::string(200'000, '['), {"nested too deeply"}},
      {"{\"opsiconfd_version\": \"new\", \"clients\": {\"client_count\": 5}}", {"opsiconfd_version: not a version"}},
      {"{\"clients\": {\"client_count\": 5", {"the file ends"}},
  };
  for (const auto& [text, says] : files) expect_refused_and_nothing_written({"import", "-"}, text, says);
}

TEST(import, refuses_bad_calls) {
  expect_refused({"import"}, "", {"import: the diagnostic file is missing"});
  expect_refused({"import", "data/diagnostic/none.json"}, "", {"none.json: cannot be read"});
  expect_refused({"import", "data/diagnostic"}, "", {"Is a directory"});
  expect_refused({"import", "data/sites/school.toml"}, "", {"school.toml:1:1: not valid JSON"});
  expect_refused({"import", examples[0], examples[1]}, "", {"one argument too many"});
  expect_refused({"import", examples[0], "--opsi", "4.4"}, "", {"--opsi", "4.4", "4.1, 4.2, 4.3"});
  expect_refused({"import", examples[0], "--set", "clients=-1"}, "", {"clients", "-1"});
  expect_refused({"import", examples[0], "--set", "clinets=1"}, "", {"clinets", "did you mean 'clients'?"});
  expect_refused({"import", examples[0], "--format", "yaml"}, "", {"--format", "toml, text, json, csv, markdown"});
  expect_refused({"import", examples[0], "--clients", "5"}, "", {"unknown option"});
}

}  // namespace
}  // namespace sizing::cli
