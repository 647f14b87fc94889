// What each command prints, kept in tests/golden. After a change that is meant: run the tests, look at the differences,
// then dev/accept-golden.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "cli/command.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "tests/cli/call.h"

namespace sizing::cli {
namespace {

struct Golden {
  std::string name, line;
  int exit_code = fits;
};

void PrintTo(const Golden& golden, std::ostream* to) { *to << golden.line; }

// A name "plan-school-json" asks for JSON; names without a format are as the line says.
std::vector<Golden> goldens() {
  std::vector<Golden> all = {
      {"overview", ""},
      {"man", "help --man"},
      {"man-ports", "help ports --man"},
      {"plan-school", "plan data/sites/school.toml"},
      {"plan-company", "plan data/sites/company.toml"},
      {"plan-authority", "plan data/sites/authority.toml"},
      {"plan-large", "plan data/sites/large.toml"},
      {"plan-too-small", "plan data/sites/too-small.toml", falls_short},
      {"plan-company-json", "plan data/sites/company.toml --format json"},
      {"plan-too-small-csv", "plan data/sites/too-small.toml --format csv", falls_short},
      {"plan-school-markdown", "plan data/sites/school.toml --format markdown"},
      {"plan-large-csv", "plan data/sites/large.toml --format csv"},
      {"plan-flags-41", "plan --opsi 4.1 --clients 6000 --connections 120"},
      {"plan-flags-42", "plan --opsi 4.2 --clients 1000 --connections 100 --samba-connections 130"},
      {"plan-set-compare", "plan data/sites/school.toml --set clients=1200 --set samba.margin=0 --compare",
       falls_short},
      {"plan-flags-compare", "plan data/sites/too-small.toml --memory 16GiB --cores 8 --connections 40 --compare"},
      {"explain-opsiconfd-memory", "explain opsiconfd.memory --clients 1000 --connections 100"},
      {"explain-server-memory", "explain server.memory data/sites/large.toml"},
      {"explain-cores", "explain server.cores data/sites/too-small.toml"},
      {"explain-samba-json", "explain samba.memory data/sites/school.toml --format json"},
      {"explain-samba-csv", "explain samba.memory data/sites/school.toml --format csv"},
      {"explain-samba-markdown", "explain samba.memory data/sites/school.toml --format markdown"},
      {"compare-rules", "compare 4.2 4.3 data/sites/company.toml"},
      {"compare-rules-json", "compare 4.2 4.3 data/sites/company.toml --format json"},
      {"compare-rules-csv", "compare 4.2 4.3 data/sites/company.toml --format csv"},
      {"compare-rules-markdown", "compare 4.2 4.3 data/sites/company.toml --format markdown"},
      {"compare-sites", "compare data/sites/school.toml data/sites/company.toml"},
      {"compare-other-servers", "compare data/sites/company.toml data/sites/authority.toml"},
      {"capacity-flags", "capacity --memory 16GB --cores 4"},
      {"capacity-too-small", "capacity data/sites/too-small.toml"},
      {"capacity-nothing", "capacity data/sites/too-small.toml --connections 130", falls_short},
      {"capacity-authority", "capacity data/sites/authority.toml --of connections"},
      {"capacity-authority-json", "capacity data/sites/authority.toml --format json"},
      {"capacity-authority-csv", "capacity data/sites/authority.toml --server depot-west --format csv"},
      {"capacity-authority-markdown", "capacity data/sites/authority.toml --format markdown"},
      {"sweep-clients", "sweep --vary clients=100:5000:700"},
      {"sweep-chart",
       "sweep data/sites/school.toml --vary clients=100:2000:100 --outputs server.memory,server.cores --chart"},
      {"sweep-two-csv",
       "sweep --clients 1000 --vary connections=20:200:60 --vary samba.memory_per_connection=0.8,4 "
       "--format csv"},
      {"sweep-json", "sweep data/sites/large.toml --vary clients=4000,12000 --outputs server.memory --format json"},
      {"sweep-markdown", "sweep --vary clients=500,5000 --outputs server.memory,server.cores --format markdown"},
      {"load-school", "load data/sites/school.toml"},
      {"load-upgrade", "load data/sites/upgrade.toml"},
      {"load-upgrade-json", "load data/sites/upgrade.toml --format json"},
      {"load-school-csv", "load data/sites/school.toml --format csv"},
      {"load-company-markdown", "load data/sites/company.toml --format markdown"},
      {"simulate-school", "simulate data/sites/school.toml"},
      {"simulate-school-one-core",
       "simulate data/sites/school.toml --workers 1 --cores 1 --set client.rpc_time=500 --within \"p95 < 30 s\""},
      {"simulate-school-csv", "simulate data/sites/school.toml --step \"5 min\" --format csv"},
      {"simulate-company-json", "simulate data/sites/company.toml --step \"15 min\" --format json"},
      {"simulate-company-markdown", "simulate data/sites/company.toml --format markdown"},
      {"simulate-timer",
       "simulate --clients 1000 --routine \"WAN timer every hour\" --set client.rpc_time=300 --workers 1"},
      {"plan-within", "plan data/sites/upgrade.toml --within \"p95 < 1 s\" --set client.rpc_time=2000"},
      {"load-presets",
       "load --clients 1000 --routine \"night installation window\" --routine \"WAN timer every hour\""},
      {"explain-connections", "explain connections data/sites/school.toml"},
      {"calibrate-idle", "calibrate data/measurements/samba_memory.csv --x connections --y pss_kib --where state=idle"},
      {"calibrate-figures",
       "calibrate data/measurements/samba_memory.csv --x connections --y pss_kib --where state=reading_peak "
       "--where connections<=100 --at 130 --slope-figure samba.memory_reading_connection"},
      {"calibrate-no-line",
       "calibrate data/measurements/samba_memory.csv --x connections --y pss_kib --where state=reading_peak --at 130",
       falls_short},
      {"calibrate-site-json",
       "calibrate data/measurements/samba_memory.csv --x connections --y pss_kib --where state=idle --slope-figure "
       "samba.memory_idle_connection --base-figure samba.base_memory --site data/sites/school.toml --format json"},
      {"calibrate-keys-csv",
       "calibrate data/measurements/redis_memory.csv --x keys --y rss_kib --where detail=string_256B --format csv"},
      {"calibrate-keys-markdown",
       "calibrate data/measurements/redis_memory.csv --x keys --y rss_kib --where detail=string_256B --fit huber "
       "--format markdown"},
      {"calibrate-law",
       "calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --where processors<=20 "
       "--at 30"},
      {"calibrate-law-json",
       "calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --format json"},
      {"calibrate-law-csv",
       "calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --format csv"},
      {"calibrate-law-markdown",
       "calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --format markdown"},
      {"figures", "figures"},
      {"figures-json", "figures samba.margin cpu.cores_by_clients --format json"},
      {"figures-csv", "figures samba.margin cpu.cores_by_clients --format csv"},
      {"figures-markdown", "figures samba.margin cpu.cores_by_clients --format markdown"},
      {"sources", "sources"},
      {"sources-json", "sources --format json"},
      {"sources-csv", "sources --format csv"},
      {"sources-markdown", "sources --format markdown"},
      {"ports", "ports --opsi 4.3"},
      {"ports-json", "ports --opsi 4.3 --role depot --direction in --format json"},
      {"ports-csv", "ports --opsi 4.2 --role client --format csv"},
      {"ports-markdown", "ports --opsi 4.3 --role client --direction local --format markdown"},
      {"distributions", "distributions"},
      {"distributions-debian", "distributions debian 12"},
      {"distributions-old-json", "distributions \"Ubuntu 20.04\" --opsi 4.3 --format json", falls_short},
      {"distributions-csv", "distributions rhel --format csv"},
      {"distributions-markdown", "distributions debian --opsi 4.3 --format markdown"},
      {"check", "check --root data/hosts/opsi1", falls_short},
      {"check-right", "check --root tests/host/trees/debian-12 --opsi 4.3"},
      {"check-broken", "check --root tests/host/trees/debian-12-broken", falls_short},
      {"check-site", "check data/sites/school.toml --root data/hosts/opsi1", falls_short},
      {"check-json", "check --root data/hosts/opsi1 --format json", falls_short},
      {"check-csv", "check --root data/hosts/opsi1 --format csv", falls_short},
      {"check-markdown", "check --root data/hosts/opsi1 --format markdown", falls_short},
      {"check-nagios", "check --root data/hosts/opsi1 --format nagios", 2},
      {"check-checkmk", "check --root data/hosts/opsi1 --format checkmk"},
      {"check-name", "check name opsi1.example.org opsi_2", falls_short},
      {"check-proxy", "check proxy localhost,127.0.0.1,*.example.org", falls_short},
      {"observe-depot", "observe --root data/hosts/depot"},
      {"observe-depot-text", "observe --root data/hosts/depot --format text"},
      {"observe-depot-csv", "observe --root data/hosts/depot --state idle --format csv"},
      {"observe-depot-json", "observe --root data/hosts/depot --service samba --format json"},
      {"observe-depot-markdown", "observe --root data/hosts/depot --format markdown"},
      {"observe-metrics", "observe --metrics data/hosts/opsiconfd_metrics.json"},
      {"observe-metrics-text", "observe --metrics data/hosts/opsiconfd_metrics.json --format text"},
      {"method", "method --opsi 4.1"},
      {"method-json", "method --opsi 4.1 --format json"},
      {"method-csv", "method --opsi 4.3 --format csv"},
      {"method-markdown", "method --opsi 4.2 --format markdown"},
      {"import-school", "import data/diagnostic/school.json"},
      {"import-school-text", "import data/diagnostic/school.json --format text"},
      {"import-outgrown", "import data/diagnostic/outgrown.json --format toml", falls_short},
      {"import-outgrown-text", "import data/diagnostic/outgrown.json --format text", falls_short},
      {"import-outgrown-json", "import data/diagnostic/outgrown.json --format json", falls_short},
      {"import-outgrown-csv", "import data/diagnostic/outgrown.json --format csv", falls_short},
      {"import-outgrown-markdown", "import data/diagnostic/outgrown.json --format markdown", falls_short},
      {"tune-school", "tune data/sites/school.toml"},
      {"tune-school-diff", "tune data/sites/school.toml --root data/hosts/school --diff"},
      {"tune-school-csv", "tune data/sites/school.toml --root data/hosts/school --format csv"},
      {"tune-depot-json", "tune data/sites/large.toml --server depot-1 --family redhat --format json"},
      {"tune-old-markdown", "tune --opsi 4.1 --clients 300 --samba-connections 130 --format markdown"},
      {"firewall-authority", "firewall data/sites/authority.toml --server depot-west --without tftp,wol"},
      {"firewall-large-json", "firewall data/sites/large.toml --server depot-2 --format json"},
      {"firewall-old-csv", "firewall --opsi 4.1 --clients 9 --with unstated --format csv"},
      {"firewall-company-markdown", "firewall data/sites/company.toml --admins-from 10.0.0.0/8 --format markdown"},
      {"firewall-company-nftables",
       "firewall data/sites/company.toml --clients-from 10.1.0.0/16,fd00::/8 --servers-from 10.9.0.1 "
       "--admins-from 10.1.5.0/24 --outgoing --format nftables"},
      {"firewall-school-ufw", "firewall data/sites/school.toml --with grafana --format ufw"},
      {"firewall-company-firewalld",
       "firewall data/sites/company.toml --clients-from 10.1.0.0/16 --outgoing --format firewalld"},
      {"schema-site", "schema site"},
      {"schema-plan", "schema plan"},
      {"init", "init"},
      {"completion-bash", "completion bash"},
      {"completion-zsh", "completion zsh"},
      {"completion-fish", "completion fish"},
  };
  for (const Command& command : commands()) all.push_back({"help-" + command.name, command.name + " --help"});
  return all;
}

std::string file_of(const Golden& golden) { return "tests/golden/" + golden.name + ".txt"; }

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string without_version(const std::string& text) {
  const std::string now(version());
  return replace_all(replace_all(text, "opsi-sizing " + now, "opsi-sizing VERSION"), "\"version\": \"" + now + "\"",
                     "\"version\": \"VERSION\"");
}

// The first line that differs, of both.
std::string difference(const std::string& expected, const std::string& got) {
  const auto a = split(expected, '\n'), b = split(got, '\n');
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  return "line " + std::to_string(at + 1) + "\n  was: " + (at < a.size() ? a[at] : "(end)") +
         "\n  now: " + (at < b.size() ? b[at] : "(end)");
}

class golden : public testing::TestWithParam<Golden> {};

TEST_P(golden, prints_what_it_printed_before) {
  const Outcome now = call_line(GetParam().line);
  EXPECT_EQ(now.code, GetParam().exit_code) << now.err;
  EXPECT_EQ(now.err, "");
  const std::string path = file_of(GetParam()), got = without_version(now.out), expected = content(path);
  std::filesystem::remove(path + ".new");
  if (got == expected) return;
  std::ofstream(path + ".new", std::ios::binary) << got;
  FAIL() << path << ", " << difference(expected, got) << "\nIf that is meant: dev/accept-golden takes " << path
         << ".new over.";
}

std::string test_name(const testing::TestParamInfo<Golden>& info) { return replace_all(info.param.name, "-", "_"); }

INSTANTIATE_TEST_SUITE_P(command, golden, testing::ValuesIn(goldens()), test_name);

TEST(golden_files, belong_to_a_test) {
  std::vector<std::string> known;
  for (const Golden& golden : goldens()) known.push_back(file_of(golden));
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden")) {
    const bool is_known = std::find(known.begin(), known.end(), entry.path().string()) != known.end();
    EXPECT_TRUE(is_known || entry.path().extension() != ".txt") << entry.path() << " is compared with nothing";
  }
}

TEST(golden_files, cover_every_format_of_every_command) {
  for (const Command& command : commands())
    for (const OptionGroup& group : command.options)
      for (const Option& option : group.options)
        for (const std::string& format : option.values) {
          if (option.name != "format" || format == "text") continue;
          const auto all = goldens();
          EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                  [&](const Golden& golden) {
                                    return golden.line.starts_with(command.name + " ") &&
                                           golden.line.ends_with("--format " + format);
                                  }))
              << command.name << " as " << format;
        }
}

}  // namespace
}  // namespace sizing::cli
