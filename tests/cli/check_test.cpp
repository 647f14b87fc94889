// The command check: the same rows in every format, exit codes, what it refuses.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libsizing/base/csv.h"
#include "libsizing/base/text.h"
#include "tests/cli/call.h"
#include "tests/support/scratch.h"

namespace sizing::cli {
namespace {

const std::string broken = "check --root tests/host/trees/debian-12-broken ";
const std::string right = "check --root tests/host/trees/debian-12 ";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(check, states_the_same_rows_in_json_csv_text_and_markdown) {
  const auto json = nlohmann::json::parse(call_line(broken + "--format json").out);
  const Csv csv = parse_csv(call_line(broken + "--format csv").out, "csv");
  const std::string text =
      replace_all(replace_all(call({"check", "--root", "tests/host/trees/debian-12-broken"}).out, "\n", " "), "  ", "");
  const std::string markdown = replace_all(call_line(broken + "--format markdown").out, "\\", "");
  ASSERT_EQ(json["checks"].size(), csv.rows.size());
  std::size_t i = 0;
  for (const auto& check : json["checks"]) {
    const auto& fields = csv.rows[i++].fields;
    EXPECT_EQ(check["id"], fields[0]);
    EXPECT_EQ(check["verdict"], fields[2]);
    EXPECT_EQ(check["found"], fields[3]);
    EXPECT_EQ(check["required"], fields[4]);
    const bool met = check["verdict"] == "pass";
    const std::string shown = met ? excerpt(std::string(check["title"]), 32) : "[" + std::string(check["id"]);
    EXPECT_TRUE(contains(markdown, shown)) << shown;
    EXPECT_TRUE(contains(text, replace_all(shown, "  ", ""))) << shown;
  }
  EXPECT_EQ(json["counts"]["fail"],
            std::count_if(csv.rows.begin(), csv.rows.end(), [](const CsvRow& r) { return r.fields[2] == "fail"; }));
}

TEST(check, ends_with_1_where_a_requirement_fails) {
  EXPECT_EQ(call_line(right + "--opsi 4.3").code, fits);
  EXPECT_EQ(call_line(broken).code, falls_short);
  EXPECT_EQ(call_line(right + "--opsi 4.2").code, falls_short);  // Debian 12 is not of its list
  EXPECT_EQ(call_line(broken + "--format nagios").code, 2);
  EXPECT_EQ(call_line(broken + "--format checkmk").code, 0);
  EXPECT_EQ(call_line(right + "--format nagios").code, 3);  // of a tree the disks are unseen
  EXPECT_EQ(call_line("check name opsi1.example.org --format nagios").code, 0);
}

TEST(check, says_to_monitoring_that_the_input_was_bad) {
  for (const std::string line : {"check --root /not/there", "check --nonsense", "check not-there.toml", "check name"}) {
    const Outcome plain = call_line(line), nagios = call_line(line + " --format nagios");
    EXPECT_EQ(plain.code, bad_input) << line;
    EXPECT_EQ(plain.out, "") << line;
    EXPECT_EQ(nagios.code, 3) << line;
    EXPECT_TRUE(nagios.out.starts_with("OPSI-SIZING UNKNOWN - ")) << nagios.out;
    EXPECT_EQ(nagios.err, "") << line;
    EXPECT_TRUE(call_line(line + " --format=checkmk").out.starts_with("3 \"opsi requirements\" - ")) << line;
  }
}

TEST(check, keeps_the_lines_of_its_text_within_100_columns) {
  for (const std::string& line : split(call_line(broken + "--clients 500").out, '\n'))
    EXPECT_LE(width(line), 100U) << line;
}

TEST(check, takes_the_release_from_flag_site_installation_and_default) {
  const auto release = [](const std::string& line) {
    const auto json = nlohmann::json::parse(call_line(line + " --format json").out);
    return std::string(json["opsi"]) + ", " + std::string(json["opsi_from"]);
  };
  EXPECT_EQ(release(right), "4.3, opsiconfd 4.3.24.1-1 is installed");
  EXPECT_EQ(release(right + "--opsi 4.1"), "4.1, --opsi");
  EXPECT_EQ(release(right + "data/sites/school.toml"), "4.2, data/sites/school.toml:3");
  EXPECT_EQ(release("check --root tests/host/trees/ubuntu-24.04"), "4.2, default");
}

TEST(check, holds_the_host_against_the_plan_of_the_server_of_its_name) {
  const Scratch scratch;
  std::ofstream(scratch.path("site.toml")) << "[[server]]\nname = \"main\"\nroles = [\"config\"]\nclients = 100\n\n"
                                              "[[server]]\nname = \"opsi1\"\nroles = [\"depot\"]\nclients = 50\n";
  const auto server = [&](const std::string& more) {
    return nlohmann::json::parse(call_line(right + scratch.path("site.toml") + more + " --format json").out)["server"];
  };
  EXPECT_EQ(server(""), "opsi1");
  EXPECT_EQ(server(" --server main"), "main");
  EXPECT_TRUE(nlohmann::json::parse(call_line(right + "--format json").out)["server"].is_null());
}

TEST(check, reads_a_site_file_called_name_by_its_path) {
  const Scratch scratch;
  std::ofstream(scratch.path("name")) << "[[server]]\nname = \"a\"\nclients = 100\n";
  EXPECT_EQ(call_line(right + scratch.path("name")).err, "");
  EXPECT_TRUE(contains(call_line("check name").err, "./name"));
}

TEST(check, refuses_what_would_be_ignored) {
  EXPECT_TRUE(contains(call_line("check name a --clients 5").err, "--clients"));
  EXPECT_TRUE(contains(call_line("check proxy localhost --root /tmp").err, "--root"));
  EXPECT_TRUE(contains(call_line("check --variable no_proxy").err, "--variable"));
  EXPECT_TRUE(contains(call_line("check a b").err, "one argument too many"));
  EXPECT_TRUE(contains(call_line("check proxy a b").err, "one argument too many"));
  EXPECT_TRUE(contains(call_line(right + "--set clients=10 --server nobody").err, "--server"));
}

TEST(check, names_and_proxy_values_alone) {
  EXPECT_EQ(call_line("check name pc-1 pc-2.example.org").code, fits);
  EXPECT_EQ(call_line("check name pc-1 pc_2").code, falls_short);
  // The page: a top-level domain of two characters or more.
  EXPECT_EQ(call_line("check name opsi1.example.c").code, falls_short);
  EXPECT_EQ(call_line("check name 10.1.1.1").code, falls_short);
  EXPECT_EQ(call_line("check proxy localhost,127.0.0.1,example.org").code, fits);
  EXPECT_EQ(call_line("check proxy localhost,127.0.0.1,192.168.0.0/24").code, falls_short);
  EXPECT_EQ(call_line("check proxy http://10.10.10.10:3128 --variable http_proxy").code, fits);
  EXPECT_EQ(call_line("check proxy 10.10.10.10:3128 --variable http_proxy").code, falls_short);
}

TEST(check, shows_no_password_of_a_proxy) {
  for (const char* format : {"text", "json", "csv", "markdown", "nagios", "checkmk"}) {
    const Scratch tree;
    std::filesystem::create_directories(tree.folder / "etc");
    std::ofstream(tree.folder / "etc/environment")
        << "http_proxy=http://me:secret@proxy.example.org\nhttps_proxy=me:secret@proxy\n";
    EXPECT_FALSE(contains(call({"check", "--root", tree.folder.string(), "--format", format}).out, "secret")) << format;
  }
}

}  // namespace
}  // namespace sizing::cli
