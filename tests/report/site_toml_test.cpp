#include "libsizing/report/site_toml.h"

#include <random>

#include "libsizing/base/text.h"
#include "libsizing/report/import_report.h"
#include "tests/support/diagnostics.h"
#include "tests/support/refusal.h"
#include "tests/support/same_site.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

TEST(site_toml, reads_as_the_same_site) {
  int sites = 0;
  for (const Site& site : all_sites()) {
    const std::string toml = site_toml(site);
    EXPECT_EQ(canonical(read_site(toml, "s.toml")), canonical(site)) << toml;
    ++sites;
  }
  EXPECT_GT(sites, 300);
}

TEST(site_toml, of_what_it_wrote_is_the_same_text) {
  for (const Site& site : all_sites()) {
    const std::string once = site_toml(read_site(site_toml(site), "s.toml"));
    EXPECT_EQ(site_toml(read_site(once, "s.toml")), once);
  }
}

TEST(site_toml, keeps_names_and_own_figures_with_every_sign) {
  Site site = flag_site();
  site.title = "a \"quoted\" name \\ with # signs = [x]";
  site.servers[0].name = "opsi \"1\" \\ \xC3\xA4";
  state(site.servers[0], {"clients", 1e7, {}});
  state(site.servers[0], {"packages", 0.1 + 0.2, {}});
  site.figures.push_back({"samba.margin", "25.5", Kind::measured, 20, 30.25, "said \"so\"", {}});
  site.figures.push_back({"cpu.cores_by_clients", "100:1|900:9", Kind::assumed, {}, {}, "ours", {}});
  EXPECT_EQ(canonical(read_site(site_toml(site), "s.toml")), canonical(site));
}

TEST(site_toml, comments_are_one_line_and_say_nothing_to_the_reader) {
  Site site = flag_site();
  state(site.servers[0], {"clients", 5, {}});
  SiteComments comments;
  comments.head = {"first\nname = \"x\"", std::string(300, 'w') + " \x1b[31m"};
  comments.values["clients"] = "a\nclients = 6";
  comments.unstated = {"b\r\nopsi = 5"};
  comments.foot = {"c\x7F\n[[server]]"};
  EXPECT_EQ(canonical(read_site(site_toml(site, comments), "s.toml")), canonical(site)) << site_toml(site, comments);
}

// Values at random in an example, as far as the reader takes them: what an import becomes reads as its own site.
TEST(site_file, of_an_import_reads_as_the_same_site) {
  std::mt19937 random(11);
  int read = 0;
  for (int i = 0; i < 400; ++i) {
    Json json = diagnostic_json(example_diagnostics()[static_cast<std::size_t>(i) % 2]);
    const auto any = [&](double most) {
      return static_cast<std::int64_t>(most * static_cast<double>(random()) / 4294967295.0);
    };
    json["memory"]["total"] = any(i % 5 == 0 ? 9e15 : 1e12);
    json["processor"]["cpu_count"] = 1 + any(200);
    json["clients"]["client_count"] = any(1e6) + 1000;
    json["disks"]["/var/lib/opsi"] = {{"total", any(1e14)}, {"used", any(9e14)}, {"free", any(1e13)}};
    json["config"]["node_name"] = std::vector<std::string>{"opsi", "a\"b", "c\\d", "e'f", "\xC3\xA4#"}[random() % 5];
    json["depots"]["ids"].push_back(std::vector<std::string>{"a\"b.c", "d\\e.f", "x.y"}[random() % 3]);
    const Import import = import_of(json);
    const Site again = read_site(site_file(import, {"2026-01-02", "c"}), "s.toml");
    EXPECT_EQ(canonical(again), canonical(import.plan.site));
    EXPECT_EQ(make_plan(again).all_fit(), !import.too_small());
    ++read;
  }
  EXPECT_EQ(read, 400);
}

}  // namespace
}  // namespace sizing
