// Capacity, comparisons, sweeps, explanations and lists say the same in every format.
#include <algorithm>

#include <gtest/gtest.h>

#include "cli/command.h"
#include "tests/cli/formats.h"

namespace sizing::cli {
namespace {

class formats_of_capacity : public testing::TestWithParam<std::string> {};

TEST_P(formats_of_capacity, agree) {
  const Formats f = formats_of(GetParam());
  const Json &hardware = f.json.at("hardware"), &first = f.json.at("runs_out_first");
  const auto tables = markdown_tables(f.markdown);
  ASSERT_EQ(f.csv.size(), hardware.size());
  ASSERT_EQ(tables.at(0).rows.size(), hardware.size());
  for (std::size_t i = 0; i < f.csv.size(); ++i) {
    const Record& row = f.csv[i];
    const std::string resource = row.at("resource");
    const Json& fit = hardware.at(resource);
    EXPECT_TRUE(same(row.at("server"), f.json.at("server")));
    EXPECT_TRUE(same(row.at("input"), f.json.at("input")));
    EXPECT_TRUE(same(row.at("unit"), f.json.at("unit")));
    EXPECT_TRUE(same(row.at("most"), f.json.at("most"))) << row.at("most");
    EXPECT_TRUE(same(row.at("offered"), fit.at("offered")));
    EXPECT_TRUE(same(row.at("needed_at_most"), fit.at("needed")));
    EXPECT_TRUE(same(row.at("resource_unit"), fit.at("unit")));
    EXPECT_TRUE(same(row.at("carried_alone"), fit.at("carries"))) << row.at("carried_alone");
    EXPECT_EQ(row.at("runs_out_first") == "yes", std::find(first.begin(), first.end(), resource) != first.end());
    const auto& cells = tables[0].rows[i];
    EXPECT_EQ(cells[0], resource);
    EXPECT_TRUE(shows(cells[1], fit.at("offered"), fit.at("unit"))) << cells[1];
    EXPECT_TRUE(shows(cells[2], fit.at("needed"), fit.at("unit"))) << cells[2];
    EXPECT_TRUE(shows(cells[3], fit.at("free"), fit.at("unit"))) << cells[3];
    if (fit.at("carries").is_null())
      EXPECT_EQ(cells[4], "none");
    else
      EXPECT_TRUE(cells[4] == "no limit" || rounds_to(cells[4], fit.at("carries"))) << cells[4];
  }
  EXPECT_EQ(markdown_plain(f.markdown.substr(0, f.markdown.find('\n'))), f.json.at("answer"));
  for (const Json& held : f.json.at("held")) EXPECT_NE(f.markdown.find(text_of(held).substr(0, 6)), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    site, formats_of_capacity,
    testing::Values("capacity data/sites/school.toml", "capacity data/sites/authority.toml",
                    "capacity data/sites/too-small.toml",
                    "capacity data/sites/authority.toml --server depot-west --of samba.connections",
                    "capacity --memory 16GB --cores 4", "capacity --cores 4 --opsi 4.3",
                    "capacity --disk-logs 10TB --memory 2GB --opsi 4.1 --clients 40"));

class formats_of_compare : public testing::TestWithParam<std::string> {};

TEST_P(formats_of_compare, agree) {
  const Formats f = formats_of(GetParam());
  std::size_t row = 0;
  std::vector<std::string> items;
  for (const Json& server : f.json.at("servers")) {
    if (!server.at("in_from").get<bool>() || !server.at("in_to").get<bool>()) {
      EXPECT_EQ(f.csv.at(row).at("server"), server.at("name"));
      EXPECT_NE(f.csv.at(row++).at("quantity").find("only in"), std::string::npos);
      continue;
    }
    std::vector<std::vector<std::string>> table;
    for (const MarkdownTable& t : markdown_tables(f.markdown))
      if (t.heading == server.at("name")) table = t.rows;
    ASSERT_EQ(table.size(), server.at("changes").size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      const Json& change = server.at("changes")[i];
      const Record& record = f.csv.at(row++);
      EXPECT_EQ(record.at("server"), server.at("name"));
      for (const char* member : {"quantity", "unit", "from", "to", "change", "from_decided_by", "to_decided_by"})
        EXPECT_TRUE(same(record.at(member), change.at(member))) << member << " is " << record.at(member);
      EXPECT_EQ(table[i][0], change.at("quantity"));
      const auto shown = [&](const std::string& text, const Json& value) {
        if (value.is_null()) return text == "–";
        return text == "yes" || text == "no" || shows(text, value, change.at("unit"));
      };
      EXPECT_TRUE(shown(table[i][1], change.at("from"))) << table[i][1];
      EXPECT_TRUE(shown(table[i][2], change.at("to"))) << table[i][2];
    }
    for (const Json& remark : server.at("new_remarks"))
      items.push_back("new " + text_of(remark.at("text")) + " [" + text_of(remark.at("code")) + "]");
    for (const Json& remark : server.at("gone_remarks"))
      items.push_back("gone " + text_of(remark.at("text")) + " [" + text_of(remark.at("code")) + "]");
  }
  EXPECT_EQ(markdown_items(f.markdown), items);
  EXPECT_EQ(markdown_plain(f.markdown.substr(0, f.markdown.find('\n'))), f.json.at("answer"));
}

INSTANTIATE_TEST_SUITE_P(
    site, formats_of_compare,
    testing::Values("compare 4.2 4.3 data/sites/company.toml", "compare 4.1 4.2 data/sites/authority.toml",
                    "compare data/sites/large.toml 4.1", "compare data/sites/school.toml data/sites/company.toml",
                    "compare data/sites/company.toml data/sites/authority.toml",
                    "compare 4.1 4.3 --clients 7000 --connections 500",
                    "plan data/sites/school.toml --set clients=1200 --set samba.margin=0 --compare",
                    "plan data/sites/too-small.toml --memory 16GiB --cores 8 --services samba,redis --compare",
                    "compare 4.2 4.2 data/sites/school.toml"));

class formats_of_sweep : public testing::TestWithParam<std::string> {};

TEST_P(formats_of_sweep, agree) {
  const Formats f = formats_of(GetParam());
  const MarkdownTable table = markdown_tables(f.markdown).at(0);
  const Json& rows = f.json.at("rows");
  ASSERT_EQ(f.csv.size(), rows.size());
  ASSERT_EQ(table.rows.size(), rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    EXPECT_EQ(f.csv[r].size(), table.header.size());
    for (std::size_t c = 0; c < table.header.size(); ++c) {
      const std::string name = split(table.header[c], ' ')[0];
      const Json& value = rows[r].at(name);
      EXPECT_TRUE(same(f.csv[r].at(name), value)) << name << " is " << f.csv[r].at(name) << " in row " << r;
      EXPECT_TRUE(value.is_number() ? rounds_to(table.rows[r][c], value) : table.rows[r][c] == text_of(value)) << name;
      if (!value.is_number()) continue;
      const std::string unit = f.json.at("units").at(name);
      EXPECT_EQ(table.header[c], unit.empty() ? name : name + " [" + unit + "]");
    }
  }
  EXPECT_EQ(markdown_items(f.markdown), f.json.at("changes").get<std::vector<std::string>>());
}

INSTANTIATE_TEST_SUITE_P(
    site, formats_of_sweep,
    testing::Values("sweep --vary clients=100:5000:100", "sweep data/sites/school.toml --vary connections=0:300:7",
                    "sweep data/sites/large.toml --vary clients=0:20000:500 --outputs server.memory,redis.memory",
                    "sweep --clients 1000 --vary connections=20:200:60 --vary samba.memory_per_connection=0.8,4",
                    "sweep data/sites/authority.toml --server depot-west --vary packages=0.1:0.7:0.1 --outputs "
                    "disk.var_lib_opsi,clients"));

// Depth first, as CSV and the tree go.
void flatten(const Json& node, int depth, std::vector<std::pair<int, Json>>& nodes) {
  nodes.emplace_back(depth, node);
  if (node.contains("operands"))
    for (const Json& operand : node.at("operands")) flatten(operand, depth + 1, nodes);
}

class formats_of_explain : public testing::TestWithParam<std::string> {};

TEST_P(formats_of_explain, agree_for_every_quantity) {
  const Json plan = Json::parse(call({"plan", site_path(GetParam()), "--format", "json"}).out);
  const Json& main = plan.at("servers")[0];
  for (const auto& [quantity, planned] : main.at("quantities").items()) {
    const Formats f = formats_of("explain " + quantity + " " + site_path(GetParam()));
    std::vector<std::pair<int, Json>> nodes;
    flatten(f.json.at("explanation"), 0, nodes);
    EXPECT_EQ(nodes[0].second.at("value"), planned.at("value")) << quantity;
    ASSERT_EQ(f.csv.size(), nodes.size()) << quantity;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& [depth, node] = nodes[i];
      EXPECT_EQ(f.csv[i].at("depth"), std::to_string(depth));
      for (const char* member : {"role", "name", "value", "unit", "kind", "about", "formula", "numbers", "decided_by"})
        EXPECT_TRUE(same(f.csv[i].at(member), node.value(member, Json())) || node.at("value").is_null())
            << quantity << ": " << member << " of " << node.at("name") << " is " << f.csv[i].at(member);
      EXPECT_EQ(f.csv[i].at("decides"), node.at("carries").get<bool>() ? "yes" : "no");
      EXPECT_EQ(f.csv[i].at("source"), text_of(node.contains("from") ? node.at("from") : node.value("source", Json())));
      const bool figure = node.at("role") == "figure" || node.at("role") == "curve";
      const std::string name = node.at("name");
      const std::string title = (figure ? "[" + name + "]" : name) + " = " + text_of(node.at("text"));
      EXPECT_NE(f.text.find(title), std::string::npos) << quantity << ": " << title;
      EXPECT_NE(f.markdown.find(title), std::string::npos) << quantity << ": " << title;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(site, formats_of_explain, testing::ValuesIn(example_sites()));

TEST(formats_of_lists, agree) {
  for (const std::string line : {"figures", "figures samba.margin disk.tmp_free", "sources", "ports --opsi 4.3",
                                 "ports --opsi 4.2 --role depot --direction out", "distributions",
                                 "distributions debian", "method", "method --opsi 4.2"}) {
    const Formats f = formats_of(line);
    const auto rows = std::find_if(f.json.begin(), f.json.end(), [](const Json& j) { return j.is_array(); });
    ASSERT_NE(rows, f.json.end()) << line;
    ASSERT_EQ(f.csv.size(), rows->size()) << line;
    for (std::size_t i = 0; i < f.csv.size(); ++i)
      for (const auto& [column, field] : f.csv[i])
        EXPECT_TRUE(same(field, rows->at(i).at(column))) << line << ": " << column << " is " << field;
  }
}

TEST(formats, text_and_markdown_have_the_same_words) {
  std::vector<std::string> lines = {"sweep data/sites/school.toml --vary clients=100:2000:100 --chart",
                                    "plan --opsi 4.1 --clients 6000 --memory 16GiB",
                                    "compare data/sites/company.toml data/sites/authority.toml"};
  for (const std::string& site : example_sites()) lines.push_back("plan " + site_path(site));
  for (const Command& command : commands())
    for (const Example& example : command.examples)
      if (call({command.name, "--help"}).out.find("\n  --format ") != std::string::npos)
        lines.push_back(replace_all(replace_all(example.arguments, " --format csv", ""), " --format json", ""));
  const std::vector<const char*> own_forms = {
      "--chart",         "--diff",          "--format nftables", "--format ufw", "--format firewalld",
      "--format nagios", "--format checkmk"};
  for (std::string& line : lines) {
    line = replace_all(replace_all(line, " --format markdown", ""), " --format text", "");
    const bool own_form = std::any_of(own_forms.begin(), own_forms.end(),
                                      [&](const char* option) { return line.find(option) != std::string::npos; });
    if (own_form) continue;
    const std::string text = call_line(line + " --format text").out,
                      markdown = replace_all(call_line(line + " --format markdown").out, "--format markdown",
                                             "--format text");  // in the stamp
    const auto got = words_of_text(text);
    const auto expected =
        words_of_markdown(markdown, {"why", "note", "condition", "where", "what it is", "text", "card"});
    const auto [a, b] = std::mismatch(expected.begin(), expected.end(), got.begin(), got.end());
    EXPECT_TRUE(expected == got) << line << "\n"
                                 << join({a, std::min(a + 9, expected.end())}, " ") << "\n"
                                 << join({b, std::min(b + 9, got.end())}, " ");
  }
}

}  // namespace
}  // namespace sizing::cli
