// A plan says the same in JSON, CSV, Markdown and text.
#include <gtest/gtest.h>

#include "libsizing/plan/plan.h"
#include "tests/cli/formats.h"

namespace sizing::cli {
namespace {

class plan_formats : public testing::TestWithParam<std::string> {
 protected:
  const Formats f = formats_of(GetParam());

  // The CSV rows of one section of one server.
  std::vector<Record> csv(const Json& server, const std::string& section) const {
    std::vector<Record> rows;
    for (const Record& row : f.csv)
      if (row.at("server") == server.at("name") && row.at("section") == section) rows.push_back(row);
    return rows;
  }

  // The Markdown between a server's heading and the next one.
  std::string markdown(const Json& server) const {
    const auto from = f.markdown.find("\n## " + server.at("name").get<std::string>() + " (");
    return f.markdown.substr(from, f.markdown.find("\n## ", from + 1) - from);
  }

  std::vector<std::vector<std::string>> rows(const Json& server, const std::string& first_column) const {
    for (const MarkdownTable& table : markdown_tables(markdown(server)))
      if (table.header[0] == first_column) return table.rows;
    return {};
  }
};

TEST_P(plan_formats, quantities_have_the_same_values_and_deciders) {
  for (const Json& server : f.json.at("servers")) {
    const auto csv_rows = csv(server, "quantity");
    const auto table = rows(server, "quantity");
    ASSERT_EQ(csv_rows.size(), table.size());
    ASSERT_FALSE(table.empty());
    for (std::size_t i = 0; i < table.size(); ++i) {
      const std::string name = csv_rows[i].at("name");
      ASSERT_TRUE(server.at("quantities").contains(name)) << name;
      const Json& quantity = server.at("quantities").at(name);
      EXPECT_EQ(parse_number(csv_rows[i].at("value")), quantity.at("value").get<double>()) << name;
      EXPECT_EQ(csv_rows[i].at("unit"), quantity.at("unit")) << name;
      EXPECT_EQ(csv_rows[i].at("decided_by"), text_of(quantity.at("decided_by"))) << name;
      EXPECT_EQ(csv_rows[i].at("kind"), quantity.at("kind")) << name;
      EXPECT_EQ(csv_rows[i].at("detail"), quantity.at("formula")) << name;
      EXPECT_EQ(table[i][0], name);
      EXPECT_TRUE(shows(table[i][1], quantity.at("value"), quantity.at("unit")))
          << name << " is shown as " << table[i][1];
      EXPECT_EQ(table[i][2], text_of(quantity.at("decided_by"))) << name;
    }
    EXPECT_EQ(server.at("quantities").size(), table.size() + server.at("inputs").size());
  }
}

TEST_P(plan_formats, inputs_have_the_same_values_and_origins) {
  for (const Json& server : f.json.at("servers")) {
    std::size_t at = 0;
    const auto csv_rows = csv(server, "input");
    const auto table = rows(server, "stated or assumed");
    ASSERT_EQ(csv_rows.size(), table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      const std::string name = csv_rows[i].at("name");
      EXPECT_EQ(table[i][0], name);
      EXPECT_EQ(table[i][2], csv_rows[i].at("detail"));
      if (name == "opsi") {
        EXPECT_EQ(csv_rows[i].at("value"), f.json.at("opsi"));
        EXPECT_EQ(table[i][1], f.json.at("opsi"));
        EXPECT_EQ(table[i][2], f.json.at("site").at("opsi_from"));
        continue;
      }
      ++at;
      const Json& input = server.at("inputs").at(name);
      const double value = input.at("value");
      EXPECT_EQ(parse_number(csv_rows[i].at("value")), value) << name;
      EXPECT_EQ(csv_rows[i].at("kind"), input.at("origin")) << name;
      EXPECT_EQ(csv_rows[i].at("detail"), input.at("from")) << name;
      EXPECT_EQ(server.at("quantities").at(name).at("value"), input.at("value")) << name;
      const bool yes_no = table[i][1] == (value == 0 ? "no" : "yes");
      EXPECT_TRUE(yes_no || shows(table[i][1], value, input.at("unit"))) << name << " is shown as " << table[i][1];
    }
    EXPECT_EQ(at, server.at("inputs").size());
  }
}

TEST_P(plan_formats, hardware_has_the_same_amounts_and_verdicts) {
  for (const Json& server : f.json.at("servers")) {
    const auto csv_rows = csv(server, "hardware");
    const auto table = rows(server, "hardware");
    ASSERT_EQ(csv_rows.size(), server.at("hardware").size());
    ASSERT_EQ(table.size(), server.at("hardware").size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      const Json& fit = server.at("hardware").at(csv_rows[i].at("name"));
      const std::string unit = fit.at("unit"), verdict = fit.at("fits").get<bool>() ? "fits" : "falls short";
      EXPECT_EQ(parse_number(csv_rows[i].at("value")), fit.at("offered").get<double>());
      EXPECT_EQ(csv_rows[i].at("detail"), "needed " + exact(fit.at("needed")));
      EXPECT_EQ(csv_rows[i].at("kind"), verdict);
      EXPECT_EQ(table[i][0], csv_rows[i].at("name"));
      const std::string there = table[i][1].substr(table[i][1].rfind("= ") + 1);  // "8 GiB = 8589.93 MB"
      EXPECT_TRUE(shows(std::string(trim(there)), fit.at("offered"), unit)) << there;
      EXPECT_TRUE(shows(table[i][2], fit.at("needed"), unit)) << table[i][2];
      EXPECT_TRUE(shows(table[i][3], fit.at("free"), unit)) << table[i][3];
      EXPECT_EQ(table[i][5], verdict);
    }
  }
}

TEST_P(plan_formats, settings_and_remarks_are_the_same) {
  for (const Json& server : f.json.at("servers")) {
    const auto settings = csv(server, "setting"), remarks = csv(server, "remark");
    const auto table = rows(server, "setting");
    const auto items = markdown_items(markdown(server));
    ASSERT_EQ(settings.size(), server.at("settings").size());
    ASSERT_EQ(table.size(), server.at("settings").size());
    for (std::size_t i = 0; i < settings.size(); ++i) {
      const Json& setting = server.at("settings")[i];
      EXPECT_EQ(settings[i].at("name"), setting.at("key"));
      EXPECT_EQ(settings[i].at("value"), setting.at("value"));
      EXPECT_EQ(table[i], (std::vector<std::string>{setting.at("key"), setting.at("value"), setting.at("default"),
                                                    setting.at("file"), setting.at("apply"), setting.at("why")}));
    }
    ASSERT_EQ(remarks.size(), server.at("remarks").size());
    ASSERT_EQ(items.size(), server.at("remarks").size());
    for (std::size_t i = 0; i < remarks.size(); ++i) {
      const Json& remark = server.at("remarks")[i];
      EXPECT_EQ(remarks[i].at("name"), remark.at("code"));
      EXPECT_EQ(remarks[i].at("kind"), remark.at("severity"));
      EXPECT_EQ(remarks[i].at("decided_by"), remark.at("quantity"));
      EXPECT_EQ(remarks[i].at("detail"), remark.at("text"));
      EXPECT_EQ(items[i], text_of(remark.at("severity")) + " " + text_of(remark.at("text")) + " [" +
                              text_of(remark.at("code")) + "]");
    }
  }
}

TEST_P(plan_formats, the_answer_comes_first_for_people_and_stands_in_json) {
  const std::string answer = f.json.at("answer");
  EXPECT_EQ(markdown_plain(f.markdown.substr(0, f.markdown.find('\n'))), answer);
  EXPECT_TRUE(join(words_of_text(f.text), " ").starts_with(answer));
}

TEST_P(plan_formats, shares_of_memory_add_up_to_it) {
  for (const Json& server : f.json.at("servers")) {
    double sum = 0, csv_sum = 0;
    for (const auto& [kind, share] : server.at("memory_by_kind").items()) sum += share.get<double>();
    for (const Record& row : csv(server, "memory_by_kind")) {
      EXPECT_EQ(parse_number(row.at("value")), server.at("memory_by_kind").value(row.at("name"), 0.0));
      csv_sum += parse_number(row.at("value"));
    }
    EXPECT_NEAR(sum, server.at("quantities").at("server.memory").at("value").get<double>(), 1e-9);
    EXPECT_EQ(csv_sum, sum);
  }
}

TEST_P(plan_formats, json_is_what_it_is_after_a_round_trip) {
  EXPECT_EQ(f.json.dump(2) + "\n", call_line(GetParam() + " --format json").out);
  EXPECT_EQ(Json::parse(f.json.dump()), f.json);
}

std::vector<std::string> plans() {
  std::vector<std::string> all = {"plan --clients 6000 --opsi 4.1 --memory 16GiB", "plan --clients 0"};
  for (const std::string& site : example_sites()) {
    all.push_back("plan " + site_path(site));
    for (const char* opsi : {"4.1", "4.2", "4.3"}) all.push_back("plan " + site_path(site) + " --opsi " + opsi);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(site, plan_formats, testing::ValuesIn(plans()));

TEST(plan_json, has_the_doubles_of_the_library) {
  for (const std::string& site : example_sites()) {
    const Plan plan = make_plan(load_site(site_path(site)));
    const Json json = Json::parse(call({"plan", site_path(site), "--format", "json"}).out);
    ASSERT_EQ(json.at("servers").size(), plan.servers.size());
    for (std::size_t s = 0; s < plan.servers.size(); ++s) {
      const Evaluation& e = plan.servers[s].server.evaluation;
      for (const Formula& formula : e.model->formulas)
        EXPECT_EQ(json.at("servers")[s].at("quantities").at(formula.name).at("value").get<double>(),
                  e.values[formula.node])
            << site << " " << formula.name;
    }
  }
}

}  // namespace
}  // namespace sizing::cli
